"""Devices of this process for the enumerations of its worker processes."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from arcbatt.engine import select_engine
from arcbatt.errors import DeviceWarning
from arcbatt.runs.options import RunOptions

__all__ = ["devices_for_workers"]


@contextmanager
def devices_for_workers(options: RunOptions) -> Iterator[RunOptions]:
    """The options of worker processes: where the engine is the CUDA engine they evaluate natively, and this process's
    devices work for their enumerations until the end of the block.

    Workers of a cluster are on other machines, and have the engine that was asked for.

    Raises:
        EngineError: the CUDA engine is wanted and cannot be had.
    """
    if options.engine != "cuda" or options.cluster is not None:
        yield options
        return
    from arcbatt.engine.cuda.enumeration.remote import SearchServer

    natively = replace(options, engine="native")
    devices = select_engine("cuda", options.limits).searches
    assert devices is not None
    server = SearchServer(devices)
    try:
        address = server.open()
    except OSError as error:
        # No folder for a socket, say: the work goes on, with the same results.
        warnings.warn(f"workers cannot reach the GPUs ({error}): they search on the CPU", DeviceWarning, stacklevel=3)
        yield natively
        return
    try:
        yield replace(natively, searches=address)
    finally:
        server.close()
