"""Functional dependencies: what becomes of a thing depends on one property of it.

A dependency is a table from a property to what becomes of the things that have it, read off the demos. It holds where
no demo contradicts itself or another one; it says something where each demo has an entry of another one, and where not
everything becomes the same. An output breaks it that contradicts itself or the table.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from arcbatt.search.evidence.invariants.invariant import Invariant, Pairs, Relation, changes
from arcbatt.search.evidence.invariants.pair_facts import PairFacts

__all__ = ["Entries", "dependency"]

Entries = Callable[[PairFacts], Iterable[tuple[Hashable, Hashable]]]
"""Gives the things of an input: the property of each, and what becomes of it in an output of the same shape."""

Table = dict[Hashable, Hashable]


def dependency(
    name: str, text: str, breach: str, entries: Entries, *, implied_by: tuple[str, ...] = ()
) -> Invariant:
    """The invariant that what becomes of the things depends on their property; for outputs of the input's shape."""

    def fit(pairs: Pairs) -> Relation | None:
        if not all(pair.same_shape for pair in pairs) or not any(map(changes, pairs)):
            return None
        known: Table = {}
        tables = []
        for pair in pairs:
            table = _table(entries(pair))
            if table is None or not _agrees(table, known):
                return None
            tables.append(table)
            known.update(table)
        if len(set(known.values())) < 2 or not _are_linked(tables):
            return None
        return Relation(text, breach, lambda pair: _keeps(pair, entries, known))

    return Invariant(name, fit, implied_by)


def _table(entries: Iterable[tuple[Hashable, Hashable]]) -> Table | None:
    """The entries by property; None where they contradict each other."""
    table: Table = {}
    for key, value in entries:
        if table.setdefault(key, value) != value:
            return None
    return table


def _agrees(table: Table, known: Table) -> bool:
    return all(known.get(key, value) == value for key, value in table.items())


def _are_linked(tables: list[Table]) -> bool:
    """Whether each of the tables shares a key with another one."""
    return all(
        any(not table.keys().isdisjoint(other) for place, other in enumerate(tables) if place != index)
        for index, table in enumerate(tables)
    )  # fmt: skip


def _keeps(pair: PairFacts, entries: Entries, known: Table) -> bool:
    if not pair.same_shape:
        return False
    table = _table(entries(pair))
    return table is not None and _agrees(table, known)
