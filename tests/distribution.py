"""Which tests go to which worker: files that share a server stay together, long ones begin first.

xdist's own groups do nothing with pytest 9.1 and later: they write an attribute that is not read
any more.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parent.parent
JOURNEYS = ("tests/browser/", "tests/processes/")
SHARED = 'scope="module"'


class Distribution(LoadScopeScheduling):
    """Whole files where their tests share something that takes long to make, else single tests.

    The files with the most tests begin first; then follow the tests in the order of collection.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return file if stays_together(file) else nodeid


@cache
def stays_together(file: str) -> bool:
    """Tell whether all tests of the file should run in one process."""
    return file.startswith(JOURNEYS) or SHARED in (ROOT / file).read_text()
