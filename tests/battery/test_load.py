from __future__ import annotations

import os

import pytest

from arcbatt.battery import load
from arcbatt.battery.load import load_file, load_programs
from arcbatt.errors import InputError

SOLVE = "def solve(S, I):\n    x1 = trim(I)\n    return x1\n"


def names(*paths):
    return [program.name for program in load_programs(paths).programs]


@pytest.mark.parametrize(
    ("file", "function", "name"),
    [
        ("007bbfb7.py", "solve", "solve_007bbfb7"),
        ("solve_007bbfb7.py", "solve", "solve_007bbfb7"),
        ("0123456789abcdef0123456789abcdef.py", "solve", "solve_01234567"),
        ("0123456789abcdef0123456789abcdef.py", "differ_zo", "differ_zo_01234567"),
        ("007bbfb7.py", "differ", "differ_007bbfb7"),
        ("007bbfb7.py", "solve_x", "solve_x"),
        ("differ_sizes.py", "differ_iz", "differ_sizes"),
        ("differ_sizes.py", "differ_zo", "differ_zo_differ_sizes"),
        ("a_zo.py", "differ", None),
        ("my program.py", "solve", None),
        ("solve.py", "solve", None),
        ("x" * 120 + ".py", "solve", None),
    ],
)
def test_plain_functions_are_named_after_their_file(tmp_path, file, function, name):
    path = tmp_path / file
    path.write_text(f"def {function}(I):\n    return trim(I)\n")
    (program,), refusals = load_file(path)
    assert refusals == []
    assert program.name == name or (name is None and program.name == f"{function}_{program.md5[:8]}")


def test_a_folder_is_read_in_order(tmp_path):
    for name in ("b/d.py", "b/c.py", "a.py", ".hidden/e.py", ".f.py", "b/g.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(SOLVE.replace("solve", f"solve_{path.stem.strip('.')}"))
    assert names(tmp_path) == ["solve_a", "solve_c", "solve_d"]
    assert names(tmp_path / "b", tmp_path / "a.py") == ["solve_c", "solve_d", "solve_a"]
    assert names(tmp_path / "b" / "g.txt", tmp_path / ".f.py") == ["solve_g", "solve_f"]


def test_battery_files_and_program_files_mix(tmp_path):
    (tmp_path / "b.py").write_text("def battery(I):\n  return {'solve_p': I, 'solve_q': I, 'differ_zo': trim(I)}\n")
    (tmp_path / "c.py").write_text("# no battery\ndef solve_r(I):\n  return I\ndef helper(): pass\n")
    (tmp_path / "d.py").write_text("def battery(I):\n  return {'solve_p': I, 'solve_s': foo}\n")
    (tmp_path / "e.py").write_text("def solve(I) return I\n")
    (tmp_path / "f.py").write_bytes(b"\xff")
    (tmp_path / "g.py").mkdir()
    os.mkfifo(tmp_path / "h.py")
    programs, refusals = load_programs([tmp_path])
    assert [program.name for program in programs] == ["solve_p", "solve_q", "differ_zo", "solve_r"]
    assert [(refusal.path[-4:], refusal.line) for refusal in refusals] == [
        ("c.py", 4), ("d.py", 2), ("e.py", 1), ("f.py", 1), ("h.py", None),
    ]  # fmt: skip


def test_links_that_go_round_end(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "loop.py").symlink_to(tmp_path / "a" / "loop.py")
    (tmp_path / "a" / "p.py").write_text(SOLVE)
    programs, refusals = load_programs([tmp_path])
    assert [program.name for program in programs] == ["solve_p"]
    assert len(refusals) == 1


def test_paths_that_hold_nothing_are_errors(tmp_path):
    with pytest.raises(InputError, match="missing: no such file or folder"):
        load_programs([tmp_path / "missing"])
    with pytest.raises(InputError, match=r"no \*\.py file in this folder"):
        load_programs([tmp_path])
    (tmp_path / "a.py").write_text("")
    assert "no program here" in str(load_programs([tmp_path]).refusals[0])
    assert load_programs([]) == ([], [])


def test_the_number_of_files_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(load, "MAX_FILES", 2)
    for name in "abc":
        (tmp_path / f"{name}.py").write_text(SOLVE)
    with pytest.raises(InputError, match="more than 2 program files"):
        load_programs([tmp_path])
    assert len(load_programs([tmp_path / "a.py", tmp_path / "b.py"]).programs) == 2
