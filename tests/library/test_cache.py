"""The cache of the parsed library: what comes out of it, and what is never believed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

import arcbatt
import arcbatt.library as library
from arcbatt.dsl.registry import REGISTRY
from arcbatt.files import cache_folder
from arcbatt.library import cache
from arcbatt.library.files import read_files
from arcbatt.library.packed import pack, unpack
from arcbatt.program import Graph, Program
from support.programs import random_program

SOURCES = [("a.py", b"def solve_a(I):\n    return fill(I, (3, (True, 0)), vmirror(I))\n")]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The cache's folder, not made yet."""
    monkeypatch.setenv("ARCBATT_CACHE", str(tmp_path / "deep" / "cache"))
    return tmp_path / "deep" / "cache"


@pytest.fixture
def saved(folder):
    """The file of :data:`SOURCES`, written and good."""
    cache.save(SOURCES, library._parsed(SOURCES))
    (path,) = folder.iterdir()
    assert identities(cache.load(SOURCES)) == identities(library._parsed(SOURCES))
    return path


def identities(programs):
    return [(program.name, program.kind, program.direction, program.root, program.md5) for program in programs]


def contents(graph):
    return graph.kinds, graph.operands, [*map(repr, graph.values)], graph.levels, [*graph._ids.items()]


def load_library():
    """The library as a new process would have it."""
    return library._programs.__wrapped__()


def signed(path, text):
    """Puts a text into a file of the cache with the digest that belongs to it."""
    path.write_bytes(cache._digest(path.name, text) + b"\n" + text)


def test_what_comes_out_is_what_was_parsed():
    parsed, first, second = library._parsed(read_files()), load_library(), load_library()
    for programs in (first, second):
        assert identities(programs) == identities(parsed)
        assert [program.text for program in programs] == [program.text for program in parsed]
        assert contents(programs[0].graph) == contents(parsed[0].graph)
        assert all(program.graph is programs[0].graph for program in programs)


def test_the_second_time_nothing_is_parsed(monkeypatch):
    load_library()
    monkeypatch.setattr(library, "parse_programs", lambda *_: pytest.fail("parsed again"))
    assert len(load_library()) == len(library.starter_programs())


@pytest.mark.parametrize("seed", range(20))
def test_random_programs_survive_packing(seed):
    rng, graph = random.Random(seed), Graph()
    programs = [Program(graph, random_program(rng, graph, 30), name=f"solve_{number}") for number in range(10)]
    graph.constant((1, (True, ()), -(2**63)))  # a node that no program uses
    again = unpack(pack(programs))
    assert identities(again) == identities(programs)
    assert contents(again[0].graph) == contents(graph)


def test_a_file_of_other_contents_is_another_library(saved):
    assert cache.load([("a.py", SOURCES[0][1].replace(b"vmirror", b"hmirror"))]) is None
    assert cache.load([("b.py", SOURCES[0][1])]) is None
    assert cache.load([*SOURCES, *SOURCES]) is None


def test_another_version_parses_again(saved, monkeypatch):
    monkeypatch.setattr(arcbatt, "__version__", "0.0.1")
    assert cache.load(SOURCES) is None


def test_another_format_parses_again(saved, monkeypatch):
    monkeypatch.setattr(cache, "FORMAT", cache.FORMAT + 1)
    assert cache.load(SOURCES) is None


def test_other_primitives_or_constants_parse_again(saved, monkeypatch):
    with monkeypatch.context() as changed:
        fewer = {name: item for name, item in REGISTRY._primitives.items() if name != "hmirror"}
        changed.setattr(REGISTRY, "_primitives", fewer)
        assert cache.load(SOURCES) is None
    with monkeypatch.context() as changed:
        changed.setitem(cache.CONSTANTS, "TWELVE", 12)
        assert cache.load(SOURCES) is None
    assert cache.load(SOURCES)


@pytest.mark.parametrize("share", [0, 0.1, 0.3, 0.5, 0.8, 0.999])
def test_a_changed_byte_is_found(saved, share):
    data = bytearray(saved.read_bytes())
    data[int(share * len(data))] ^= 1
    saved.write_bytes(data)
    assert cache.load(SOURCES) is None


