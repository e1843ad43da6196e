"""Whether another process writes to the same workspace."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from arcbatt.errors import StoreError

__all__ = ["LOCK_NAME", "Presence"]

LOCK_NAME = "arcbatt.lock"

_PAUSE_S = 0.005


class Presence:
    """A lock on the workspace's lock file, held while a store is open for writing and dropped with its process.

    It begins exclusive when no other store is open on the workspace (:attr:`alone` is true then): what others left
    behind can be cleaned up, since none of them is alive. :meth:`share` then lets others in. When others are there it
    is shared from the start. On a file system without locks nobody ever counts as alone.

    Args:
        workspace: an existing folder.
        patience_s: how long to wait for another process that cleans up, in seconds.

    Raises:
        StoreError: another process kept the workspace to itself for longer than that.
        OSError: the lock file cannot be opened.
    """

    def __init__(self, workspace: Path, patience_s: float) -> None:
        self._path = workspace / LOCK_NAME
        # O_NOFOLLOW and O_NONBLOCK: a link or a pipe in a stranger's workspace leads nowhere
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        self._descriptor = os.open(self._path, flags, 0o666)
        self._patience_s = patience_s
        try:
            self.alone = self._locked(fcntl.LOCK_EX)
            if not self.alone:
                self.share()
        except BaseException:
            os.close(self._descriptor)
            raise

    def share(self) -> None:
        """Lets other stores in, and waits until the one that cleans up, if any, is ready."""
        give_up = time.monotonic() + self._patience_s
        while not self._locked(fcntl.LOCK_SH):
            if time.monotonic() > give_up:
                raise StoreError(f"{self._path}: held by another process for too long. Wait or end it, then repeat")
            time.sleep(_PAUSE_S)
        self.alone = False

    def close(self) -> None:
        """Gives the lock up."""
        os.close(self._descriptor)

    def _locked(self, kind: int) -> bool:
        try:
            fcntl.flock(self._descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            # no locks on this file system: nobody is kept out, nobody is alone
            return kind == fcntl.LOCK_SH
        return True
