"""``arcbatt serve``: live pages over a workspace."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arcbatt.cli.options import (
    DataChoice,
    data_options,
    load_primitive_files,
    primitives_option,
    workspace_option,
)
from arcbatt.errors import InputError

if TYPE_CHECKING:
    from arcbatt.store.place import StorePlace

__all__ = ["command"]

_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,200}")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="NAME",
              help="Where to listen. Any other than this machine itself comes with a token.")
@click.option("--port", type=click.IntRange(0, 65535), default=8317, show_default=True, metavar="N",
              help="0 takes one that is free.")
@click.option("--token", envvar="ARCBATT_TOKEN", show_envvar=True, metavar="TEXT",
              help="What a browser has to show once. [default: none on this machine, else a new one]")
@primitives_option
@data_options
@workspace_option
def command(
    host: str, port: int, token: str | None, primitive_files: tuple[Path, ...], data: DataChoice, workspace: StorePlace
) -> None:
    """Show a workspace live in a browser: what runs now, every run's page, comparisons.

    Nothing is written, and it goes on until Ctrl-C. The workspace may be empty yet, and others may write to it
    meanwhile. The grids come from --set and --data; without these from the named sets that the runs were on.

    \b
    arcbatt serve
    arcbatt serve --workspace ../other/.arcbatt --port 0
    """
    if token is not None and not _TOKEN.fullmatch(token):
        raise InputError("--token: expected 16 to 200 letters, digits, - or _")
    _check_installed()
    load_primitive_files(primitive_files)
    _check_readable(workspace)
    from arcbatt.web.serving import serve

    serve(workspace, host=host, port=port, token=token, tasks=data.sources(), ready=_tell)


def _tell(address: str) -> None:
    click.echo(f"serving at {address} (Ctrl-C ends it)")


def _check_installed() -> None:
    from importlib.util import find_spec

    missing = [name for name in ("starlette", "uvicorn") if find_spec(name) is None]
    if missing:
        raise InputError(f"serve needs {' and '.join(missing)}: pip install 'arcbatt[web]'")


def _check_readable(workspace: StorePlace) -> None:
    """Opens the store once, where one is there, so that a damaged one is told at once."""
    from arcbatt.store import has_store, open_store

    if isinstance(workspace, Path) and workspace.exists() and not workspace.is_dir():
        raise InputError(f"{workspace}: expected the folder of a workspace, found a file")
    if has_store(workspace):
        with open_store(workspace, create=False, read_only=True) as store:
            store.runs()

