"""Writes schema_1.db beside this script: what a store of schema version 1 left, small. Run only to make it anew."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from store_samples import begin, differ, solver, task_record

from arcbatt.store import LineageRecord, open_store


def main() -> None:
    """Fills a store, and copies its database in small pages and as one file."""
    with tempfile.TemporaryDirectory() as folder:
        with open_store(Path(folder), create=True) as store:
            store.add_programs([solver(3), solver(3, name="solve_further")])
            run = begin(store)
            store.save_task(run, task_record("007bbfb7", [solver(1), solver(2)], [differ(1), differ(2, "zo")]))
            store.add_lineage([LineageRecord(solver(2).md5, solver(1).md5, "swap")])
            store.finish_run(run, "finished", {"main.run_batt": 0.5})
        database = Path(folder, "arcbatt.db")
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA page_size = 512")
            connection.execute("VACUUM")
        shutil.copy(database, Path(__file__).with_name("schema_1.db"))


if __name__ == "__main__":
    main()
