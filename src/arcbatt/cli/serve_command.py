"""``arcbatt serve``: a live, read-only site over a workspace."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
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
    from arcbatt.report.html.gathering.at_hand import Source
    from arcbatt.store import RunRecord

__all__ = ["command"]

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True,
              help="Port to listen on; 0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS",
              help="Address to listen on. Any but this machine's own asks for a token.")
@click.option("--token", metavar="WORD", envvar="ARCBATT_TOKEN", show_envvar=True,
              help="What a browser has to know, 16 or more letters; made and printed for another --host.")
@primitives_option
@data_options
@workspace_option
def command(
    port: int, host: str, token: str | None, primitive_files: tuple[Path, ...], data: DataChoice, workspace: Path
) -> None:
    """Serve a workspace to a browser: what runs now, every run as a page, comparisons.

    The live page follows 'run', 'evolve' and 'solve' while they work; nothing here writes or starts anything. Grids
    come from --set and --data; without these from the named sets that the runs are on. Ctrl-C ends it.

    \b
    arcbatt serve
    arcbatt serve --port 0 --data training
    arcbatt serve --host 0.0.0.0
    """
    missing = [name for name in ("starlette", "uvicorn") if find_spec(name) is None]
    if missing:
        raise InputError(f"serve needs {' and '.join(missing)}: pip install 'arcbatt[web]'")
    token = _checked(host, token)
    load_primitive_files(primitive_files)
    sources = _sources(data, workspace)
    from arcbatt.web.server import serve

    serve(workspace, sources, host=host, port=port, token=token, tell=_tell)


def _tell(address: str) -> None:
    click.echo(f"serving at {address} (Ctrl-C ends it)")
    click.get_text_stream("stdout").flush()


def _checked(host: str, token: str | None) -> str | None:
    """The token; a new one for an address that others reach.

    Raises:
        InputError: it is too short, or cannot stand in an address.
    """
    if token is None:
        if host in _LOOPBACK:
            return None
        from secrets import token_urlsafe

        return token_urlsafe(24)
    if len(token) < 16 or not token.isascii() or not token.replace("-", "").replace("_", "").isalnum():
        raise InputError("--token: expected 16 or more letters, digits, - or _")
    return token


def _sources(data: DataChoice, workspace: Path) -> Sequence[Source]:
    """Tasks whose grids are at hand; the store is opened on the way, so that a damaged one ends the command."""
    from arcbatt.report.html.gathering.recorded_sets import recorded_sets
    from arcbatt.store import has_store, open_store

    runs: Sequence[RunRecord] = ()
    if has_store(workspace):
        with open_store(workspace, create=False, read_only=True) as store:
            runs = store.runs()
    return data.sources() if data.is_named else recorded_sets(runs)
