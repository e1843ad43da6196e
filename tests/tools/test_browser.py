"""What finds or installs a browser for CI: it says what came of it in a line, and never fails."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REFUSING = "#!/bin/sh\necho 'Reading lists'\necho 'E: no network' >&2\nexit 100\n"
INSTALLING = "#!/bin/sh\necho '#!/bin/sh' > {folder}/chromium\n/bin/chmod +x {folder}/chromium\n"


def looked(folder: Path, apt: str, **env: str) -> str:
    """Runs the tool where apt-get is the given script and nothing else is on the path."""
    (folder / "apt-get").write_text(apt)
    (folder / "apt-get").chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name != "ARCBATT_BROWSER"}
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools/browser.py")], capture_output=True, text=True, timeout=120, check=False,
        env={**kept, "PATH": str(folder), "PLAYWRIGHT_BROWSERS_PATH": str(folder / "none"),
             "PLAYWRIGHT_DOWNLOAD_HOST": "http://127.0.0.1:9", "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "2000", **env},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1
    return done.stdout


def test_a_browser_that_is_there_is_named(tmp_path: Path) -> None:
    assert looked(tmp_path, REFUSING, ARCBATT_BROWSER=sys.executable).endswith(f": {sys.executable}\n")


def test_without_network_it_says_why_there_is_none(tmp_path: Path) -> None:
    told = looked(tmp_path, REFUSING)
    assert told.startswith("no browser, so the tests of pages are skipped (apt: ")
    assert "playwright: " in told
    if os.geteuid() == 0:
        assert "apt: E: no network" in told


@pytest.mark.skipif(os.geteuid() != 0, reason="apt-get needs root")
def test_the_systems_packages_are_tried_first(tmp_path: Path) -> None:
    told = looked(tmp_path, INSTALLING.format(folder=tmp_path))
    assert told == f"browser for the tests of pages: {tmp_path / 'chromium'}\n"
