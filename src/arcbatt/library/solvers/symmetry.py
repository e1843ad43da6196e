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


# Mirrored at the line that the drawing grows from: the mirror image never puts two colors on one cell.
def solve_9dfd6313(I):
    x1 = astuple(dmirror, cmirror)
    x2 = astuple(hmirror, vmirror)
    x3 = combine(x1, x2)
    x4 = rapply(x3, I)
    x5 = compose(merge, fgpartition)
    x6 = x5(I)
    x7 = lbind(combine, x6)
    x8 = lbind(apply, last)
    x9 = compose(size, x8)
    x10 = fork(equality, size, x9)
    x11 = chain(x10, x7, x5)
    O = extract(x4, x11)
    return O


# A quarter turn anticlockwise.
def solve_ed36ccf7(I):
    O = rot270(I)
    return O


# The drawing is mirrored into the half that has a single color.
def solve_496994bd(I):
    x1 = hsplit(I, TWO)
    x2 = valmin(x1, numcolors)
    x3 = equality(x2, ONE)
    x4 = vmirror(I)
    x5 = hmirror(I)
    x6 = branch(x3, x4, x5)
    x7 = fgpartition(x6)
    x8 = merge(x7)
    O = paint(I, x8)
    return O


# The drawing is mirrored into the half that has a single color.
def solve_f25ffba3(I):
    x1 = hsplit(I, TWO)
    x2 = valmin(x1, numcolors)
    x3 = equality(x2, ONE)
    x4 = vmirror(I)
    x5 = hmirror(I)
    x6 = branch(x3, x4, x5)
    x7 = fgpartition(x6)
    x8 = merge(x7)
    O = paint(I, x8)
    return O


# The covered cells of a symmetric picture come back from the mirror images; the color that breaks the symmetry covers.
def solve_b8825c91(I):
    x1 = asobject(I)
    x2 = vmirror(I)
    x3 = asobject(x2)
    x4 = hmirror(I)
    x5 = asobject(x4)
    x6 = intersection(x3, x5)
    x7 = difference(x1, x6)
    x8 = lbind(intersection, x7)
    x9 = compose(size, x8)
    x10 = fork(multiply, x9, x9)
    x11 = fork(divide, x10, size)
    x12 = partition(I)
    x13 = argmax(x12, x11)
    x14 = color(x13)
    x15 = toobject(x13, x2)
    x16 = paint(I, x15)
    x17 = ofcolor(x16, x14)
    x18 = hmirror(x16)
    x19 = toobject(x17, x18)
    x20 = paint(x16, x19)
    x21 = ofcolor(x20, x14)
    x22 = dmirror(x20)
    x23 = toobject(x21, x22)
    O = paint(x20, x23)
    return O


# What the one-colored rectangle hides in a symmetric picture, as the mirror images show it.
def solve_9ecd008a(I):
    x1 = partition(I)
    x2 = fork(equality, toindices, backdrop)
    x3 = sfilter(x1, x2)
    x4 = asobject(I)
    x5 = vmirror(I)
    x6 = hmirror(I)
    x7 = asobject(x5)
    x8 = asobject(x6)
    x9 = intersection(x7, x8)
    x10 = difference(x4, x9)
    x11 = lbind(intersection, x10)
    x12 = compose(size, x11)
    x13 = argmax(x3, x12)
    x14 = color(x13)
    x15 = toobject(x13, x5)
    x16 = paint(I, x15)
    x17 = ofcolor(x16, x14)
    x18 = hmirror(x16)
    x19 = toobject(x17, x18)
    x20 = paint(x16, x19)
    x21 = ofcolor(x20, x14)
    x22 = dmirror(x20)
    x23 = toobject(x21, x22)
    x24 = paint(x20, x23)
    O = subgrid(x13, x24)
    return O


