"""Addresses of databases: what is shown of them, and statements as PostgreSQL's driver has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from arcbatt.errors import InputError
from arcbatt.store import PostgresAddress, place_of
from arcbatt.store.place import without_passwords
from arcbatt.store.postgres.spelling import spelled


@pytest.mark.parametrize(
    ("url", "shown", "secrets"),
    [
        ("postgresql://db/arc", "postgresql://db/arc", []),
        ("postgres://ada@db:5433/arc", "postgres://ada@db:5433/arc", []),
        ("postgresql://ada:geheim@db/arc", "postgresql://ada@db/arc", ["geheim"]),
        ("postgresql://ada:@db/arc", "postgresql://ada@db/arc", []),
        ("postgresql://:geheim@db/arc", "postgresql://db/arc", ["geheim"]),
        ("postgresql://ada:ge?h#e:im@db/arc", "postgresql://ada@db/arc", ["ge?h#e:im"]),
        ("postgresql://ada:ge%2Fheim@db/arc", "postgresql://ada@db/arc", ["ge%2Fheim", "ge/heim"]),
        ("postgresql://ada@/arc?host=/run/pg&password=geheim", "postgresql://ada@/arc?host=/run/pg", ["geheim"]),
        ("postgresql:///arc?p%61ssword=geheim&port=1", "postgresql:///arc?port=1", ["geheim"]),
        ("postgresql:///arc?sslpassword=geheim", "postgresql:///arc", ["geheim"]),
        ("postgresql://db1:1,db2:2/arc", "postgresql://db1:1,db2:2/arc", []),
        ("postgresql://[::1]:5432/arc", "postgresql://[::1]:5432/arc", []),
        ("postgresql://", "postgresql://", []),
    ],
)
def test_an_address_is_shown_without_its_password(url: str, shown: str, secrets: list[str]) -> None:
    address = place_of(url)
    assert isinstance(address, PostgresAddress)
    assert str(address) == shown
    assert address.secrets() == secrets
    assert address.has_password == bool(secrets)
    assert not any(secret in repr(address) for secret in secrets)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ada:ge/heim@db/arc", "postgresql://ada:ge?hei/m@db/arc", "postgresql:///arc?password=ge@heim",
        "postgresql://ada:geheim@db/a\nrc", "postgresql://ada:geheim@db/a\0rc", "postgresql://ada:geheim@d@b/arc",
    ],
)  # fmt: skip
def test_what_could_hide_a_password_in_another_place_is_refused_unseen(url: str) -> None:
    with pytest.raises(InputError, match="expected postgresql://USER@HOST") as caught:
        place_of(url)
    assert "ge" not in str(caught.value).replace("got something else", "")
    assert "ge" not in "".join(without_passwords([url]))


def test_anything_else_is_a_folder() -> None:
    assert place_of("postgresql:/db") == Path("postgresql:/db")
    assert place_of("~/ws") == Path("~/ws")


def test_words_lose_their_passwords() -> None:
    words = ["run", "--store=postgresql://a:b@h/d", "postgres://a:b@h/d:12", "x", "--store=postgresql://a:b/c@h"]
    assert without_passwords(words) == [
        "run", "--store=postgresql://a@h/d", "postgres://a@h/d:12", "x", "--store=postgresql://...",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("SELECT a FROM t WHERE b = :b AND c=:c_2", "SELECT a FROM t WHERE b = %(b)s AND c=%(c_2)s"),
        (r"SELECT 1 WHERE a LIKE :x ESCAPE '\'", r"SELECT 1 WHERE a LIKE %(x)s ESCAPE '\'"),
        ("SELECT ':a', 'it''s :b', x::text, 7 % 4", "SELECT ':a', 'it''s :b', x::text, 7 %% 4"),
        ("SELECT '100%' || \"odd:name\" || :n::int", "SELECT '100%%' || \"odd:name\" || %(n)s::int"),
    ],
)
def test_parameters_are_spelled_as_the_driver_has_them(statement: str, expected: str) -> None:
    assert spelled(statement) == expected
