"""Installs the system's packages that tests need, for ``.ci/run``; the tools beside it use it."""

from __future__ import annotations

import os
import shutil
import subprocess

__all__ = ["done", "installed_by_apt", "reason"]

APT = ("apt-get", "-qq", "-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=20", "-o", "DPkg::Lock::Timeout=60")
UPDATE_S, INSTALL_S = 120, 400


def installed_by_apt(*packages: str) -> str | None:
    """Installs Debian's packages; the reason where that failed."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return "apt-get needs root" if shutil.which("apt-get") else "no apt-get"
    install = (*APT, "install", "-y", "--no-install-recommends", *packages)
    if done(install, INSTALL_S) is None:
        return None
    done((*APT, "update"), UPDATE_S)  # the lists of packages may be missing, or old
    return done(install, INSTALL_S)


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
