"""A workspace on a network drive is told of; the mounts are made up."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path

import pytest

from arcbatt.errors import StoreWarning
from arcbatt.store import open_store
from arcbatt.store.workspace import network
from arcbatt.store.workspace.network import network_file_system

MOUNTS = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
31 22 0:45 / /home rw,relatime shared:9 master:2 - nfs4 server:/export rw,vers=4.2
32 31 0:46 / /home/ada/fast rw - xfs /dev/sdb rw
33 22 0:47 / /mnt/my\040drive rw shared:5 - cifs //server/share rw
34 22 0:48 / /mnt/ssh rw - fuse.sshfs ada@lab: rw
35 22 0:49 / /mnt/zip rw - fuse.archivemount x rw
36 22 0:50 / /mnt/both rw - nfs server:/x rw
37 36 0:51 / /mnt/both rw - tmpfs tmpfs rw
odd line
- - -
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/data/ws", None), ("/home/ada/ws", "nfs4"), ("/home", "nfs4"), ("/homes", None), ("/home/ada/fast/ws", None),
        ("/mnt/my drive/ws", "cifs"), ("/mnt/ssh", "sshfs"), ("/mnt/zip/ws", None), ("/mnt/both/ws", None),
    ],
)  # fmt: skip
def test_the_innermost_mount_counts(tmp_path: Path, folder: str, kind: str | None) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(MOUNTS)
    assert network_file_system(Path(folder), table) == kind


def test_a_guest_whose_root_is_shared_with_its_host_is_not_told(tmp_path: Path) -> None:
    table = tmp_path / "mountinfo"
    table.write_text("22 1 0:8 / / rw - 9p host rw\n")
    assert network_file_system(Path("/data"), table) is None


def test_where_there_is_no_table_nothing_is_said(tmp_path: Path) -> None:
    assert network_file_system(Path("/home/ada/ws"), tmp_path / "none") is None


def test_writing_there_is_warned_of_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(f"31 22 0:45 / {tmp_path} rw - nfs4 server:/export rw\n")
    monkeypatch.setattr(network, "MOUNTS", table)
    with pytest.warns(StoreWarning, match=r"network drive \(nfs4\)"), open_store(tmp_path / "ws", create=True) as store:
        assert store.programs() == []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        open_store(tmp_path / "ws", create=False, read_only=True).close()


def test_a_command_says_it_once_in_a_line(tmp_path: Path) -> None:
    table = tmp_path / "mountinfo"
    table.write_text(f"31 22 0:45 / {tmp_path} rw - smb3 //server/x rw\n")
    (tmp_path / "a.py").write_text("def solve_a(I):\n    x1 = vmirror(I)\n    return x1\n")
    program = (
        "import sys; from pathlib import Path; from arcbatt.store.workspace import network; "
        f"network.MOUNTS = Path({str(table)!r}); from arcbatt.cli.main import main; "
        "sys.argv = ['arcbatt', 'import', 'a.py']; main()"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("network drive") == 1
    assert done.stderr.startswith("arcbatt: .arcbatt: lies on a network drive (smb3)")
