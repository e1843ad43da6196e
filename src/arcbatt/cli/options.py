"""Options that several commands share, the objects that they reach a command as, and what these stand for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from arcbatt.cli.lines import say
from arcbatt.cli.option_groups import F, option_group
from arcbatt.cli.store_option import DEFAULT_WORKSPACE, workspace_option
from arcbatt.cli.waiting import measured
from arcbatt.errors import InputError

if TYPE_CHECKING:
    from arcbatt.arc import TaskSet
    from arcbatt.battery.battery import Battery
    from arcbatt.program.program import Program
    from arcbatt.program.refusals import ProgramError
    from arcbatt.runs.options import RunOptions
    from arcbatt.store import Store

__all__ = [
    "DEFAULT_WORKSPACE", "DataChoice", "ProgramChoice", "TaskChoice", "WorkChoice", "aliases_option", "data_options",
    "json_option", "load_primitive_files", "primitives_option", "print_notes", "program_options", "report_left_out",
    "select_tasks", "skip_bad_hint", "task_options", "work_options", "workspace_option",
]  # fmt: skip

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")

primitives_option = click.option(
    "--primitives", "primitive_files", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
    help="Python file with primitives and constants of your own. It is executed.",
)  # fmt: skip

aliases_option = click.option(
    "--aliases", "aliases_file", type=click.Path(path_type=Path), metavar="FILE",
    help="TOML file with other names for primitives and constants.",
)  # fmt: skip


# ---------------------------------------------------------------------- tasks


@dataclass(frozen=True, slots=True)
class DataChoice:
    """Where tasks come from: ``--set``, ``--data`` and ``--skip-bad``."""

    sets: tuple[str, ...]
    data: tuple[Path, ...]
    skips_bad: bool

    @property
    def is_named(self) -> bool:
        """Whether a set or a path is named."""
        return bool(self.sets or self.data)

    @property
    def words(self) -> list[str]:
        """The options as they are typed."""
        found = [word for name in self.sets for word in ("--set", name)]
        found += [word for path in self.data for word in ("--data", str(path))]
        return [*found, "--skip-bad"] if self.skips_bad else found

    def load(self) -> TaskSet:
        """The tasks of all that the options name, the default set where they name none; each is read when asked for.

        What was left out of them, or renamed, is printed on standard error.

        Raises:
            InputError: what they name does not exist, or is no task.
        """
        from arcbatt.arc import DEFAULT_SET, load_tasks

        sets = self.sets if self.is_named else (DEFAULT_SET,)
        with measured("reading tasks"):
            tasks = load_tasks(sets, self.data, skips_bad=self.skips_bad)
        print_notes(tasks)
        return tasks

    def sources(self) -> list[TaskSet]:
        """What the options name: each set alone, so that it gives its name, then everything together.

        Raises:
            InputError: what they name does not exist, or is no task.
        """
        from arcbatt.arc import load_set

        return [*(load_set(name) for name in dict.fromkeys(self.sets)), *([self.load()] if self.data else [])]

    def select(self, ids: Sequence[str]) -> TaskSet:
        """The tasks of some ids, all checked.

        Raises:
            InputError: an id is unknown, or a task is malformed.
        """
        tasks = self.load()
        return select_tasks(lambda: tasks.select(ids))


_DATA_OPTIONS: Final = (
    click.option("--set", "sets", multiple=True, metavar="NAME",
                 help="Task set: arc1-train (default), arc1-eval, arc2-train, arc2-eval; repeatable."),
    click.option("--data", multiple=True, type=click.Path(path_type=Path), metavar="PATH",
                 help="File of tasks (JSON, JSON Lines, gzip, Kaggle's), or folder of them; repeatable."),
    click.option("--skip-bad", "skips_bad", is_flag=True, help="Leave malformed tasks out, and say which."),
)  # fmt: skip

data_options = option_group("data", DataChoice, *_DATA_OPTIONS)


@dataclass(frozen=True, slots=True)
class TaskChoice:
    """Which tasks a command works on: those of some ids, of a slice, or all, of what ``--set`` and ``--data`` name."""

    task_ids: tuple[str, ...]
    more_ids: tuple[str, ...]
    start: int | None
    count: int | None
    all_tasks: bool
    sets: tuple[str, ...]
    data: tuple[Path, ...]
    skips_bad: bool

    @property
    def source(self) -> DataChoice:
        """Where the tasks come from."""
        return DataChoice(self.sets, self.data, self.skips_bad)

    def load(self, *, is_all: bool = False) -> TaskSet:
        """The tasks that the options name, all checked.

        The rule of all commands: the tasks of the ids, or of the slice, or with ``--all`` all of them. Where none of
        these is given, all tasks of what ``--set`` and ``--data`` name.

        Args:
            is_all: take all tasks of the default set where nothing is named at all; else that is an error.

        Raises:
            InputError: the options contradict each other or name no task, or a task is malformed.
        """
        tasks = self.source.load()
        ids = (*self.task_ids, *self.more_ids)
        ways = [bool(ids), self.start is not None or self.count is not None, self.all_tasks]
        if sum(ways) > 1:
            raise InputError("name tasks, or take a slice with -s and -c, or take --all; not several of these")
        if not any(ways) and not self.source.is_named and not is_all:
            raise InputError(
                f"which tasks? Name some ('{tasks.ids[0]}'), a slice with -s and -c, --set or --data, or all with --all"
            )
        return select_tasks(lambda: tasks.select(ids) if ids else tasks.slice(self.start or 0, self.count))


task_options = option_group(
    "tasks", TaskChoice,
    click.argument("task_ids", metavar="[TASK]...", nargs=-1),
    click.option("-i", "--id", "more_ids", multiple=True, metavar="TASK",
                 help="Another way to name a task; repeatable."),
    click.option("-s", "--start", type=click.IntRange(0), help="First task of a slice of the set, from 0."),
    click.option("-c", "--count", type=click.IntRange(1), help="Number of tasks in the slice."),
    click.option("--all", "all_tasks", is_flag=True, help="All tasks; needed only without --set and --data."),
    *_DATA_OPTIONS,
)  # fmt: skip


def select_tasks(select: Callable[[], TaskSet]) -> TaskSet:
    """A selection of the tasks; what it left out is printed on standard error.

    Raises:
        InputError: as `select` raises it; of malformed tasks, with what to do about them.
    """
    with skip_bad_hint(), measured("reading tasks"):
        selected = select()
    print_notes(selected)
    return selected


@contextmanager
def skip_bad_hint() -> Iterator[None]:
    """Adds to a refusal of malformed tasks that they can be left out, if others are left.

    Raises:
        InputError: malformed tasks were refused.
    """
    from arcbatt.arc import FaultyTasksError

    try:
        yield
    except FaultyTasksError as error:
        if len(error.faults) < error.count:
            raise InputError(f"{error}\n--skip-bad leaves out what is malformed") from None
        raise


def print_notes(tasks: TaskSet) -> None:
    """Prints the notes of a set of tasks on standard error, a line each."""
    for note in tasks.notes:
        say(f"arcbatt: {note}", err=True)


# ---------------------------------------------------------------------- programs


@dataclass(frozen=True, slots=True)
class ProgramChoice:
    """Which programs take part: those of files or the starter programs, and those of the store."""

    battery_paths: tuple[Path, ...]
    is_alone: bool
    is_stored_only: bool
    primitive_files: tuple[Path, ...]
    aliases_file: Path | None

    @property
    def joins_store(self) -> bool:
        """Whether the programs of the store take part."""
        return not self.is_alone

    def handed_in(self) -> list[Program]:
        """The programs of files and folders; the starter programs when none is given; none with ``--stored-only``.

        A user's primitives are loaded first, before any program is parsed. What is refused is reported on standard
        error, and the rest goes on.

        Raises:
            InputError: a path or the table of aliases is wrong, no program is left (the message has the refusals), or
                the options contradict each other.
        """
        if self.is_stored_only and (self.is_alone or self.battery_paths):
            raise InputError("--stored-only takes the programs of the store alone: leave out -b and --no-store")
        load_primitive_files(self.primitive_files)
        if self.is_stored_only:
            return []
        if not self.battery_paths:
            from arcbatt.library import starter_programs

            with measured("reading the starter programs"):
                return starter_programs()
        from arcbatt.battery.load import load_programs
        from arcbatt.program.reading.aliases import read_aliases

        aliases = None if self.aliases_file is None else read_aliases(self.aliases_file)
        with measured("reading program files") as meter:
            programs, refusals = load_programs(self.battery_paths, aliases, on_file=meter.reach)
        if not programs:
            raise InputError("\n".join(refusals.lines()))
        for line in refusals.lines():
            say(f"arcbatt: {line}", err=True)
        return programs

    def joined(self, handed_in: Sequence[Program], store: Store | None) -> Battery:
        """The battery of the programs handed in and of those in the store; what is left out of it is reported.

        Args:
            handed_in: what :meth:`handed_in` gave.
            store: open; None where there is none.

        Raises:
            InputError: there is no solver at all.
        """
        from arcbatt.runs.stored_programs import battery_with_store

        with measured("reading stored programs") as meter:
            joining = store if self.joins_store else None
            battery, refusals = battery_with_store(handed_in, joining, on_program=meter.reach)
        report_left_out(refusals)
        if not battery.solvers:
            raise InputError("there is no solver to run: import some (arcbatt import), or name files with -b")
        return battery


program_options = option_group(
    "programs", ProgramChoice,
    click.option("-b", "--battery", "battery_paths", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
                 help="Battery file, program file or folder, instead of the starter programs and differs."),
    click.option("--no-store", "is_alone", is_flag=True, help="Leave out the programs of the store."),
    click.option("--stored-only", "is_stored_only", is_flag=True, help="Only the programs of the store."),
    primitives_option,
    aliases_option,
)  # fmt: skip


# ---------------------------------------------------------------------- work


@dataclass(frozen=True, slots=True)
class WorkChoice:
    """With what, within which limits and by how many workers the programs are evaluated."""

    engine: str
    fuel: int | None
    timeout: float | None
    memory: int
    jobs: int | None
    cluster: str | None

    def options(
        self, programs: ProgramChoice, *, keep: int = 32, min_score: int = 1, resume: bool = False,
        fuel: int | None = None, timeout: float | None = None, in_processes: bool = False,
    ) -> RunOptions:  # fmt: skip
        """The options of a job; a user's primitives are loaded, before any program is parsed.

        Args:
            programs: names the primitives of a user's own, and whether the store takes part.
            keep: most solvers kept for a task.
            min_score: least number of demo samples that a kept solver solves.
            resume: whether to go on with the last run of the same kind.
            fuel: units of a program on a sample where ``--fuel`` is not given; None for the engine's default.
            timeout: seconds of a sample where ``--timeout`` is not given; None for the engine's default.
            in_processes: whether the work is done in processes in any case; ``auto`` takes no GPU for that, nor for
                work that may be done in processes or on other machines.

        Raises:
            InputError: a file with primitives is wrong, or ``--cluster`` is.
            EngineError: the engine is not installed.
        """
        self._check_cluster()
        from arcbatt.engine import Limits, on_cpu, select_engine
        from arcbatt.engine.limits import DEFAULT_FUEL, DEFAULT_TIMEOUT_S
        from arcbatt.runs.options import RunOptions
        from arcbatt.store.place import without_passwords

        load_primitive_files(programs.primitive_files)
        try:
            limits = Limits(self.fuel or fuel or DEFAULT_FUEL, self.timeout or timeout or DEFAULT_TIMEOUT_S)
        except ValueError as error:
            raise InputError(str(error)) from None
        is_elsewhere = in_processes or self.cluster is not None or bool(programs.primitive_files)
        engine = on_cpu(self.engine) if is_elsewhere else self.engine
        return RunOptions(
            engine=select_engine(engine, limits).name, limits=limits, keep=keep, min_score=min_score,
            primitive_files=tuple(str(path.resolve()) for path in programs.primitive_files),
            joins_store=programs.joins_store, jobs=self.jobs, cluster=self.cluster,
            memory_bytes=self.memory * 1024**2, resume=resume,
            arguments=tuple(map(_as_text, without_passwords(sys.argv[1:]))),
        )  # fmt: skip

    def _check_cluster(self) -> None:
        if self.cluster is not None:
            from arcbatt.execute.cluster import ClusterAddress, check_installed

            ClusterAddress.parse(self.cluster)
            check_installed()
            if self.jobs is not None:
                raise InputError("--cluster has as many workers as the cluster: leave out -j")


def _as_text(word: str) -> str:
    """A word of the command line as it is recorded: of a path that is no UTF-8, its odd bytes as ``\\udcff``."""
    return word.encode("utf-8", "backslashreplace").decode()


def work_options(fuel: int = 20_000_000, timeout: str = "60", memory: int = 4096) -> Callable[[F], F]:
    """The options of :class:`WorkChoice`.

    Args:
        fuel: units of a program on a sample where ``--fuel`` is not given, as the help states them.
        timeout: likewise the seconds of ``--timeout``, in words.
        memory: megabytes of a worker where ``--memory`` is not given.
    """
    return option_group(
        "work", WorkChoice,
        click.option("--engine", type=click.Choice(["auto", "native", "python", "cuda"]), default="auto",
                     show_default=True, help="Engine that evaluates."),
        click.option("--fuel", type=click.IntRange(1), metavar="UNITS",
                     help=f"Most work of a program on a sample, in units of fuel. [default: {fuel:,}]"),
        click.option("-t", "--timeout", type=click.FloatRange(0, min_open=True), metavar="SECONDS",
                     help="Most seconds for a sample, with all programs together; of a big battery, with each piece. "
                     f"[default: {timeout}]"),
        click.option("--memory", type=click.IntRange(256, 1024**2), default=memory, show_default=True, metavar="MB",
                     help="Bound on the memory of each worker."),
        click.option("-j", "--jobs", type=click.IntRange(1, 1024), help="Workers. [default: one a core]"),
        click.option("--cluster", metavar="ADDRESS",
                     help="Workers of a Dask cluster: tcp://HOST:PORT of its scheduler, or local:N to start N here. "
                          "Trusted as this machine is."),
    )  # fmt: skip


def load_primitive_files(paths: Sequence[Path]) -> None:
    """Executes files with a user's own primitives; to be done before any program is parsed.

    Raises:
        InputError: a file is wrong.
    """
    from arcbatt.dsl.user import load_primitives

    for path in paths:
        load_primitives(path)


def report_left_out(refusals: Sequence[ProgramError]) -> None:
    """Warns of stored programs that cannot be read here."""
    for refusal in refusals[:5]:
        say(f"arcbatt: left out: {refusal} (--primitives FILE loads primitives of your own)", err=True)
    if len(refusals) > 5:
        say(f"arcbatt: left out: {len(refusals) - 5} more stored programs", err=True)