# What the one-colored rectangle hides in a symmetric picture, as the mirror images show it.
def solve_dc0a314f(I):
    x1 = partition(I)
    x2 = fork(equality, toindices, backdrop)
    x3 = sfilter(x1, x2)
    x4 = asobject(I)
    x5 = vmirror(I)
    x6 = hmirror(I)
    x7 = asobject(x5)
    x8 = asobject(x6)
    x9 = intersection(x7, x8)
    x10 = difference(x4, x9)
    x11 = lbind(intersection, x10)
    x12 = compose(size, x11)
    x13 = argmax(x3, x12)
    x14 = color(x13)
    x15 = toobject(x13, x5)
    x16 = paint(I, x15)
    x17 = ofcolor(x16, x14)
    x18 = hmirror(x16)
    x19 = toobject(x17, x18)
    x20 = paint(x16, x19)
    x21 = ofcolor(x20, x14)
    x22 = dmirror(x20)
    x23 = toobject(x21, x22)
    x24 = paint(x20, x23)
    O = subgrid(x13, x24)
    return O


# What the one-colored rectangle hides in a symmetric picture, as the mirror images show it.
def solve_ff805c23(I):
    x1 = partition(I)
    x2 = fork(equality, toindices, backdrop)
    x3 = sfilter(x1, x2)
    x4 = asobject(I)
    x5 = vmirror(I)
    x6 = hmirror(I)
    x7 = asobject(x5)
    x8 = asobject(x6)
    x9 = intersection(x7, x8)
    x10 = difference(x4, x9)
    x11 = lbind(intersection, x10)
    x12 = compose(size, x11)
    x13 = argmax(x3, x12)
    x14 = color(x13)
    x15 = toobject(x13, x5)
    x16 = paint(I, x15)
    x17 = ofcolor(x16, x14)
    x18 = hmirror(x16)
    x19 = toobject(x17, x18)
    x20 = paint(x16, x19)
    x21 = ofcolor(x20, x14)
    x22 = dmirror(x20)
    x23 = toobject(x21, x22)
    x24 = paint(x20, x23)
    O = subgrid(x13, x24)
    return O


# Cells under the patches of one color come back by symmetry; the center lies one cell right of and below the middle.
def solve_3631a71a(I):
    x1 = height(I)
    x2 = width(I)
    x3 = subtract(x1, TWO)
    x4 = subtract(x2, TWO)
    x5 = astuple(x1, x4)
    x6 = astuple(x3, x2)
    x7 = dmirror(I)
    x8 = crop(I, ZERO_BY_TWO, x5)
    x9 = vmirror(x8)
    x10 = crop(I, TWO_BY_ZERO, x6)
    x11 = hmirror(x10)
    x12 = asobject(x7)
    x13 = asobject(x9)
    x14 = asobject(x11)
    x15 = shift(x13, ZERO_BY_TWO)
    x16 = shift(x14, TWO_BY_ZERO)
    x17 = combine(x12, x15)
    x18 = combine(x17, x16)
    x19 = asobject(I)
    x20 = difference(x18, x19)
    x21 = toindices(x20)
    x22 = toobject(x21, I)
    x23 = lbind(intersection, x22)
    x24 = compose(size, x23)
    x25 = fork(multiply, x24, x24)
    x26 = fork(divide, x25, size)
    x27 = partition(I)
    x28 = argmax(x27, x26)
    x29 = color(x28)
    x30 = toobject(x28, x7)
    x31 = paint(I, x30)
    x32 = crop(x31, ZERO_BY_TWO, x5)
    x33 = ofcolor(x32, x29)
    x34 = vmirror(x32)
    x35 = toobject(x33, x34)
    x36 = shift(x35, ZERO_BY_TWO)
    x37 = paint(x31, x36)
    x38 = crop(x37, TWO_BY_ZERO, x6)
    x39 = ofcolor(x38, x29)
    x40 = hmirror(x38)
    x41 = toobject(x39, x40)
    x42 = shift(x41, TWO_BY_ZERO)
    O = paint(x37, x42)
    return O


# The upper left quarter of the symmetric drawing.
def solve_2013d3e2(I):
    x1 = fgpartition(I)
    x2 = merge(x1)
    x3 = subgrid(x2, I)
    x4 = tophalf(x3)
    O = lefthalf(x4)
    return O


