"""Starter solvers: mirrors, turns and symmetric patterns. Data: parsed, never executed."""


# The grid with its mirror images to the right, below and across.
def solve_3af2c5a8(I):
    x1 = vmirror(I)
    x2 = hconcat(I, x1)
    x3 = hmirror(x2)
    O = vconcat(x2, x3)
    return O


# The grid above its upside-down image, and both beside their mirror image.
def solve_62c24649(I):
    x1 = hmirror(I)
    x2 = vconcat(I, x1)
    x3 = vmirror(x2)
    O = hconcat(x2, x3)
    return O


# The grid beside its mirror image, then the same turned by half below.
def solve_67e8384a(I):
    x1 = vmirror(I)
    x2 = hconcat(I, x1)
    x3 = rot180(x2)
    O = vconcat(x2, x3)
    return O


# Four quarter turns of the grid, clockwise around the center.
def solve_7fe24cdd(I):
    x1 = rot90(I)
    x2 = hconcat(I, x1)
    x3 = rot180(x2)
    O = vconcat(x2, x3)
    return O


# The grid, and going around clockwise each time turned by another quarter.
def solve_46442a0e(I):
    x1 = rot90(I)
    x2 = rot180(I)
    x3 = rot270(I)
    x4 = hconcat(I, x1)
    x5 = hconcat(x3, x2)
    O = vconcat(x4, x5)
    return O


# The upside-down image on top of the grid.
def solve_4c4377d9(I):
    x1 = hmirror(I)
    O = vconcat(x1, I)
    return O


# The grid with its mirror image to the right.
def solve_6d0aefbc(I):
    x1 = vmirror(I)
    O = hconcat(I, x1)
    return O


# The grid with its mirror image to the right.
def solve_c9e6f938(I):
    x1 = vmirror(I)
    O = hconcat(I, x1)
    return O


# The grid with its upside-down image below.
def solve_6fa7a44f(I):
    x1 = hmirror(I)
    O = vconcat(I, x1)
    return O


# The grid with its upside-down image below.
def solve_8be77c9e(I):
    x1 = hmirror(I)
    O = vconcat(I, x1)
    return O


# Mirrored to the left, then three stacked, the outer two upside down.
def solve_8d5021e8(I):
    x1 = vmirror(I)
    x2 = hconcat(x1, I)
    x3 = hmirror(x2)
    x4 = vconcat(x3, x2)
    O = vconcat(x4, x3)
    return O


# The wave goes on downward, mirrored at its last row four times; the shared rows are not doubled.
def solve_eb281b96(I):
    x1 = height(I)
    x2 = decrement(x1)
    x3 = width(I)
    x4 = astuple(x2, x3)
    x5 = crop(I, ORIGIN, x4)
    x6 = hmirror(I)
    x7 = vconcat(x5, x6)
    x8 = double(x2)
    x9 = astuple(x8, x3)
    x10 = crop(x7, ORIGIN, x9)
    O = vconcat(x10, x7)
    return O


# The right half is folded over onto the left half.
def solve_e3497940(I):
    x1 = lefthalf(I)
    x2 = righthalf(I)
    x3 = vmirror(x2)
    x4 = mostcolor(I)
    x5 = asobject(x3)
    x6 = matcher(first, x4)
    x7 = sfilter(x5, x6)
    x8 = difference(x5, x7)
    O = paint(x1, x8)
    return O


# A half turn.
def solve_3c9b0459(I):
    O = rot180(I)
    return O


# Mirrored left to right, then top to bottom.
def solve_6150a2bd(I):
    x1 = vmirror(I)
    O = hmirror(x1)
    return O


# Mirrored left to right.
def solve_67a3c6ac(I):
    O = vmirror(I)
    return O


# Mirrored top to bottom.
def solve_68b16354(I):
    O = hmirror(I)
    return O


# Rows become columns.
def solve_74dd1130(I):
    O = dmirror(I)
    return O


# Mirrored at the main diagonal.
def solve_9dfd6313(I):
    O = dmirror(I)
    return O


# A quarter turn anticlockwise.
def solve_ed36ccf7(I):
    O = rot270(I)
    return O


# The upper half is mirrored into the lower half.
def solve_496994bd(I):
    x1 = hmirror(I)
    x2 = tophalf(I)
    x3 = asobject(x2)
    O = paint(x1, x3)
    return O


# The lower half is mirrored into the upper half.
def solve_f25ffba3(I):
    x1 = bottomhalf(I)
    x2 = hmirror(x1)
    x3 = asobject(x2)
    O = paint(I, x3)
    return O


# The covered cells (color 4) come back from the mirror images of a symmetric picture.
def solve_b8825c91(I):
    x1 = ofcolor(I, FOUR)
    x2 = vmirror(I)
    x3 = toobject(x1, x2)
    x4 = paint(I, x3)
    x5 = ofcolor(x4, FOUR)
    x6 = hmirror(x4)
    x7 = toobject(x5, x6)
    x8 = paint(x4, x7)
    x9 = ofcolor(x8, FOUR)
    x10 = dmirror(x8)
    x11 = toobject(x9, x10)
    O = paint(x8, x11)
    return O


# What the one-colored rectangle hides in a symmetric picture, as the mirror images show it.
def solve_9ecd008a(I):
    x1 = partition(I)
    x2 = fork(equality, toindices, backdrop)
    x3 = sfilter(x1, x2)
    x4 = argmax(x3, size)
    x5 = color(x4)
    x6 = ofcolor(I, x5)
    x7 = vmirror(I)
    x8 = toobject(x6, x7)
    x9 = paint(I, x8)
    x10 = ofcolor(x9, x5)
    x11 = hmirror(x9)
    x12 = toobject(x10, x11)
    x13 = paint(x9, x12)
    x14 = ofcolor(x13, x5)
    x15 = dmirror(x13)
    x16 = toobject(x14, x15)
    x17 = paint(x13, x16)
    O = subgrid(x6, x17)
    return O


