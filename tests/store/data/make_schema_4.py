"""Writes schema_4.db beside this script: what a store of schema version 4 left, small. Run only to make it anew."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from store_samples import begin, differ, generation, solver, table, task_record, task_time

from arcbatt.results.task_table import RunProgram
from arcbatt.store import LineageRecord, PhaseSeconds, open_store


def main() -> None:
    """Fills a store, and copies its database in small pages and as one file."""
    with tempfile.TemporaryDirectory() as folder:
        with open_store(Path(folder), create=True) as store:
            run, programs = begin(store), [solver(1), solver(2)]
            store.save_run_programs(run, [RunProgram(p.md5, p.name, p.size, p.text) for p in programs])
            record = task_record("007bbfb7", programs, [differ(1), differ(2, "zo")])
            store.save_task(run, replace(record, table=table(len(programs))), time=task_time(run, "007bbfb7"))
            store.finish_run(run, "finished", None, {"main.run_batt": PhaseSeconds(0.5, None)})
            evolving = begin(store, "evolve")
            store.begin_evolution(evolving, '{"seed":1}', [solver(1).text, differ(1).text])
            store.save_generation(evolving, generation(0, {"t": [3, 4], "u": [5]}), times=[task_time(evolving, "t")])
            lineage = [LineageRecord(solver(6).md5, solver(3).md5, "swap")]
            store.save_generation(evolving, generation(1, {"t": [6, 3]}, lineage=lineage))
            store.finish_run(evolving, "interrupted", None, {})
        database = Path(folder, "arcbatt.db")
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA page_size = 512")
            connection.execute("VACUUM")
        shutil.copy(database, Path(__file__).with_name("schema_4.db"))


if __name__ == "__main__":
    main()
