"""Values of the DSL as pictures: grids, and objects, patches and sets of them in the frame of a sample."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, Final

from arcbatt.drawing.grids import CELL, Patch, grid_picture, patches_picture
from arcbatt.drawing.markup import Markup
from arcbatt.drawing.palette import DEFAULT_PALETTE, PALETTES
from arcbatt.drawing.shapes import Picture
from arcbatt.drawing.svg import svg_text
from arcbatt.dsl.values import ordered
from arcbatt.errors import InputError

__all__ = ["Drawing", "draw", "is_drawn_as_grid", "patches_of", "primitive_spans", "value_picture"]

MOST_PATCHES: Final = 40
"""Most objects of a set that are drawn."""
MOST_CELLS: Final = 4000
"""Most cells of an object that are drawn."""

_WORD = re.compile(r"[A-Za-z_]\w*")
