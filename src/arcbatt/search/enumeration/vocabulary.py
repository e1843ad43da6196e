"""The kinds and productions of the whole vocabulary, as a table that is easy to read and to change.

A line is ``names: arguments -> result [flags]``. A word of :data:`WORDS` stands for several kinds: the line is read
once for each of them, with the same kind wherever the word occurs in it. Kinds of functions are written
``Object>Count`` (from an object to a count); which primitives and builders give them follows from the table, see
:mod:`.function_kinds`. Flags: ``~`` the last two arguments may change places, ``!`` arguments that are the same
expression give nothing new.

``identity`` occurs as a function only; what does not occur at all stands in :data:`LEFT_OUT`, with the reasons.
"""

from __future__ import annotations

from typing import Final

__all__ = ["BUILT", "ELEMENTS", "FORMS", "FUNCTIONS", "LEFT_OUT", "OFFERED", "SIGNATURES", "WORDS"]

FORMS: Final = {
    "Grid": "grid", "Object": "object", "Objects": "set of object", "Indices": "indices",
    "IndicesSet": "set of indices", "Color": "color", "Count": "count", "Truth": "truth", "Flag": "truth",
    "Offset": "offset", "Grids": "tuple of grid", "GridSet": "set of grid", "Colors": "set of color",
    "Factor": "count", "Numbers": "tuple of count", "ObjectTuple": "tuple of object", "Offsets": "tuple of offset",
}  # fmt: skip
"""Kinds of values and their forms. ``Flag`` and ``Factor`` are written down only: flags of ``objects``, factors of
objects made larger."""

OFFERED: Final = ("Grid", "Object", "Objects", "Indices", "Color")
"""Kinds whose expressions the goals are shown."""

WORDS: Final = {
    "Patch": ("Object", "Indices"),
    "Piece": ("Grid", "Object", "Indices"),
    "Element": ("Grid", "Object"),
    "Number": ("Count", "Offset"),
    "Any": ("Grid", "Object", "Indices", "Color", "Count"),
    "Bag": ("Objects", "Indices", "Colors", "IndicesSet", "GridSet"),
    "List": ("Grids", "ObjectTuple", "Numbers"),
}
"""Words that stand for several kinds."""

ELEMENTS: Final = {
    "Objects": "Object", "ObjectTuple": "Object", "Indices": "Offset", "Offsets": "Offset", "IndicesSet": "Indices",
    "Grids": "Grid", "GridSet": "Grid", "Colors": "Color", "Numbers": "Count",
}  # fmt: skip
"""Kinds of containers and the kind of their elements: ``Element1`` in a line with ``Bag`` or ``List``."""

