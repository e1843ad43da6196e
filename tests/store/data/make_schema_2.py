"""Writes schema_2.db beside this script: what a store of schema version 2 left, small. Run only to make it anew."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from store_samples import begin, differ, generation, solver, task_record

from arcbatt.store import LineageRecord, open_store


def main() -> None:
    """Fills a store, and copies its database in small pages and as one file."""
    with tempfile.TemporaryDirectory() as folder:
        with open_store(Path(folder), create=True) as store:
            run = begin(store)
            store.save_task(run, task_record("007bbfb7", [solver(1), solver(2)], [differ(1), differ(2, "zo")]))
            store.begin_evolution(run, {"seed": 1}, [solver(1).text, differ(1).text])
            store.save_generation(run, generation(0, {"t": [3, 4], "u": [5]}))
            lineage = [LineageRecord(solver(6).md5, solver(3).md5, "swap")]
            store.save_generation(run, generation(1, {"t": [6, 3]}, lineage=lineage))
            store.finish_run(run, "finished", {"main.run_batt": 0.5})
        database = Path(folder, "arcbatt.db")
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA page_size = 512")
            connection.execute("VACUUM")
        shutil.copy(database, Path(__file__).with_name("schema_2.db"))


if __name__ == "__main__":
    main()
