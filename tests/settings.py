"""The product's settings, with a data folder of its own for each process that runs tests."""

import os
import tempfile

# Before the product's settings are read: no test may touch the data folder of the checkout.
os.environ["ESTAFETA_DATA"] = tempfile.mkdtemp(prefix="estafeta-tests-")

from estafeta.settings import *  # noqa: E402, F403

# The real ones are slow on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