# What the one-colored rectangle hides in a symmetric picture, as the mirror images show it.
def solve_dc0a314f(I):
    x1 = partition(I)
    x2 = fork(equality, toindices, backdrop)
    x3 = sfilter(x1, x2)
    x4 = argmax(x3, size)
    x5 = color(x4)
    x6 = ofcolor(I, x5)
    x7 = vmirror(I)
    x8 = toobject(x6, x7)
    x9 = paint(I, x8)
    x10 = ofcolor(x9, x5)
    x11 = hmirror(x9)
    x12 = toobject(x10, x11)
    x13 = paint(x9, x12)
    x14 = ofcolor(x13, x5)
    x15 = dmirror(x13)
    x16 = toobject(x14, x15)
    x17 = paint(x13, x16)
    O = subgrid(x6, x17)
    return O


# What the one-colored rectangle hides in a symmetric picture, as the mirror images show it.
def solve_ff805c23(I):
    x1 = partition(I)
    x2 = fork(equality, toindices, backdrop)
    x3 = sfilter(x1, x2)
    x4 = argmax(x3, size)
    x5 = color(x4)
    x6 = ofcolor(I, x5)
    x7 = vmirror(I)
    x8 = toobject(x6, x7)
    x9 = paint(I, x8)
    x10 = ofcolor(x9, x5)
    x11 = hmirror(x9)
    x12 = toobject(x10, x11)
    x13 = paint(x9, x12)
    x14 = ofcolor(x13, x5)
    x15 = dmirror(x13)
    x16 = toobject(x14, x15)
    x17 = paint(x13, x16)
    O = subgrid(x6, x17)
    return O


# Cells under the patches of color 9 come back by symmetry; the center lies one cell right of and below the middle.
def solve_3631a71a(I):
    x1 = ofcolor(I, NINE)
    x2 = dmirror(I)
    x3 = toobject(x1, x2)
    x4 = paint(I, x3)
    x5 = shape(I)
    x6 = subtract(x5, TWO)
    x7 = crop(x4, TWO_BY_TWO, x6)
    x8 = ofcolor(x7, NINE)
    x9 = vmirror(x7)
    x10 = toobject(x8, x9)
    x11 = paint(x7, x10)
    x12 = ofcolor(x11, NINE)
    x13 = hmirror(x11)
    x14 = toobject(x12, x13)
    x15 = shift(x10, TWO_BY_TWO)
    x16 = shift(x14, TWO_BY_TWO)
    x17 = paint(x4, x15)
    O = paint(x17, x16)
    return O


# The upper left quarter of the symmetric drawing.
def solve_2013d3e2(I):
    x1 = fgpartition(I)
    x2 = merge(x1)
    x3 = subgrid(x2, I)
    x4 = tophalf(x3)
    O = lefthalf(x4)
    return O


# Only the third that its transposition changes.
def solve_662c240a(I):
    x1 = vsplit(I, THREE)
    x2 = fork(equality, identity, dmirror)
    x3 = compose(flip, x2)
    O = extract(x1, x3)
    return O


# 1 when the grid equals its mirror image, left and right exchanged, else 7.
def solve_44f52bb0(I):
    x1 = vmirror(I)
    x2 = equality(I, x1)
    x3 = branch(x2, ONE, SEVEN)
    O = canvas(x3, UNITY)
    return O


# Beside the square its quarter turn, then its half turn.
def solve_8e5a5113(I):
    x1 = height(I)
    x2 = astuple(x1, x1)
    x3 = crop(I, ORIGIN, x2)
    x4 = rot90(x3)
    x5 = rot180(x3)
    x6 = asobject(x4)
    x7 = asobject(x5)
    x8 = increment(x1)
    x9 = tojvec(x8)
    x10 = double(x9)
    x11 = shift(x6, x9)
    x12 = shift(x7, x10)
    x13 = paint(I, x11)
    O = paint(x13, x12)
    return O


# The drawing in one corner of the cross, mirrored into all four, in the color of the cross, which goes.
def solve_47c1f68c(I):
    x1 = frontiers(I)
    x2 = merge(x1)
    x3 = color(x2)
    x4 = compress(I)
    x5 = mostcolor(x4)
    x6 = palette(x4)
    x7 = other(x6, x5)
    x8 = replace(x4, x7, x3)
    x9 = ofcolor(x8, x3)
    x10 = vmirror(x8)
    x11 = ofcolor(x10, x3)
    x12 = combine(x9, x11)
    x13 = fill(x8, x3, x12)
    x14 = hmirror(x13)
    x15 = ofcolor(x14, x3)
    O = fill(x13, x3, x15)
    return O


# The bounding box of the drawing, mirrored left to right.
def solve_7468f01a(I):
    x1 = fgpartition(I)
    x2 = merge(x1)
    x3 = subgrid(x2, I)
    O = vmirror(x3)
    return O


# The cells of the board, one cell each, mirrored left to right.
def solve_9f236235(I):
    x1 = frontiers(I)
    x2 = sfilter(x1, hline)
    x3 = size(x2)
    x4 = increment(x3)
    x5 = compress(I)
    x6 = height(x5)
    x7 = divide(x6, x4)
    x8 = downscale(x5, x7)
    O = vmirror(x8)
    return O
