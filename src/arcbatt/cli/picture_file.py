"""The file of a picture: its name says how it is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from arcbatt.cli.output import OutputFile, check_places

if TYPE_CHECKING:
    from arcbatt.drawing.shapes import Picture

__all__ = ["PictureFile"]


class PictureFile:
    """A file that a picture goes to: SVG, PNG or a page of HTML.

    Args:
        path: as the option ``-o`` names it.
        data: the files and folders of the tasks, over which nothing is written.

    Raises:
        InputError: its name ends otherwise, or it could not be written.
    """

    def __init__(self, path: str, data: Sequence[Path]) -> None:
        from arcbatt.report.pictures.files import picture_suffix

        self._path = path
        self._suffix = picture_suffix(path)
        check_places({"-o": path}, data)
        self._file = OutputFile(path, "-o")

    def write(self, parts: Sequence[tuple[str, Picture]], title: str) -> None:
        """Writes a picture and says where it is.

        Raises:
            InputError: it is too large for a PNG file, or the system refuses.
        """
        from arcbatt.report.pictures.files import picture_bytes

        self._file.write(picture_bytes(parts, title, self._suffix))
        click.echo(f"written: {self._path}")