# Of the square parts in a row only the one that its transposition changes.
def solve_662c240a(I):
    x1 = height(I)
    x2 = width(I)
    x3 = divide(x1, x2)
    x4 = divide(x2, x1)
    x5 = either(x3, x4)
    x6 = portrait(I)
    x7 = vsplit(I, x5)
    x8 = hsplit(I, x5)
    x9 = branch(x6, x7, x8)
    x10 = fork(equality, identity, dmirror)
    x11 = compose(flip, x10)
    O = extract(x9, x11)
    return O


# 1 if the grid is its own mirror image, upside down or left to right, else 7.
def solve_44f52bb0(I):
    x1 = hmirror(I)
    x2 = equality(I, x1)
    x3 = vmirror(I)
    x4 = equality(I, x3)
    x5 = either(x2, x4)
    x6 = branch(x5, ONE, SEVEN)
    O = canvas(x6, UNITY)
    return O


# Panels of squares: from the one with a drawing on, each shows the drawing turned by one quarter more.
def solve_8e5a5113(I):
    x1 = portrait(I)
    x2 = height(I)
    x3 = width(I)
    x4 = branch(x1, x3, x2)
    x5 = branch(x1, toivec, tojvec)
    x6 = increment(x4)
    x7 = multiply(x6, FOUR)
    x8 = interval(ZERO, x7, x6)
    x9 = apply(x5, x8)
    x10 = astuple(x4, x4)
    x11 = lbind(crop, I)
    x12 = rbind(x11, x10)
    x13 = compose(numcolors, x12)
    x14 = argmax(x9, x13)
    x15 = x12(x14)
    x16 = lbind(power, rot90)
    x17 = interval(ONE, NINE, ONE)
    x18 = apply(x16, x17)
    x19 = rapply(x18, x15)
    x20 = apply(asobject, x19)
    x21 = multiply(x6, THREE)
    x22 = invert(x21)
    x23 = interval(x22, x7, x6)
    x24 = apply(x5, x23)
    x25 = mpapply(shift, x20, x24)
    x26 = shift(x25, x14)
    O = paint(I, x26)
    return O


# The drawing in one quarter of the cross, mirrored into all four, in the color of the cross, which goes.
def solve_47c1f68c(I):
    x1 = asindices(I)
    x2 = center(x1)
    x3 = index(I, x2)
    x4 = lefthalf(I)
    x5 = righthalf(I)
    x6 = vmirror(x5)
    x7 = tophalf(x4)
    x8 = tophalf(x6)
    x9 = bottomhalf(x4)
    x10 = bottomhalf(x6)
    x11 = hmirror(x9)
    x12 = hmirror(x10)
    x13 = hconcat(x7, x8)
    x14 = hconcat(x11, x12)
    x15 = vconcat(x13, x14)
    x16 = mostcolor(x15)
    x17 = initset(x12)
    x18 = insert(x11, x17)
    x19 = insert(x8, x18)
    x20 = insert(x7, x19)
    x21 = rbind(colorcount, x16)
    x22 = argmin(x20, x21)
    x23 = ofcolor(x22, x16)
    x24 = shape(x22)
    x25 = canvas(x3, x24)
    x26 = fill(x25, x16, x23)
    x27 = vmirror(x26)
    x28 = hconcat(x26, x27)
    x29 = hmirror(x28)
    O = vconcat(x28, x29)
    return O


# The bounding box of the drawing, mirrored left to right; the border tells the background.
def solve_7468f01a(I):
    x1 = asindices(I)
    x2 = box(x1)
    x3 = toobject(x2, I)
    x4 = mostcolor(x3)
    x5 = ofcolor(I, x4)
    x6 = difference(x1, x5)
    x7 = subgrid(x6, I)
    O = vmirror(x7)
    return O


# The colors of the board, one cell for each part, mirrored left to right.
def solve_9f236235(I):
    x1 = frontiers(I)
    x2 = sfilter(x1, hline)
    x3 = sfilter(x1, vline)
    x4 = size(x2)
    x5 = size(x3)
    x6 = increment(x4)
    x7 = increment(x5)
    x8 = vsplit(I, x6)
    x9 = apply(first, x8)
    x10 = dmirror(x9)
    x11 = vsplit(x10, x7)
    x12 = apply(first, x11)
    O = rot90(x12)
    return O