@pytest.mark.parametrize("length", [0, 1, 64, 65, 66, 100])
def test_a_file_cut_short_is_found(saved, length):
    saved.write_bytes(saved.read_bytes()[:length])
    assert cache.load(SOURCES) is None


def test_a_file_under_the_name_of_another_is_found(saved):
    other = [("a.py", b"def solve_a(I):\n    return I\n")]
    saved.rename(saved.with_name(cache._name(other)))
    assert cache.load(other) is None


HOSTILE = [
    b"", b"[]", b"{}", b"null", b"\xff\xfe", b"NaN", b'{"nodes":1,"programs":[]}', b'{"nodes":[]}', b"[" * 100_000,
    b'{"nodes":[{"is":' + b"[" * 100_000 + b"]" * 100_000 + b'}],"programs":[]}',
    *(b'{"nodes":' + nodes + b',"programs":' + programs + b"}" for nodes, programs in [
        (b'["I"]', b'[["solve_a"]]'), (b'["I"]', b'[["solve_a",1]]'), (b'["I"]', b'[["solve_a",-1]]'),
        (b'["I"]', b'[["solve_a",false]]'), (b'["I"]', b'[["solve_a",0.0]]'), (b'["I"]', b'[["solve_a",0,0]]'),
        (b'["I"]', b'[["main",0]]'), (b'["I"]', b'[["solve_../x",0]]'), (b'["I"]', b'[[1,0]]'),
        (b'["I"]', b'["solve_a"]'), (b'["I"]', b'[["solve_' + b"a" * 100 + b'",0]]'), (b'["I"]', b'[[["solve_a"],0]]'),
        (b'["C"]', b'[["solve_a",0]]'), (b'["I","I"]', b'[]'), (b'["I",1]', b"[]"), (b'["I",null]', b"[]"),
        (b'["I",{}]', b"[]"), (b'["I","nothing"]', b"[]"), (b'["I","__import__"]', b"[]"), (b'["I",[]]', b"[]"),
        (b'["I","vmirror",[1]]', b"[]"), (b'["I","vmirror",[1,0,0]]', b"[]"), (b'["I","vmirror",[1,2]]', b"[]"),
        (b'["I","vmirror",[1,3],[1,0]]', b"[]"), (b'["I","vmirror",[1,-1]]', b"[]"), (b'["I","vmirror",[0,1]]', b"[]"),
        (b'["I","vmirror",[true,false]]', b"[]"), (b'["I","vmirror",[1.0,0.0]]', b"[]"),
        (b'["I","vmirror",[1,' + b"9" * 40 + b"]]", b"[]"), (b'["I","vmirror",[1,' + b"9" * 5000 + b"]]", b"[]"),
        (b'["I","vmirror",["I",0]]', b"[]"), (b'[{"is":9223372036854775808}]', b"[]"), (b'[{"is":"I"}]', b"[]"),
        (b'[{"is":1.5}]', b"[]"), (b'[{"is":null}]', b"[]"), (b'[{"is":[1,{}]}]', b"[]"),
        (b'[{"is":1},{"is":1}]', b"[]"),
        (b'[{"is":[' + b"0," * 600_000 + b"0]}]", b"[]"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:60]))
def test_data_that_a_stranger_wrote_is_refused_and_replaced(saved, text):
    with pytest.raises(ValueError):  # noqa: PT011
        unpack(text)
    signed(saved, text)
    assert cache.load(SOURCES) is None
    cache.save(SOURCES, library._parsed(SOURCES))
    assert identities(cache.load(SOURCES)) == identities(library._parsed(SOURCES))


def test_a_damaged_library_is_parsed_and_written_again(folder):
    load_library()
    (path,) = folder.iterdir()
    good = path.read_bytes()
    path.write_bytes(b"x" + good)
    assert identities(load_library()) == identities(library.starter_programs())
    assert path.read_bytes() == good


def test_a_link_is_neither_read_nor_followed(saved, tmp_path):
    target = saved.rename(tmp_path / "elsewhere")
    before = target.read_bytes()
    saved.symlink_to(target)
    assert cache.load(SOURCES) is None
    cache.save(SOURCES, library._parsed(SOURCES))
    assert not saved.is_symlink()
    assert target.read_bytes() == before


def test_a_pipe_is_not_waited_for(saved):
    saved.unlink()
    os.mkfifo(saved)
    assert cache.load(SOURCES) is None


def test_a_folder_in_the_files_place_is_left_alone(saved):
    saved.unlink()
    saved.mkdir()
    assert cache.load(SOURCES) is None
    cache.save(SOURCES, library._parsed(SOURCES))
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]


