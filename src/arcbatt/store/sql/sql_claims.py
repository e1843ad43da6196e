"""The claims of a store over a database that speaks SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from arcbatt.errors import InputError
from arcbatt.store.claims import Claims
from arcbatt.store.records.checks import check_json
from arcbatt.store.sql import claims
from arcbatt.store.sql.program_saving import delete_all_unscored

if TYPE_CHECKING:
    from arcbatt.store.records.claim_records import DriverRecord
    from arcbatt.store.sql.transactions import Entry, Transactions

__all__ = ["SqlClaims"]


class SqlClaims(Claims):
    """Claims over transactions; see :class:`Claims` for what its methods promise."""

    def __init__(self, transactions: Transactions) -> None:
        self._open = transactions

    def join(self, run_id: int, *, alone: bool = False) -> int:
        """See :meth:`Claims.join`."""
        with self._open.writing() as connection:
            return claims.insert_driver(connection, run_id, alone=alone)

    def beat(self, run_id: int) -> None:
        """See :meth:`Claims.beat`."""
        with self._open.writing() as connection:
            claims.note_beat(connection, run_id)

    def drivers(self, series: int | None = None) -> list[DriverRecord]:
        """See :meth:`Claims.drivers`."""
        with self._open.reading() as connection:
            is_there = self._open.has_table(connection, "drivers")
            return claims.select_drivers(connection, series) if is_there else []

    def drop(self, driver: DriverRecord) -> bool:
        """See :meth:`Claims.drop`."""
        removed: list[Entry] = []
        with self._open.writing(removed) as connection:
            is_dropped = claims.drop_driver(connection, driver)
            if is_dropped and not claims.has_sharing_drivers(connection):
                removed += [("solver", md5) for md5 in delete_all_unscored(connection)]
                self._open.will_remove(removed)
            return is_dropped

    def leave(self, run_id: int) -> None:
        """See :meth:`Claims.leave`."""
        removed: list[Entry] = []
        with self._open.writing(removed) as connection:
            claims.remove_driver(connection, run_id)
            if not claims.has_sharing_drivers(connection):
                removed += [("solver", md5) for md5 in delete_all_unscored(connection)]
                self._open.will_remove(removed)

    def claim(self, run_id: int, digests: Sequence[str], most: int) -> list[str]:
        """See :meth:`Claims.claim`."""
        if most < 1:
            raise InputError(f"tasks to claim: expected at least 1, got {most}")
        with self._open.writing() as connection:
            return claims.insert_claims(connection, run_id, digests, most)

    def give_up(self, run_id: int, digest: str, summary: str) -> None:
        """See :meth:`Claims.give_up`."""
        check_json(summary, f"task {digest:.40} given up")
        with self._open.writing() as connection:
            claims.note_given_up(connection, run_id, digest, summary)

    def settled(self, run_id: int) -> dict[str, int]:
        """See :meth:`Claims.settled`."""
        with self._open.reading() as connection:
            return claims.select_settled(connection, run_id)

    def summaries(self, run_id: int) -> dict[str, str]:
        """See :meth:`Claims.summaries`."""
        with self._open.reading() as connection:
            return claims.select_summaries(connection, run_id)

    def summaries_before(self, run_id: int) -> dict[str, str]:
        """See :meth:`Claims.summaries_before`."""
        with self._open.reading() as connection:
            return claims.select_summaries_before(connection, run_id)
