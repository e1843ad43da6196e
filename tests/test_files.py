"""Files written into a place where a stranger has laid links."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from arcbatt.files import append, read_regular, write_whole


def test_a_file_is_written_and_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "out"
    write_whole(path, b"one\n")
    write_whole(path, b"two\n")
    append(path, b"three\n")
    assert path.read_bytes() == b"two\nthree\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_its_rights_follow_the_mask_of_the_process(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "out", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o640


def test_a_link_is_replaced_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    victim, path = tmp_path / "victim", tmp_path / "out"
    victim.write_text("mine")
    path.symlink_to(victim)
    with pytest.raises(OSError, match="symbolic links"):
        append(path, b"more")
    write_whole(path, b"new")
    assert (victim.read_text(), path.read_text(), path.is_symlink()) == ("mine", "new", False)


def test_a_dangling_link_leads_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.symlink_to(tmp_path / "elsewhere")
    write_whole(path, b"new")
    assert not (tmp_path / "elsewhere").exists()


def test_nothing_is_left_of_what_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "folder" / "in").mkdir(parents=True)
    with pytest.raises(OSError, match="directory"):
        write_whole(tmp_path / "folder", b"new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


def test_only_what_is_there_at_once_is_read(tmp_path: Path) -> None:
    path = tmp_path / "in"
    path.write_bytes(b"x" * 3_000_000)
    (tmp_path / "link").symlink_to(path)
    assert read_regular(tmp_path / "link") == path.read_bytes()
    os.mkfifo(tmp_path / "pipe")
    for special in (tmp_path / "pipe", tmp_path, Path("/dev/null")):
        with pytest.raises(OSError, match="not a regular file"):
            read_regular(special)
