"""Tables of other names for the DSL's primitives and constants, so that programs of other dialects can be read.

A table is a TOML file::

    [primitives]
    flip_rows = "hmirror"

    [constants]
    BLACK = "ZERO"
    CENTER = [1, 1]

An alias hides the DSL's own name; names that a program or its file defines hide the alias. Stored programs never hold
one: canonical text has the DSL's names and literals only.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from arcbatt.dsl.constants import CONSTANTS, USER_CONSTANTS
from arcbatt.dsl.registry import REGISTRY
from arcbatt.errors import InputError
from arcbatt.program.graph import Graph
from arcbatt.program.reading.similar import nearest
from arcbatt.program.refusals import quote

__all__ = ["MAX_ALIASES", "MAX_ALIAS_BYTES", "Aliases", "read_aliases"]

MAX_ALIASES: Final = 10_000
"""Most names of a table."""
MAX_ALIAS_BYTES: Final = 1_000_000
"""Largest table."""
_SHOWN: Final = 5
_SECTIONS: Final = ("primitives", "constants")


@dataclass(frozen=True, slots=True)
class Aliases:
    """Other names for primitives and constants.

    Attributes:
        primitives: name of a primitive by its alias.
        constants: value of a constant by its alias: an int, a bool or a tuple of them.

    Example:
        >>> aliases = Aliases(primitives={"flip": "vmirror"})
        >>> "flip" in aliases, len(aliases)
        (True, 1)
    """

    primitives: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.primitives) + len(self.constants)

    def __contains__(self, name: object) -> bool:
        return name in self.primitives or name in self.constants

    @property
    def hides_dsl(self) -> bool:
        """Whether a name of the DSL means something else with this table."""
        return any(name in REGISTRY or name in CONSTANTS for name in (*self.primitives, *self.constants))

    def __repr__(self) -> str:
        return f"<Aliases {len(self.primitives)} primitives, {len(self.constants)} constants>"


def read_aliases(path: str | Path) -> Aliases:
    """The table of a TOML file with the sections ``primitives`` and ``constants``, each of which may be missing.

    A primitive's alias stands for the name of a primitive; a constant's for the name of a constant, an integer, a
    boolean, or an array of them, which is a tuple.

    Raises:
        InputError: the file cannot be read or is not such a table; the message has a line for each of the first five
            faults.

    Example:
        >>> import tempfile, pathlib
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = pathlib.Path(folder, "aliases.toml")
        ...     _ = path.write_text('primitives.flip = "vmirror"')
        ...     read_aliases(path).primitives
        {'flip': 'vmirror'}
    """
    name = os.fspath(path)
    table = _table(name)
    faults = [
        f"{quote(section)}: no such section; a table of aliases has [primitives] and [constants]"
        for section in table
        if section not in _SECTIONS
    ]
    primitives = _section(table, "primitives", _primitive, faults)
    constants = _section(table, "constants", _constant, faults)
    faults += [f"{alias}: given as a primitive and as a constant" for alias in primitives if alias in constants]
    if len(primitives) + len(constants) > MAX_ALIASES:
        faults.append(f"more than {MAX_ALIASES:,} names")
    if faults:
        left = [f"and {len(faults) - _SHOWN:,} more"] if len(faults) > _SHOWN else []
        raise InputError("\n".join(f"{quote(name, 1000)}: {fault}" for fault in [*faults[:_SHOWN], *left]))
    return Aliases(primitives, constants)


def _table(name: str) -> dict[str, Any]:
    import tomllib

    from arcbatt.program.reading.source import read_text

    text = read_text(name)
    if len(text) > MAX_ALIAS_BYTES:
        raise InputError(f"{quote(name, 1000)}: a table of aliases has at most {MAX_ALIAS_BYTES:,} characters")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # what tomllib raises is a ValueError
        reason = quote(str(error), 200)
        wanted = 'expected TOML such as:  [primitives]  flip = "hmirror"'
        raise InputError(f"{quote(name, 1000)}: not TOML: {reason}; {wanted}") from None


def _section(
    table: dict[str, Any], section: str, read: Callable[[Any], Any], faults: list[str]
) -> dict[str, Any]:
    """What the aliases of a section stand for; what is wrong with it goes to the faults."""
    entries = table.get(section, {})
    if not isinstance(entries, dict):
        faults.append(f'{section}: expected a section, [{section}], with lines such as  name = "..."')
        return {}
    found: dict[str, Any] = {}
    for alias, target in entries.items():
        if not alias.isidentifier() or alias in ("S", "I", "C"):
            faults.append(f"{quote(alias)}: an alias is a Python name other than S, I and C")
            continue
        try:
            found[alias] = read(target)
        except ValueError as error:
            faults.append(f"{quote(alias)}: {error}")
    return found


def _primitive(target: Any) -> str:
    if isinstance(target, str) and target in REGISTRY:
        return target
    if not isinstance(target, str):
        raise ValueError("expected the name of a primitive in quotes")
    names = [item.name for item in REGISTRY]
    raise ValueError(f"there is no primitive named {quote(target)}{nearest(target, names)}")


def _constant(target: Any) -> Any:
    if isinstance(target, str):
        for known in (CONSTANTS, USER_CONSTANTS):
            if target in known:
                return known[target]
        raise ValueError(f"there is no constant named {quote(target)}{nearest(target, [*CONSTANTS, *USER_CONSTANTS])}")
    if type(target) in (int, bool, list):
        value = _member(target)
        try:
            Graph().constant(value)
        except InputError as error:
            raise ValueError(str(error)) from None
        return value
    raise ValueError("expected the name of a constant, an integer, a boolean or an array of them")


def _member(part: Any) -> Any:
    if type(part) is list:
        return tuple([_member(inner) for inner in part])
    if type(part) in (int, bool):
        return part
    raise ValueError("an array holds integers, booleans and arrays of them")
