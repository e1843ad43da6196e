"""Whether a battery is evaluated whole or in pieces, and the pieces.

What an evaluation keeps at a time grows with the nodes of the graph that is open: the graph itself, a place for the
value of each node on a task and on a sample, and the values. Verdicts are small beside that. So a battery of many nodes
is opened piece by piece, and what its pieces gave is put together; the results are those of the whole, byte for byte.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from arcbatt.battery.battery import Battery
from arcbatt.battery.pieces import Piece, cut
from arcbatt.runs.options import RunOptions

__all__ = ["MOST_NODES", "NODE_BYTES", "is_big", "most_nodes", "piece_count", "pieces_of"]

MOST_NODES: Final = 65_536
"""Most nodes of a piece, whatever the memory: larger ones are no faster."""
NODE_BYTES: Final = 1_024
"""What a node of an open graph is taken to need, values included."""
_SHARE: Final = 4
"""A quarter of the memory may go into the nodes of a piece; the rest is for values beyond the usual and for Python."""
_LEAST_NODES: Final = 4_096

def most_nodes(options: RunOptions) -> int:
    """Most nodes of a graph that is opened at a time, by the memory that a worker has."""
    if options.piece_nodes is not None:
        return options.piece_nodes
    if options.memory_bytes is None:
        return MOST_NODES
    return max(_LEAST_NODES, min(MOST_NODES, options.memory_bytes // (NODE_BYTES * _SHARE)))


def is_big(battery: Battery, options: RunOptions) -> bool:
    """Whether a battery is evaluated in pieces."""
    return len(battery.graph) > most_nodes(options)


def pieces_of(battery: Battery, options: RunOptions) -> Sequence[Piece]:
    """The pieces in which a battery is evaluated; none where it is evaluated whole.

    They are made once and shared by the threads of a process; each thread opens one at a time.
    """
    return battery.pieces(most_nodes(options), cut) if is_big(battery, options) else ()


def piece_count(battery: Battery, options: RunOptions) -> int:
    """How often the time limit of a sample is granted for a battery: once, or once for each piece."""
    return max(1, len(pieces_of(battery, options)))