def test_a_file_that_others_own_or_can_write_is_not_read(saved, monkeypatch):
    for mode in (0o620, 0o602):
        saved.chmod(mode)
        assert cache.load(SOURCES) is None
    saved.chmod(0o600)
    assert cache.load(SOURCES)
    monkeypatch.setattr(os, "geteuid", lambda: saved.stat().st_uid + 1)
    assert cache.load(SOURCES) is None


def test_a_file_that_is_too_large_is_not_read(saved, monkeypatch):
    monkeypatch.setattr(cache, "MAX_BYTES", saved.stat().st_size - 1)
    assert cache.load(SOURCES) is None


def test_what_is_written_is_for_the_user_alone(saved):
    assert saved.stat().st_mode & 0o777 == 0o600
    assert saved.parent.stat().st_mode & 0o777 == 0o700


def test_old_files_go_and_those_of_others_stay(saved):
    old = [saved.with_name(f"library-{number:032x}.json") for number in range(10)]
    left = saved.with_name(f".library-{0:032x}.tmp")
    young, foreign = saved.with_name(f".library-{1:032x}.tmp"), saved.with_name("library-notes.json")
    for path in (*old, left, young, foreign):
        path.write_text("x")
    for age, path in enumerate((*old, left, foreign), 1):
        os.utime(path, (1e9 - age, 1e9 - age))
    cache.save(SOURCES, library._parsed(SOURCES))
    assert {*saved.parent.iterdir()} == {saved, *old[: cache.KEPT - 1], young, foreign}


def test_where_the_cache_is(monkeypatch, tmp_path):
    assert cache_folder() == tmp_path / "deep" / "cache"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("ARCBATT_CACHE", "~/mine")
    assert cache_folder() == tmp_path / "mine"
    monkeypatch.setenv("ARCBATT_CACHE", "")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert cache_folder() == tmp_path / "xdg" / "arcbatt"
    for ignored in ("", "relative"):
        monkeypatch.setenv("XDG_CACHE_HOME", ignored)
        assert cache_folder() == tmp_path / ".cache" / "arcbatt"
    monkeypatch.setenv("HOME", str(tmp_path / "missing"))
    assert cache_folder() is None
    assert cache.load(SOURCES) is None
    cache.save(SOURCES, library._parsed(SOURCES))
    assert not (tmp_path / "missing").exists()


@pytest.mark.parametrize("place", ["/proc/arcbatt", "/dev/null/cache", "~nobody-here/cache", "file/cache", "file"])
def test_where_nothing_can_be_written_nothing_is(place, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("mine")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ARCBATT_CACHE", place)
    assert identities(load_library()) == identities(library.starter_programs())
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text() == "mine"


def test_a_full_disk_leaves_nothing_behind(saved, monkeypatch):
    before = saved.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    cache.save(SOURCES, library._parsed(SOURCES))
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]
    assert saved.read_bytes() == before


def test_processes_that_start_together(folder):
    code = "import arcbatt.library as l; print(*[program.md5 for program in l.starter_programs()])"
    for _ in range(2):  # without the cache, then with it
        started = [
            subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(6)
        ]
        ended = [process.communicate() for process in started]
        assert {errors for _, errors in ended} == {""}
        assert {tuple(words.split()) for words, _ in ended} == {tuple(p.md5 for p in library.starter_programs())}
        assert [path.suffix for path in folder.iterdir()] == [".json"]


def test_a_users_primitives_do_not_change_the_name(saved):
    path = Path(saved.parent, "mine.py")
    path.write_text("from arcbatt import primitive\n@primitive\ndef mine(grid: 'Grid') -> 'Grid':\n    return grid\n")
    code = (
        "import arcbatt.library.cache as cache, arcbatt.dsl.user as user\n"
        f"user.load_primitives({str(path)!r})\n"
        f"assert cache.load({SOURCES!r})\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_the_library_can_be_empty():
    assert unpack(pack([])) == []
    assert isinstance(library.starter_programs()[0], Program)
