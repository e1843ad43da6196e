"""Sees to it that tests of shared stores have a PostgreSQL server, for ``.ci/run``. Run it with ``.venv``'s Python::

    python tools/postgres.py

Where its programs are missing, Debian's are installed if that is allowed. It always ends with status 0 and a line that
says what came of it: without network these tests are skipped, and say why.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from packages import installed_by_apt  # noqa: E402
from support.postgres import missing_postgres, programs_folder  # noqa: E402


def main() -> int:
    """Looks, installs, looks again, and says in a line what came of it."""
    why = None
    if programs_folder() is None:
        why = installed_by_apt("postgresql")
    missing = missing_postgres()
    if missing is None:
        print(f"PostgreSQL for the tests of shared stores: {programs_folder()}", flush=True)
    else:
        told = f"; apt: {why}" if why else ""
        print(f"no PostgreSQL, so the tests of shared stores are skipped ({missing}{told})", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
