"""Sees to it that tests of pages have a Chromium, for ``.ci/run``. Run it with the Python of ``.venv``::

    python tools/browser.py

Where none is installed, Debian's is installed if that is allowed, else Playwright's own. It always ends with status 0
and a line that says what came of it: without network the tests of pages are skipped, and say why.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from packages import INSTALL_S, done, installed_by_apt  # noqa: E402
from support.browser import browser_program  # noqa: E402

PACKAGES = ("chromium", "fonts-dejavu-core")


def by_apt() -> str | None:
    """Installs Debian's Chromium; the reason where that failed."""
    return installed_by_apt(*PACKAGES)


def by_playwright() -> str | None:
    """Installs Playwright's Chromium; the reason where that failed."""
    return done((sys.executable, "-m", "playwright", "install", "chromium"), INSTALL_S)


def main() -> int:
    """Looks, installs, looks again, and says in a line what came of it."""
    reasons = []
    for install in (None, by_apt, by_playwright):
        if install is not None:
            why = install()
            if why is not None:
                reasons.append(f"{install.__name__[3:]}: {why}")
        program = browser_program()
        if program is not None:
            print(f"browser for the tests of pages: {program}", flush=True)
            return 0
    print(f"no browser, so the tests of pages are skipped ({'; '.join(reasons)})", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
