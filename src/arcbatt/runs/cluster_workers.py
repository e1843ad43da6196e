"""The workers of a job on a cluster: what they are sent once, and how each opens it within its machine's memory."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from arcbatt.engine import on_cpu, select_engine
from arcbatt.errors import InputError
from arcbatt.execute import memory_share
from arcbatt.files import read_regular
from arcbatt.runs.options import RunOptions

if TYPE_CHECKING:
    from arcbatt.execute.cluster import ClusterExecutor

__all__ = ["open_cluster_workers"]

_Opener: TypeAlias = Callable[[RunOptions], Callable[[], Any]]


def open_cluster_workers(
    opener: _Opener, options: RunOptions, stop_state: Callable[[Any], None], *, is_killable: bool,
    preload: Sequence[str],
) -> ClusterExecutor:  # fmt: skip
    """Workers on the cluster that the options name; it is there, or starting, when this returns.

    Args:
        opener: given the options of a worker, gives the picklable function that makes what its items work with.
        options: cluster, memory, engine and limits. Files with a user's own primitives are sent along.
        stop_state: picklable; ends soon what runs with that in another thread.
        is_killable: whether items may hang or die, and so run in processes of their own.
        preload: names of modules that workers load.

    Raises:
        InputError: the address is none, the extra is not installed, or a file of primitives cannot be read.
        ExecutorError: no scheduler answers there, or no worker takes work.
    """
    from arcbatt.execute.cluster import ClusterExecutor

    options = replace(options, engine=on_cpu(options.engine))  # machines need not be alike in GPUs
    assert options.cluster is not None
    memory_bytes = options.memory_bytes
    if is_killable:
        # A process is bounded as a whole: an engine that counts had better stop before its allocations fail.
        share = None if memory_bytes is None else memory_bytes // 4 * 3
        make_state = partial(_for_process, opener, _bounded(options, share), _contents(options))
    else:
        make_state = partial(_for_thread, opener, options)
    executor = ClusterExecutor(
        options.cluster, make_state, stop_state, engine=select_engine(options.engine).name, is_killable=is_killable,
        memory_bytes=memory_bytes, preload=preload,
    )  # fmt: skip
    try:
        executor.start()
    except BaseException:
        executor.close()
        raise
    return executor


def _for_thread(opener: _Opener, options: RunOptions, slots: int) -> Callable[[], Any]:
    """What makes the state of one of so many threads on a machine, which share its memory."""
    return opener(_bounded(options, memory_share(options.memory_bytes, slots)))


def _for_process(
    opener: _Opener, options: RunOptions, files: tuple[tuple[str, bytes], ...], slots: int
) -> Callable[[], Any]:
    return partial(_opened, opener, options, files)


def _opened(opener: _Opener, options: RunOptions, files: tuple[tuple[str, bytes], ...]) -> Any:
    """The state, with the primitives of files that this machine need not have."""
    with tempfile.TemporaryDirectory(prefix="arcbatt-primitives-") as folder:
        paths = [_placed(path, content, Path(folder, str(place))) for place, (path, content) in enumerate(files)]
        return opener(replace(options, primitive_files=tuple(paths)))()


def _placed(path: str, content: bytes, folder: Path) -> str:
    """The path of a file where it is the same here; else that of a copy of it."""
    try:
        if read_regular(Path(path)) == content:
            return path
    except OSError:
        pass
    folder.mkdir()
    copy = folder / Path(path).name
    copy.write_bytes(content)
    return str(copy)


def _contents(options: RunOptions) -> tuple[tuple[str, bytes], ...]:
    try:
        return tuple((path, read_regular(Path(path))) for path in options.primitive_files)
    except OSError as error:
        raise InputError(f"{error.filename}: cannot read the primitives: {error.strerror or error}") from None


def _bounded(options: RunOptions, memory_bytes: int | None) -> RunOptions:
    return replace(options, limits=replace(options.limits, memory_bytes=memory_bytes))
