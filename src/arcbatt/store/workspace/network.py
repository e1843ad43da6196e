"""Whether a folder lies on a network drive, where the locks that SQLite needs may not work between machines."""

from __future__ import annotations

import os
import re
import warnings
from pathlib import Path
from typing import Final

from arcbatt.errors import StoreWarning

__all__ = ["network_file_system", "warn_of_network"]

MOUNTS: Final = Path("/proc/self/mountinfo")

_NETWORK: Final = frozenset({
    "nfs", "nfs3", "nfs4", "cifs", "smb2", "smb3", "smbfs", "9p", "afs", "coda", "ncpfs", "ceph", "lustre", "gpfs",
    "beegfs", "panfs", "glusterfs", "davfs", "sshfs", "s3fs", "rclone", "gcsfuse", "goofys", "cephfs", "moosefs",
    "juicefs",
})  # fmt: skip
_ESCAPED: Final = re.compile(r"\\([0-7]{3})")


def network_file_system(folder: Path, mounts: Path | None = None) -> str | None:
    """The kind of the network drive that a folder lies on, as ``nfs4``; None where it is none, or nobody can tell.

    Args:
        folder: it need not be there.
        mounts: the system's table of mounts; None for Linux's own.
    """
    try:
        lines = (mounts or MOUNTS).read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:  # a system without such a table
        return None
    place, found = os.path.realpath(folder), ("", "")  # the mount's place, "" for the root, and its kind
    for line in lines:
        before, _, after = line.partition(" - ")
        words, kinds = before.split(" "), after.split(" ")
        if len(words) < 5 or not kinds[0]:
            continue
        point = _ESCAPED.sub(lambda octal: chr(int(octal[1], 8)), words[4]).rstrip("/")
        # what is mounted over another, comes later
        if (place == point or place.startswith(f"{point}/")) and len(point) >= len(found[0]):
            found = point, kinds[0]
    kind = found[1].removeprefix("fuse.")
    # a machine whose whole system comes over such a file system is a guest, and has it for itself
    return kind if kind in _NETWORK and found[0] else None


def warn_of_network(folder: Path) -> None:
    """Warns, by :class:`arcbatt.errors.StoreWarning`, of a workspace on a network drive; once a process."""
    kind = network_file_system(folder)
    if kind is not None:
        warnings.warn(
            f"{folder}: lies on a network drive ({kind}), where locks may not work between machines. Let one process "
            "at a time write to it, or use a PostgreSQL database: --store postgresql://...",
            StoreWarning, stacklevel=2,
        )  # fmt: skip
