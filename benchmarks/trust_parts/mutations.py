"""Ways to damage a file: its bytes, its text, its JSON, the rows and pages of its database."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

__all__ = ["mutated", "mutated_database"]

_DEEP: Final = 100_000
_LARGE: Final = 1_000_000
"""What has more bytes is not changed any more."""
_LARGEST: Final = 20_000_000
_WORDS: Final = (
    b"\0", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff", b"\r", b"\r\n", b"\x1a", b"\x1b[2J", b"\xed\xa0\x80",
    b"\xf4\x90\x80\x80", "\u202e".encode(), "\u2028".encode(), "\uff29".encode(), b"-1", b"1e999", b"-0", b"NaN",
    b"Infinity", b"9" * 5000, b"9223372036854775808", b"0x7fffffffffffffff", b"null", b"true", b"{}", b"[]", b'""',
    b"'", b'"', b"\\", b"\\u0000", b"\\ud800", b"/*", b"#", b"import os", b"lambda x: x", b"__import__('os')",
    b"def ", b"return ", b"(", b")", b"[", b"]", b"{", b"}", b",", b":", b"=", b"*", b"**", b"@", b":=", b"yield ",
    b"await ", b"async ", b"f'{x}'", b"1_0", b"1j", b"0777", b"I", b"S", b"O", b"...", b"del I", b"global I", b"\t",
    b"\f", b"a" * 100_000, b"[" * _DEEP, b"(" * 1000, b'{"a":' * 5000,
)  # fmt: skip
_VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 10, 31, 2**31, 2**63, -(2**63) - 1, 10**400, 1e308, 0.5, "", "x", "\0", "\ud800",
    "a" * 5000, "../../../etc/passwd", "\x1b[2J", [], {}, [[]], [[[0]]], [[0] * 31] * 31, [[0], [0, 1]], [["0"]],
    [[True]], [[1.0]], {"": None}, [None], [{}], {"train": []},
)  # fmt: skip


def mutated(rng: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """A damaged form of some bytes; of JSON often one that is JSON still.

    Args:
        rng: decides everything.
        data: the sound file.
        others: more of the kind, to take pieces from.
    """
    for _ in range(rng.choice([1, 1, 1, 2, 3, 6])):
        if len(data) > _LARGE:
            break
        ways = _BYTES if rng.random() < 0.6 or data[:1] not in (b"{", b"[") else _JSON
        data = rng.choice(ways)(rng, data, others)
    return data[:_LARGEST]


_Way = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def _place(rng: random.Random, data: bytes) -> int:
    return rng.randint(0, len(data))


def _part(rng: random.Random, data: bytes) -> tuple[int, int]:
    start = _place(rng, data)
    return start, min(len(data), start + rng.choice([1, 2, 4, 16, 64, 1000]))


def _flipped(rng: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 8, 64]) if data else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _other_bytes(rng: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _part(rng, data)
    return data[:start] + rng.randbytes(end - start) + data[end:]


def _cut(rng: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    return data[: _place(rng, data)]


def _without(rng: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _part(rng, data)
    return data[:start] + data[end:]


def _doubled(rng: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    start, end = _part(rng, data)
    return data[:end] + data[start:end] * rng.choice([1, 1, 2, 500]) + data[end:]


def _with_word(rng: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    place = _place(rng, data) if rng.random() < 0.9 else 0
    return data[:place] + rng.choice(_WORDS) + data[place:]


def _spliced(rng: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    other = rng.choice(others)
    start, end = _part(rng, other)
    place = _place(rng, data)
    return data[:place] + (other[start:end] if rng.random() < 0.7 else other[start:])


def _other_number(rng: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    digits = [place for place, byte in enumerate(data[:200_000]) if 48 <= byte <= 57]
    if not digits:
        return data
    place = rng.choice(digits)
    number = rng.choice([b"-1", b"10", b"9" * 20, b"9" * 5000, b"1e9", b"1.5", b"0", b"00", b"2147483648", b"-0"])
    return data[:place] + number + data[place + 1 :]


def _other_lines(rng: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    lines = data.splitlines(keepends=True)
    if len(lines) < 2:
        return data
    a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
    change = rng.randrange(4)
    if change == 0:
        lines[a], lines[b] = lines[b], lines[a]
    elif change == 1:
        lines.insert(a, lines[b])
    elif change == 2:
        del lines[a]
    else:
        lines[a] = b" " * rng.randint(1, 5) + lines[a]
    return b"".join(lines)


def _other_coding(rng: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    text = data.decode("utf-8", errors="replace")
    coding = rng.choice(["utf-16", "utf-32", "utf-8-sig", "latin-1"])
    return text.encode(coding, errors="replace")


def _nothing(rng: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    return rng.choice([b"", b" ", b"\n" * 100_000, b"\0" * 1000, rng.randbytes(1000), b"{}", b"[]", b"null", b"1"])


_BYTES: Final[tuple[_Way, ...]] = (
    _flipped, _flipped, _other_bytes, _cut, _without, _without, _doubled, _with_word, _with_word, _with_word, _spliced,
    _other_number, _other_number, _other_lines, _other_lines, _other_coding, _nothing,
)  # fmt: skip


def _changed_json(change: Callable[[random.Random, Any, Any], None]) -> _Way:
    """A way that changes a container of a JSON text at a random place; other text it leaves alone."""

    def way(rng: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            return data
        container = _container(rng, value)
        if container:
            change(rng, container, rng.choice(_keys(container)))
        with suppress(ValueError, RecursionError):
            return json.dumps(value).encode("utf-8", errors="surrogatepass")
        return data

    return way


def _keys(container: Any) -> Sequence[Any]:
    return list(container) if isinstance(container, dict) else range(len(container))


def _container(rng: random.Random, value: Any) -> Any:
    """A random object or array of a JSON value, outer ones more often."""
    while True:
        inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
        inner = [item for item in inner if isinstance(item, dict | list) and item]
        if not inner or rng.random() < 0.25:
            return value if isinstance(value, dict | list) else None
        value = rng.choice(inner)


def _value(rng: random.Random, container: Any, key: Any) -> None:
    container[key] = rng.choice(_VALUES)


def _nested(rng: random.Random, container: Any, key: Any) -> None:
    for _ in range(rng.choice([1, 2, 50, 400])):
        container[key] = [container[key]] if rng.random() < 0.8 else {"a": container[key]}


def _removed(rng: random.Random, container: Any, key: Any) -> None:
    del container[key]


def _renamed(rng: random.Random, container: Any, key: Any) -> None:
    if isinstance(container, dict):
        name = rng.choice(["", "x", key.upper(), key + "\0", "../" + key, "a" * 3000, key + "\n"])
        container[name] = container.pop(key)
    else:
        container.insert(key, container[key])


def _exchanged(rng: random.Random, container: Any, key: Any) -> None:
    other = rng.choice(_keys(container))
    container[key], container[other] = container[other], container[key]


def _many(rng: random.Random, container: Any, key: Any) -> None:
    if isinstance(container, list):
        container *= rng.choice([2, 31, 300])
    else:
        container.update({f"{key}{number}": container[key] for number in range(rng.choice([1, 30, 300]))})


def _key_twice(rng: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    place = data.find(b"{", _place(rng, data))
    end = data.find(b",", place)
    return data if place < 0 or end < 0 else data[: place + 1] + data[place + 1 : end] + b"," + data[place + 1 :]


_JSON: Final[tuple[_Way, ...]] = (
    *map(_changed_json, (_value, _value, _value, _nested, _removed, _removed, _renamed, _exchanged, _many)), _key_twice,
)  # fmt: skip


def mutated_database(rng: random.Random, path: Path) -> None:
    """Damages a SQLite file in place: its pages, its rows, or its schema."""
    before = path.read_bytes()
    left = rng.choice([1, 1, 2, 3])
    while left or path.read_bytes() == before:
        with suppress(sqlite3.Error, sqlite3.Warning):
            rng.choice((_pages, _cells, _cells, _cells, _rows, _rows, _swapped, _swapped, _schema))(rng, path)
        left = max(0, left - 1)


def _pages(rng: random.Random, path: Path) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(rng.choice([1, 1, 3, 30])):
        place = rng.randrange(min(len(data), rng.choice([100, 4096, len(data)])) or 1)
        data[place : place + 1] = rng.randbytes(1)
    if rng.random() < 0.2:
        del data[rng.randrange(len(data)) :]
    if rng.random() < 0.2 and len(data) >= 3 * 4096:
        a, b = (4096 * rng.randrange(len(data) // 4096) for _ in range(2))
        data[a : a + 4096], data[b : b + 4096] = data[b : b + 4096], data[a : a + 4096]
    if rng.random() < 0.1:
        path.with_name(path.name + rng.choice(["-wal", "-journal"])).write_bytes(rng.randbytes(5000))
    path.write_bytes(data)


def _tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    return sorted(name for (name,) in found)


def _column(rng: random.Random, connection: sqlite3.Connection) -> tuple[str, str]:
    table = rng.choice(_tables(connection))
    return table, rng.choice([row[1] for row in connection.execute(f"PRAGMA table_info({table})")])


_CELLS: Final[tuple[Any, ...]] = (
    None, 0, -1, 1, 2**31, 2**63 - 1, -(2**63), 1e308, float("inf"), 0.5, "", "x", "\x1b[2J", "../../x", "\0",
    "a" * 3000, b"", b"\0", b"\xff" * 40, "{}", "[]", "null", '{"a":' * 1000, "[" * _DEEP, "9" * 5000, "1e999",
)  # fmt: skip


def _cells(rng: random.Random, path: Path) -> None:
    with closing(_opened(path)) as connection:
        table, column = _column(rng, connection)
        held = _held(rng, connection, table, column)
        value = rng.choice(_CELLS)
        if isinstance(held, str | bytes) and rng.random() < 0.6:
            data = held.encode() if isinstance(held, str) else held
            changed = mutated(rng, data, [data])[:1_000_000]
            value = changed if isinstance(held, bytes) else changed.decode(errors="replace")
        elif isinstance(held, int) and rng.random() < 0.5:
            value = held + rng.choice([-1, 1, 100])
        where = "" if rng.random() < 0.2 else f"WHERE {column} IS ?"
        connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ? {where}", (value, held) if where else (value,))
        connection.commit()


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA ignore_check_constraints = ON")
    return connection


def _held(rng: random.Random, connection: sqlite3.Connection, table: str, column: str) -> Any:
    """The value of a column in a random row."""
    (count,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    place = rng.randrange(count) if count else 0
    row = connection.execute(f"SELECT {column} FROM {table} ORDER BY 1 LIMIT 1 OFFSET ?", (place,)).fetchone()
    return row[0] if row else None


def _rows(rng: random.Random, path: Path) -> None:
    with closing(_opened(path)) as connection:
        table, column = _column(rng, connection)
        if rng.random() < 0.5:
            where = "" if rng.random() < 0.3 else f"WHERE {column} IS ?"
            connection.execute(
                f"DELETE FROM {table} {where}", (_held(rng, connection, table, column),) if where else ()
            )
        else:
            row = list(connection.execute(f"SELECT * FROM {table} ORDER BY 1 LIMIT 1").fetchone() or ())
            for _ in range(rng.randint(1, 2) if row else 0):
                row[rng.randrange(len(row))] = rng.choice(_CELLS)
            marks = ",".join("?" * len(row))
            connection.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", row)
        connection.commit()


def _swapped(rng: random.Random, path: Path) -> None:
    """Exchanges the values of a column between rows, or takes those of another column or table."""
    with closing(_opened(path)) as connection:
        table, column = _column(rng, connection)
        if rng.random() < 0.6:
            a, b = (_held(rng, connection, table, column) for _ in range(2))
            exchange = f"CASE WHEN {column} IS :a THEN :b WHEN {column} IS :b THEN :a ELSE {column} END"
            connection.execute(f"UPDATE OR REPLACE {table} SET {column} = {exchange}", {"a": a, "b": b})
        elif rng.random() < 0.5:
            others = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            connection.execute(f"UPDATE OR IGNORE {table} SET {column} = {rng.choice(others)}")
        else:
            other = _held(rng, connection, *_column(rng, connection))
            held = _held(rng, connection, table, column)
            connection.execute(f"UPDATE OR IGNORE {table} SET {column} = ? WHERE {column} IS ?", (other, held))
        connection.commit()


def _schema(rng: random.Random, path: Path) -> None:
    with closing(_opened(path)) as connection:
        table, column = _column(rng, connection)
        connection.executescript(rng.choice([
            f"DROP TABLE {table}", f"ALTER TABLE {table} RENAME TO other", f"ALTER TABLE {table} ADD COLUMN more",
            f"CREATE INDEX more ON {table} ({column})", "CREATE TABLE more (x)", "CREATE VIEW more AS SELECT 1",
            f"CREATE TRIGGER more AFTER INSERT ON {table} BEGIN DELETE FROM {table}; END",
            f"PRAGMA user_version = {rng.choice([0, 1, 2, 3, 4, 5, 99, -1])}",
            f"PRAGMA application_id = {rng.choice([0, 77])}", "PRAGMA journal_mode = DELETE",
            f"ALTER TABLE {table} RENAME COLUMN {column} TO other",
        ]))  # fmt: skip
