"""The DSL: 195 primitives and 28 constants over plain Python values, each by its name.

Importing this package fills the registry (:data:`arcbatt.dsl.registry.REGISTRY`). A primitive is an ordinary function::

    >>> from arcbatt import dsl
    >>> dsl.rot90(((1, 2), (3, 4)))
    ((3, 1), (4, 2))

It fails by raising :class:`~arcbatt.dsl.values.DslError` or the built-in exception of the operation inside it.
"""

from __future__ import annotations

# isort: off
# fmt: off
from arcbatt.dsl.constants import (
    DOWN, DOWN_LEFT, EIGHT, F, FIVE, FOUR, LEFT, NEG_ONE, NEG_TWO, NEG_UNITY, NINE, ONE, ORIGIN, RIGHT, SEVEN, SIX, T,
    TEN, THREE, THREE_BY_THREE, TWO, TWO_BY_TWO, TWO_BY_ZERO, UNITY, UP, UP_RIGHT, ZERO, ZERO_BY_TWO,
)
from arcbatt.dsl.arithmetic import (
    add, astuple, crement, decrement, divide, double, even, greater, halve, identity, increment, interval, invert,
    maximum, minimum, multiply, positive, sign, subtract, toivec, tojvec,
)
from arcbatt.dsl.logic import both, branch, contained, either, equality, flip
from arcbatt.dsl.containers import (
    combine, dedupe, difference, initset, insert, intersection, merge, mfilter, pair, product, remove, repeat,
    sfilter, size, sizefilter, totuple,
)
from arcbatt.dsl.choosing import (
    argmax, argmin, element, extract, first, last, leastcommon, mostcommon, order, other, valmax, valmin, valrank,
)
from arcbatt.dsl.functions import (
    apply, chain, compose, fork, lbind, mapply, matcher, mpapply, papply, power, prapply, rapply, rbind, settle,
)
from arcbatt.dsl.boxes import backdrop, box, delta, inbox, outbox
from arcbatt.dsl.colors import color, colorcount, colorfilter, leastcolor, mostcolor, numcolors, palette
from arcbatt.dsl.cutting import bottomhalf, crop, hsplit, lefthalf, righthalf, subgrid, tophalf, trim, vsplit
from arcbatt.dsl.enclosures import enclosed, holes
from arcbatt.dsl.extents import (
    center, centerofmass, corners, hline, leftmost, llcorner, lowermost, lrcorner, rightmost, ulcorner, uppermost,
    urcorner, vline,
)
from arcbatt.dsl.fields import (
    columncolors, columnnumbers, countaround, countincolumns, countinrows, countseen, edgedistances, equalcells,
    firstseen, morethan, overlay, paintby, remainders, rowcolors, rownumbers, seendistance, translate,
)
from arcbatt.dsl.floods import flooded, nearestcolors, regions
from arcbatt.dsl.frontiers import compress, frontiers
from arcbatt.dsl.grids import asindices, asobject, canvas, cellwise, hconcat, index, ofcolor, replace, switch, vconcat
from arcbatt.dsl.lines import connect, dneighbors, hfrontier, ineighbors, neighbors, shoot, vfrontier
from arcbatt.dsl.mirrors import cmirror, dmirror, hmirror, rot90, rot180, rot270, vmirror
from arcbatt.dsl.mosaics import periodic, symmetric, tile
from arcbatt.dsl.motion import path, slide, trail
from arcbatt.dsl.objects import fgpartition, objects, partition
from arcbatt.dsl.painting import cover, fill, move, paint, underfill, underpaint
from arcbatt.dsl.panels import joinpanels, panels, setpanels
from arcbatt.dsl.patches import normalize, recolor, shift, toindices, toobject
from arcbatt.dsl.patterns import hperiod, occurrences, vperiod
from arcbatt.dsl.relations import (
    adjacent, bordering, gravitate, hmatching, manhattan, nearest, position, vmatching,
)
from arcbatt.dsl.scaling import downscale, hupscale, upscale, vupscale
from arcbatt.dsl.shapes import height, portrait, shape, square, width

__all__ = [
    "DOWN", "DOWN_LEFT", "EIGHT", "FIVE", "FOUR", "LEFT", "NEG_ONE", "NEG_TWO", "NEG_UNITY", "NINE", "ONE", "ORIGIN",
    "RIGHT", "SEVEN", "SIX", "TEN", "THREE", "THREE_BY_THREE", "TWO", "TWO_BY_TWO", "TWO_BY_ZERO", "UNITY", "UP",
    "UP_RIGHT", "ZERO", "ZERO_BY_TWO", "F", "T", "add", "adjacent", "apply", "argmax", "argmin", "asindices",
    "asobject", "astuple", "backdrop", "bordering", "both", "bottomhalf", "box", "branch", "canvas", "cellwise",
    "center", "centerofmass", "chain", "cmirror", "color", "colorcount", "colorfilter", "columncolors", "columnnumbers",
    "combine", "compose", "compress", "connect", "contained", "corners", "countaround", "countincolumns", "countinrows",
    "countseen", "cover", "crement", "crop", "decrement", "dedupe", "delta", "difference", "divide", "dmirror",
    "dneighbors", "double", "downscale", "edgedistances", "either", "element", "enclosed", "equalcells", "equality",
    "even", "extract", "fgpartition", "fill", "first", "firstseen", "flip", "flooded", "fork", "frontiers", "gravitate",
    "greater", "halve", "hconcat", "height", "hfrontier", "hline", "hmatching", "hmirror", "holes", "hperiod", "hsplit",
    "hupscale", "identity", "inbox", "increment", "index", "ineighbors", "initset", "insert", "intersection",
    "interval", "invert", "joinpanels", "last", "lbind", "leastcolor", "leastcommon", "lefthalf", "leftmost",
    "llcorner", "lowermost", "lrcorner", "manhattan", "mapply", "matcher", "maximum", "merge", "mfilter", "minimum",
    "morethan", "mostcolor", "mostcommon", "move", "mpapply", "multiply", "nearest", "nearestcolors", "neighbors",
    "normalize", "numcolors", "objects", "occurrences", "ofcolor", "order", "other", "outbox", "overlay", "paint",
    "paintby", "pair", "palette", "panels", "papply", "partition", "path", "periodic", "portrait", "position",
    "positive", "power", "prapply", "product", "rapply", "rbind", "recolor", "regions", "remainders", "remove",
    "repeat", "replace", "righthalf", "rightmost", "rot90", "rot180", "rot270", "rowcolors", "rownumbers",
    "seendistance", "setpanels", "settle", "sfilter", "shape", "shift", "shoot", "sign", "size", "sizefilter", "slide",
    "square", "subgrid", "subtract", "switch", "symmetric", "tile", "toindices", "toivec", "tojvec", "toobject",
    "tophalf", "totuple", "trail", "translate", "trim", "ulcorner", "underfill", "underpaint", "uppermost", "upscale",
    "urcorner", "valmax", "valmin", "valrank", "vconcat", "vfrontier", "vline", "vmatching", "vmirror", "vperiod",
    "vsplit", "vupscale", "width",
]
