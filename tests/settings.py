"""The product's settings, with a data folder of its own for each process that runs tests."""

import os
import tempfile

# Before the product's settings are read: no test may touch the data folder of the checkout.
os.environ["ESTAFETA_DATA"] = tempfile.mkdtemp(prefix="estafeta-tests-")

from estafeta.settings import *  # noqa: F403

# The real ones are slow on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Tests ask more often than any person.
DESK_RATES = dict.fromkeys(DESK_RATES, 0)  # noqa: F405
ALIKE_TOLD_SINGLY = 0

if DATABASES["default"]["ENGINE"] == "estafeta.lib.sqlite":  # noqa: F405
    # In memory, which the tools know to do only for Django's own engine.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}  # noqa: F405
