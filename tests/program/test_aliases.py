from __future__ import annotations

from pathlib import Path

import pytest

from arcbatt.dsl.constants import USER_CONSTANTS
from arcbatt.errors import InputError
from arcbatt.program import Aliases, read_aliases
from arcbatt.program.parse import collect_programs, parse_programs

TABLE = """
[primitives]
turn = "rot90"
flip = "vmirror"
mirror_e = "hmirror"

[constants]
BLACK = "ZERO"
UNO = 1
YES = true
CENTER = [1, [2, -3], []]
"""


def read(folder: Path, text: str) -> Aliases:
    path = folder / "names.toml"
    path.write_text(text)
    return read_aliases(path)


def test_aliases_stand_for_the_dsls_names(tmp_path):
    aliases = read(tmp_path, TABLE)
    text = "def solve(I):\n    x = mirror_e(turn(I))\n    return fill(x, BLACK, astuple(CENTER, (UNO, YES)))\n"
    (program,) = parse_programs(text, aliases=aliases)
    assert [line.strip() for line in program.text.splitlines()[1:]] == [
        "x1 = rot90(I)", "x2 = hmirror(x1)", "x3 = astuple((1, (2, -3), ()), (1, True))", "x4 = fill(x2, ZERO, x3)",
        "return x4",
    ]  # fmt: skip
    assert parse_programs(program.text)[0].text == program.text
    assert len(aliases) == 7
    assert repr(aliases) == "<Aliases 3 primitives, 4 constants>"


def test_an_alias_hides_the_dsls_name_also_in_text_that_looks_canonical(tmp_path):
    aliases = read(tmp_path, TABLE)
    text = "def solve(S, I):\n    x1 = flip(I)\n    return x1\n"
    assert "vmirror" in parse_programs(text, aliases=aliases)[0].text
    assert "flip" in parse_programs(text)[0].text
    harmless = read(tmp_path, "[primitives]\nturn = 'rot90'\n")
    assert "flip" in parse_programs(text, aliases=harmless)[0].text


def test_names_of_the_program_and_its_file_hide_aliases(tmp_path):
    aliases = read(tmp_path, TABLE)
    for text in ("def turn(x):\n    return trim(x)\ndef solve(I):\n    return turn(I)\n",
                 "def solve(I):\n    turn = trim\n    return turn(I)\n"):  # fmt: skip
        assert "trim" in parse_programs(text, aliases=aliases)[0].text


def test_an_alias_is_suggested_for_a_name_near_it(tmp_path):
    (refusal,) = collect_programs("def solve(I):\n    return turm(I)\n", aliases=read(tmp_path, TABLE)).refusals
    assert refusal.reason == "unknown name turm; did you mean turn?"


def test_an_alias_of_a_users_own_constant(tmp_path, monkeypatch):
    monkeypatch.setitem(USER_CONSTANTS, "LIMIT", 77)
    aliases = read(tmp_path, "[constants]\nMAX = 'LIMIT'\n")
    assert "canvas(77, I)" in parse_programs("def solve(I):\n    return canvas(MAX, I)\n", aliases=aliases)[0].text


def test_a_table_may_be_empty(tmp_path):
    assert len(read(tmp_path, "")) == len(Aliases()) == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("turn = rot90\n", "not TOML: "),
        ("turn = 'rot90'\n", "turn: no such section; a table of aliases has [primitives] and [constants]"),
        ("primitives = 3\n", "primitives: expected a section, [primitives]"),
        ("[primitives]\nturn = 'rott90'\n", "turn: there is no primitive named rott90; did you mean rot90?"),
        ("[primitives]\nturn = 'ZERO'\n", "turn: there is no primitive named ZERO"),
        ("[primitives]\nturn = 3\n", "turn: expected the name of a primitive in quotes"),
        ("[primitives]\n'a b' = 'rot90'\n", "a b: an alias is a Python name other than S, I and C"),
        ("[constants]\nI = 3\n", "I: an alias is a Python name other than S, I and C"),
        ("[constants]\nA = 'FOURR'\n", "A: there is no constant named FOURR; did you mean FOUR?"),
        ("[constants]\nA = 1.5\n", "A: expected the name of a constant, an integer, a boolean or an array of them"),
        ("[constants]\nA = [1, 'x']\n", "A: an array holds integers, booleans and arrays of them"),
        ("[constants]\nA = 9223372036854775808\n", "A: constant: integer beyond 64 bits"),
        ("[constants]\nA = 1\n[primitives]\nA = 'trim'\n", "A: given as a primitive and as a constant"),
        ("[constants]\n" + "".join(f"A{i} = 1\n" for i in range(10_001)), "more than 10,000 names"),
        ("#" * 1_000_001, "at most 1,000,000 characters"),
        ("[constants]\nA = " + "[" * 5000 + "]" * 5000, ": "),
        ("[constants]\nA = " + "[" * 100 + "]" * 100, "A: constant: value of more than 32 levels"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(tmp_path, text, told):
    with pytest.raises(InputError) as caught:
        read(tmp_path, text)
    assert told in str(caught.value)
    assert str(tmp_path / "names.toml") in str(caught.value)


def test_all_faults_are_told_up_to_five(tmp_path):
    with pytest.raises(InputError) as caught:
        read(tmp_path, "[primitives]\n" + "".join(f"a{i} = 'nothing{i}'\n" for i in range(8)))
    lines = str(caught.value).splitlines()
    assert [line.split(": ")[1] for line in lines] == ["a0", "a1", "a2", "a3", "a4", "and 3 more"]


def test_a_missing_table_is_told(tmp_path):
    with pytest.raises(InputError, match=r"no\.toml: cannot be read"):
        read_aliases(tmp_path / "no.toml")
