"""``--workspace`` and ``--store``: where the store is, a folder or a database."""

from __future__ import annotations

import os
from functools import wraps
from pathlib import Path
from typing import Any, Final, cast

import click
from click.core import ParameterSource

from arcbatt.cli.option_groups import F, stacked
from arcbatt.errors import InputError
from arcbatt.store.place import StorePlace, place_of

__all__ = ["DEFAULT_WORKSPACE", "PLACE", "STORE_VARIABLE", "demo_store_option", "is_there", "workspace_option"]

DEFAULT_WORKSPACE: Final = ".arcbatt"
STORE_VARIABLE: Final = "ARCBATT_STORE"
_WORKSPACE_VARIABLE: Final = "ARCBATT_WORKSPACE"


class _HomePath(click.Path):
    """A path in which ``~`` stands for a home folder, also where no shell has seen it, as in a variable."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:

        return Path(os.path.expanduser(os.fsdecode(super().convert(value, param, ctx))))


class _Place(click.ParamType):  # type: ignore[type-arg]  # in some versions of click it takes one
    """A folder, or the address of a database."""

    name = "place"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> StorePlace:
        place = place_of(str(value))
        return Path(os.path.expanduser(place)) if isinstance(place, Path) else place


PLACE: Final = _Place()
"""The type of an argument that names a place."""


def workspace_option(function: F) -> F:
    """The options of a command that opens a store; the place that they name reaches it as ``workspace``."""

    @wraps(function)
    def choosing(**values: Any) -> Any:
        values["workspace"] = _chosen(values["workspace"], values.pop("store_place"))
        return function(**values)

    return cast(F, stacked(
        click.option("--workspace", type=_HomePath(), default=DEFAULT_WORKSPACE, show_default=True,
                     envvar=_WORKSPACE_VARIABLE, show_envvar=True, help="Folder of the store."),
        click.option("--store", "store_place", type=_Place(), envvar=STORE_VARIABLE, show_envvar=True,
                     metavar="ADDRESS",
                     help="The store instead: postgresql://USER@HOST/DATABASE, or a folder."),
    )(choosing))  # fmt: skip


def demo_store_option(function: F) -> F:
    """The same for a command whose store is a temporary one where none is named, then None; no variable names one."""

    @wraps(function)
    def choosing(**values: Any) -> Any:
        values["workspace"] = _chosen(values["workspace"], values.pop("store_place"))
        return function(**values)

    return cast(F, stacked(
        click.option("--workspace", type=click.Path(path_type=Path),
                     help="Folder of the store. [default: a temporary one, removed at the end]"),
        click.option("--store", "store_place", type=_Place(), metavar="ADDRESS",
                     help="The store instead: postgresql://USER@HOST/DATABASE, or a folder."),
    )(choosing))  # fmt: skip


def is_there(place: StorePlace) -> bool:
    """Whether there is something at a place that a store can be opened from, for commands that go on without one.

    Raises:
        StoreError: the database cannot be reached.
    """
    if isinstance(place, Path):
        return place.exists()
    from arcbatt.store import has_store

    return has_store(place)


def _chosen(workspace: Path | None, store: StorePlace | None) -> StorePlace | None:
    """What is typed goes before what a variable says.

    Raises:
        InputError: both are typed, or said by variables alone.
    """
    if store is None:
        return workspace
    sources = click.get_current_context().get_parameter_source
    typed = [sources(name) is ParameterSource.COMMANDLINE for name in ("workspace", "store_place")]
    if all(typed):
        raise InputError("--workspace and --store both say where the store is: give one of them")
    if typed == [False, False] and sources("workspace") is ParameterSource.ENVIRONMENT:
        raise InputError(
            f"{_WORKSPACE_VARIABLE} and {STORE_VARIABLE} both say where the store is: unset one of them, or give "
            "--workspace or --store"
        )
    return workspace if typed[0] else store
