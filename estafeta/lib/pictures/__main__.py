"""The process that decodes: `look TYPE FILE FOLDER` or `page NUMBER FILE PICTURE`."""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

MEMORY = 1200 << 20
SECONDS = 30
LARGEST_FILE = 1 << 30


def main() -> None:
    """Say as JSON what was made; a failure is a failure of the process."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    task, what_, source, target = sys.argv[1:]
    if task == "page":
        from estafeta.lib.pictures import paper

        paper.draw(Path(source), int(what_), Path(target))
        told = {"pages": 1}
    elif what_ == "application/pdf":
        from estafeta.lib.pictures import paper

        told = paper.look(Path(source), Path(target))
    else:
        from estafeta.lib.pictures import drawn

        told = drawn.look(Path(source), what_, Path(target))
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
