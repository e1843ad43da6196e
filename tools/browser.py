"""Sees to it that tests of pages have a Chromium, for ``.ci/run``. Run it with the Python of ``.venv``::

    python tools/browser.py

Where none is installed, Debian's is installed if that is allowed, else Playwright's own. It always ends with status 0
and a line that says what came of it: without network the tests of pages are skipped, and say why.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from support.browser import browser_program  # noqa: E402

APT = ("apt-get", "-qq", "-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=20", "-o", "DPkg::Lock::Timeout=60")
PACKAGES = ("chromium", "fonts-dejavu-core")
UPDATE_S, INSTALL_S = 120, 400


def by_apt() -> str | None:
    """Installs Debian's Chromium; the reason where that failed."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return "apt-get needs root" if shutil.which("apt-get") else "no apt-get"
    install = (*APT, "install", "-y", "--no-install-recommends", *PACKAGES)
    if done(install, INSTALL_S) is None:
        return None
    done((*APT, "update"), UPDATE_S)  # the lists of packages may be missing, or old
    return done(install, INSTALL_S)


def by_playwright() -> str | None:
    """Installs Playwright's Chromium; the reason where that failed."""
    return done((sys.executable, "-m", "playwright", "install", "chromium"), INSTALL_S)


def done(command: tuple[str, ...], most_s: int) -> str | None:
    """Runs a command for at most so many seconds; None where it did its work, else why it did not."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        ran = subprocess.run(
            command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            errors="replace", timeout=most_s, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"not done in {most_s} s"
    except OSError as error:
        return f"{command[0]}: {error.strerror}"
    return reason(ran.stdout) if ran.returncode else None


def reason(printed: str) -> str:
    """The line of a failed command that says most: the first that tells of an error, else the last."""
    lines = [line.strip()[:200] for line in printed.splitlines() if line.strip()]
    return next((line for line in lines if "rror" in line or line.startswith("E:")), (lines or ["it failed"])[-1])


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