SIGNATURES: Final = """
rot90 rot180 rot270 tophalf bottomhalf lefthalf righthalf trim compress: Grid -> Grid
hmirror vmirror dmirror cmirror: Piece -> Piece
hupscale vupscale downscale: Grid Count -> Grid
upscale: Grid Count -> Grid
upscale: Object Factor -> Object
hconcat vconcat: Grid Grid -> Grid
cellwise: Grid Grid Color -> Grid !
replace: Grid Color Color -> Grid !
switch: Grid Color Color -> Grid ~!
crop: Grid Offset Offset -> Grid
subgrid: Patch Grid -> Grid
canvas: Color Offset -> Grid
hsplit vsplit: Grid Count -> Grids
fill underfill: Grid Color Patch -> Grid
paint underpaint: Grid Object -> Grid
cover: Grid Patch -> Grid
move: Grid Object Offset -> Grid
branch: Truth Any Any -> Any !

objects: Grid Flag Flag Flag -> Objects
partition fgpartition frontiers: Grid -> Objects
colorfilter: Objects Color -> Objects
sizefilter: Bag Count -> Bag
order: Objects Object>Count -> ObjectTuple
order: Colors Color>Count -> Numbers
order: GridSet Grid>Count -> Grids
order: Indices Offset>Count -> Offsets

sfilter: Objects Object>Truth -> Objects
sfilter: ObjectTuple Object>Truth -> ObjectTuple
sfilter: Indices Offset>Truth -> Indices
sfilter: Colors Color>Truth -> Colors
sfilter: Grids Grid>Truth -> Grids
mfilter: Objects Object>Truth -> Object
argmax argmin: Objects Object>Count -> Object
argmax argmin: Indices Offset>Count -> Offset
argmax argmin: Colors Color>Count -> Color
argmax argmin: GridSet Grid>Count -> Grid
argmax argmin: Grids Grid>Count -> Grid
valmax valmin: Objects Object>Count -> Count
valmax valmin: Grids Grid>Count -> Count
extract: Objects Object>Truth -> Object
extract: Indices Offset>Truth -> Offset
extract: Grids Grid>Truth -> Grid
extract: Colors Color>Truth -> Color
apply: Object>Object Objects -> Objects
apply: Object>Indices Objects -> IndicesSet
apply: Object>Offset Objects -> Indices
apply: Object>Color Objects -> Colors
apply: Object>Color ObjectTuple -> Numbers
apply: Object>Grid Objects -> GridSet
apply: Object>Grid ObjectTuple -> Grids
apply: Grid>Grid Grids -> Grids
apply: Offset>Offset Indices -> Indices
apply: Offset>Indices Indices -> IndicesSet
apply: Color>Object Colors -> Objects
mapply: Object>Object Objects -> Object
mapply: Object>Indices Objects -> Indices
mapply: Offset>Indices Indices -> Indices
mapply: Color>Object Colors -> Object
mapply: Color>Indices Colors -> Indices
mapply: Grid>Grid Grids -> Grid
papply: Grid,Grid>Grid Grids Grids -> Grids
mpapply: Grid,Grid>Grid Grids Grids -> Grid
prapply: Offset,Offset>Indices Indices Indices -> IndicesSet
prapply: Object,Offset>Object Objects Indices -> Objects
pair: Numbers Numbers -> Offsets

first last: Bag -> Element1
first last: List -> Element1
first last: Offset -> Count
other: Bag Element1 -> Element1
remove: Element1 Bag -> Bag
insert: Element1 Bag -> Bag
initset: Object -> Objects
initset: Offset -> Indices
initset: Color -> Colors
difference: Bag Bag -> Bag !
difference: Object Object -> Object !
combine: Objects Objects -> Objects ~!
combine: Patch Patch -> Patch ~!
combine: Colors Colors -> Colors ~!
combine: Grids Grids -> Grids
intersection: Objects Objects -> Objects ~!
intersection: Patch Patch -> Patch ~!
intersection: Colors Colors -> Colors ~!
merge: Objects -> Object
merge: IndicesSet -> Indices
merge: Grids -> Grid
totuple: Objects -> ObjectTuple
totuple: GridSet -> Grids
totuple: Indices -> Offsets
dedupe: Grids -> Grids
dedupe: Numbers -> Numbers
repeat: Grid Count -> Grids
mostcommon leastcommon: Grids -> Grid
mostcommon leastcommon: Numbers -> Count
size: Bag -> Count
size: List -> Count
size: Object -> Count
product: Numbers Numbers -> Indices
product: Colors Colors -> Indices
interval: Count Count Count -> Numbers

asobject: Grid -> Object
asindices: Grid -> Indices
ofcolor: Grid Color -> Indices
toindices: Object -> Indices
toobject: Patch Grid -> Object
recolor: Color Patch -> Object
shift: Patch Offset -> Patch
normalize: Patch -> Patch
backdrop delta box inbox outbox corners: Patch -> Indices
ulcorner urcorner llcorner lrcorner center centerofmass: Patch -> Offset
uppermost lowermost leftmost rightmost: Patch -> Count
connect: Offset Offset -> Indices ~!
shoot: Offset Offset -> Indices
vfrontier hfrontier dneighbors ineighbors neighbors: Offset -> Indices
occurrences: Grid Object -> Indices
position gravitate: Object Object -> Offset !
hperiod vperiod: Object -> Count
manhattan: Object Object -> Count ~!
hmatching vmatching adjacent: Object Object -> Truth ~!
bordering: Patch Grid -> Truth
vline hline: Patch -> Truth

height width: Piece -> Count
shape: Piece -> Offset
portrait square: Piece -> Truth
mostcolor leastcolor: Element -> Color
colorcount: Element Color -> Count
palette: Element -> Colors
numcolors: Element -> Count
color: Object -> Color
index: Grid Offset -> Color
maximum minimum: Colors -> Color
maximum minimum: Numbers -> Count
maximum minimum: Offset -> Count

add multiply: Count Count -> Count ~
add multiply: Offset Offset -> Offset ~
subtract divide: Number Number -> Number
add subtract multiply divide: Offset Count -> Offset
invert double halve increment decrement crement sign: Number -> Number
toivec tojvec: Count -> Offset
astuple: Count Count -> Offset
even positive: Count -> Truth
greater: Count Count -> Truth !
equality: Any Any -> Truth ~!
contained: Element1 Bag -> Truth
flip: Truth -> Truth
both either: Truth Truth -> Truth ~!
"""
"""Every primitive that is called, with the kinds it is called with."""

LEFT_OUT: Final = {
    "compose twice gives the same functions": ("chain",),
    "no other primitive takes containers of functions apart": ("rapply",),
    "written by rules that are learned": (
        "columncolors", "columnnumbers", "countaround", "countincolumns", "countinrows", "countseen", "edgedistances",
        "element", "enclosed", "equalcells", "firstseen", "flooded", "holes", "joinpanels", "morethan", "nearest",
        "nearestcolors", "overlay", "paintby", "panels", "path", "periodic", "regions", "remainders", "rowcolors",
        "rownumbers", "seendistance", "setpanels", "settle", "slide", "symmetric", "tile", "trail", "translate",
        "valrank",
    ),
}  # fmt: skip
"""Primitives that are not called, by the reason."""

FUNCTIONS: Final = """
Object>Count Object>Color Object>Truth Object>Object Object>Indices Object>Offset Object>Grid
Grid>Grid Grid>Count Grid>Color Grid>Truth
Offset>Indices Offset>Truth Offset>Count Offset>Offset
Color>Count Color>Truth Color>Object Color>Indices
Object,Object>Truth Object,Object>Count Object,Offset>Object Object,Grid>Grid Object,Grid>Truth Object,Grid>Object
Object,Color>Count Object,Factor>Object Color,Object>Object Color,Indices>Object Object,Objects>Truth
Grid,Grid>Grid Grid,Object>Grid Grid,Color>Count Grid,Color>Indices Grid,Count>Grid Grid,Object>Indices
Offset,Offset>Indices Offset,Offset>Offset Offset,Count>Offset Offset,Indices>Truth Indices,Offset>Indices
Count,Count>Count Count,Count>Truth Truth,Truth>Truth Color,Colors>Truth
"""
"""The kinds of functions that there are."""

BUILT: Final = {"Object": 1, "Grid": 2, "Color": 3, "Offset": 4}
"""What building a function costs on top, by the kind of its argument: the rarer such functions are in programs."""
