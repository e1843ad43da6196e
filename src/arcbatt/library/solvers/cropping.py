"""Starter solvers: the part of the grid that counts. Data: parsed, never executed."""


# The upper left corner, 2 by 2.
def solve_d10ecb37(I):
    O = crop(I, ORIGIN, TWO_BY_TWO)
    return O


# The upper right corner, 3 by 3.
def solve_5bd6f4ac(I):
    x1 = vmirror(I)
    x2 = crop(x1, ORIGIN, THREE_BY_THREE)
    O = vmirror(x2)
    return O


# The first of three equal parts.
def solve_2dee498d(I):
    x1 = hsplit(I, THREE)
    O = first(x1)
    return O


# The grid is twice the same, one below the other or side by side: one of the two.
def solve_7b7f7511(I):
    x1 = tophalf(I)
    x2 = lefthalf(I)
    x3 = vconcat(x1, x1)
    x4 = equality(x3, I)
    O = branch(x4, x1, x2)
    return O


# Of the four parts the one that is unlike the others.
def solve_88a62173(I):
    x1 = vsplit(I, TWO)
    x2 = rbind(hsplit, TWO)
    x3 = mapply(x2, x1)
    O = leastcommon(x3)
    return O


# Of the parts in a row, each in a color of its own, the one with a pattern of its own.
def solve_a87f7484(I):
    x1 = fgpartition(I)
    x2 = size(x1)
    x3 = vsplit(I, x2)
    x4 = hsplit(I, x2)
    x5 = initset(x4)
    x6 = insert(x3, x5)
    x7 = compose(numcolors, first)
    x8 = matcher(x7, TWO)
    x9 = extract(x6, x8)
    x10 = lbind(apply, toindices)
    x11 = compose(x10, partition)
    x12 = apply(x11, x9)
    x13 = leastcommon(x12)
    x14 = matcher(x11, x13)
    O = extract(x9, x14)
    return O


# The quarter with the odd cell in it.
def solve_2dc579da(I):
    x1 = leastcolor(I)
    x2 = frontiers(I)
    x3 = merge(x2)
    x4 = color(x3)
    x5 = palette(I)
    x6 = remove(x1, x5)
    x7 = other(x6, x4)
    x8 = replace(I, x1, x7)
    x9 = objects(x8, T, F, F)
    x10 = ofcolor(I, x1)
    x11 = lbind(intersection, x10)
    x12 = compose(x11, toindices)
    x13 = extract(x9, x12)
    O = subgrid(x13, I)
    return O


# The bounding box of the color that has the smallest.
def solve_0b148d64(I):
    x1 = fgpartition(I)
    x2 = compose(size, backdrop)
    x3 = argmin(x1, x2)
    O = subgrid(x3, I)
    return O


# What the frame of one color encloses, the frame included: of the colors that form a whole frame the rarest.
def solve_c909285e(I):
    x1 = partition(I)
    x2 = fork(equality, toindices, box)
    x3 = sfilter(x1, x2)
    x4 = sfilter(x3, delta)
    x5 = argmin(x4, size)
    O = subgrid(x5, I)
    return O


# What the one-colored rectangular frame encloses.
def solve_1c786137(I):
    x1 = objects(I, T, F, F)
    x2 = fork(equality, toindices, box)
    x3 = sfilter(x1, x2)
    x4 = argmax(x3, size)
    x5 = subgrid(x4, I)
    O = trim(x5)
    return O


# The bounding box of the drawing, its background black.
def solve_a740d043(I):
    x1 = mostcolor(I)
    x2 = fgpartition(I)
    x3 = merge(x2)
    x4 = subgrid(x3, I)
    O = replace(x4, x1, ZERO)
    return O


# The colors of the stripes, one cell each.
def solve_746b3537(I):
    x1 = objects(I, T, F, F)
    x2 = order(x1, ulcorner)
    x3 = apply(color, x2)
    x4 = repeat(x3, ONE)
    x5 = dmirror(x4)
    x6 = dedupe(I)
    x7 = size(x6)
    x8 = equality(x7, ONE)
    O = branch(x8, x4, x5)
    return O


# The colors of the bands, one cell each, however ragged their borders are.
def solve_4be741c5(I):
    x1 = partition(I)
    x2 = order(x1, ulcorner)
    x3 = apply(color, x2)
    x4 = repeat(x3, ONE)
    x5 = dmirror(x4)
    x6 = first(I)
    x7 = dedupe(x6)
    x8 = size(x7)
    x9 = size(x1)
    x10 = equality(x8, x9)
    O = branch(x10, x4, x5)
    return O


# The blocks of the drawing, one cell each; the border of the grid tells the background.
def solve_90c28cc7(I):
    x1 = asindices(I)
    x2 = box(x1)
    x3 = toobject(x2, I)
    x4 = mostcolor(x3)
    x5 = ofcolor(I, x4)
    x6 = difference(x1, x5)
    x7 = subgrid(x6, I)
    x8 = fork(equality, first, last)
    x9 = compose(flip, x8)
    x10 = repeat(ZERO, ONE)
    x11 = combine(x10, x7)
    x12 = pair(x7, x11)
    x13 = sfilter(x12, x9)
    x14 = apply(first, x13)
    x15 = dmirror(x14)
    x16 = combine(x10, x15)
    x17 = pair(x15, x16)
    x18 = sfilter(x17, x9)
    x19 = apply(first, x18)
    O = dmirror(x19)
    return O


# The grid with every border row and column doubled outward, the corners left black.
def solve_49d1d64f(I):
    x1 = shape(I)
    x2 = add(x1, TWO)
    x3 = canvas(ZERO, x2)
    x4 = asobject(I)
    x5 = lbind(shift, x4)
    x6 = dneighbors(UNITY)
    x7 = mapply(x5, x6)
    x8 = paint(x3, x7)
    x9 = shift(x4, UNITY)
    O = paint(x8, x9)
    return O


# The two bars with the dots at their ends, and what is between them.
def solve_3f7978a0(I):
    x1 = fgpartition(I)
    x2 = compose(size, backdrop)
    x3 = argmin(x1, x2)
    x4 = color(x3)
    x5 = objects(I, T, F, T)
    x6 = colorfilter(x5, x4)
    x7 = first(x6)
    x8 = vline(x7)
    x9 = branch(x8, UP, LEFT)
    x10 = invert(x9)
    x11 = shift(x3, x9)
    x12 = shift(x3, x10)
    x13 = combine(x11, x12)
    O = subgrid(x13, I)
    return O
