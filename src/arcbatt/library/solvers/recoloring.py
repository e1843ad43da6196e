"""Solvers that give objects a color by size, shape or place, or take objects away as noise."""


# The object gets the color of the single dot, and the dot goes.
def solve_aabf363d(I):
    x1 = objects(I, T, T, T)
    x2 = argmax(x1, size)
    x3 = argmin(x1, size)
    x4 = color(x3)
    x5 = cover(I, x3)
    O = fill(x5, x4, x2)
    return O


# Every object gets the color of the dot in its rows or columns.
def solve_ddf7fa4f(I):
    x1 = objects(I, T, F, T)
    x2 = sizefilter(x1, ONE)
    x3 = difference(x1, x2)
    x4 = lbind(lbind, hmatching)
    x5 = lbind(lbind, vmatching)
    x6 = lbind(fork, either)
    x7 = fork(x6, x4, x5)
    x8 = lbind(extract, x2)
    x9 = chain(color, x8, x7)
    x10 = fork(recolor, x9, identity)
    x11 = mapply(x10, x3)
    O = paint(I, x11)
    return O


# Bars get colors by length: the longest 1, the next 2, and so on; bars of one length share a color.
def solve_08ed6ac7(I):
    x1 = objects(I, T, F, T)
    x2 = apply(size, x1)
    x3 = order(x2, identity)
    x4 = lbind(sizefilter, x1)
    x5 = compose(merge, x4)
    x6 = apply(x5, x3)
    x7 = size(x3)
    x8 = interval(x7, ZERO, NEG_ONE)
    x9 = mpapply(recolor, x8, x6)
    O = paint(I, x9)
    return O


# The longest bar turns blue, the shortest red, all others go.
def solve_a61f2674(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    x3 = argmin(x1, size)
    x4 = merge(x1)
    x5 = cover(I, x4)
    x6 = fill(x5, ONE, x2)
    O = fill(x6, TWO, x3)
    return O


# Of three bars the longest turns blue, the shortest red, the middle one yellow.
def solve_ea32f347(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    x3 = argmin(x1, size)
    x4 = merge(x1)
    x5 = fill(I, FOUR, x4)
    x6 = fill(x5, ONE, x2)
    O = fill(x6, TWO, x3)
    return O


# Objects of four cells turn blue, of three red, of two green.
def solve_6e82a1ae(I):
    x1 = objects(I, T, F, T)
    x2 = sizefilter(x1, FOUR)
    x3 = merge(x2)
    x4 = fill(I, ONE, x3)
    x5 = sizefilter(x1, THREE)
    x6 = merge(x5)
    x7 = fill(x4, TWO, x6)
    x8 = sizefilter(x1, TWO)
    x9 = merge(x8)
    O = fill(x7, THREE, x9)
    return O


# Objects of six cells turn red, all others blue.
def solve_d2abd087(I):
    x1 = objects(I, T, F, T)
    x2 = merge(x1)
    x3 = fill(I, ONE, x2)
    x4 = sizefilter(x1, SIX)
    x5 = merge(x4)
    O = fill(x3, TWO, x5)
    return O


# All objects have one shape but one: that one turns red, the others blue.
def solve_b230c067(I):
    x1 = objects(I, T, T, T)
    x2 = totuple(x1)
    x3 = apply(normalize, x2)
    x4 = leastcommon(x3)
    x5 = matcher(normalize, x4)
    x6 = extract(x2, x5)
    x7 = merge(x1)
    x8 = fill(I, ONE, x7)
    O = fill(x8, TWO, x6)
    return O


# Cells with a neighbour turn azure; what is black is background.
def solve_67385a82(I):
    x1 = asindices(I)
    x2 = ofcolor(I, ZERO)
    x3 = difference(x1, x2)
    x4 = mapply(dneighbors, x3)
    x5 = intersection(x3, x4)
    O = fill(I, EIGHT, x5)
    return O


# Cells without a neighbour turn blue; what is black is background.
def solve_aedd82e4(I):
    x1 = asindices(I)
    x2 = ofcolor(I, ZERO)
    x3 = difference(x1, x2)
    x4 = mapply(dneighbors, x3)
    x5 = difference(x3, x4)
    O = fill(I, ONE, x5)
    return O


# Holes of one cell turn green, of two red, of three blue.
def solve_e8593010(I):
    x1 = objects(I, T, F, T)
    x2 = sizefilter(x1, ONE)
    x3 = merge(x2)
    x4 = fill(I, THREE, x3)
    x5 = sizefilter(x1, TWO)
    x6 = merge(x5)
    x7 = fill(x4, TWO, x6)
    x8 = sizefilter(x1, THREE)
    x9 = merge(x8)
    O = fill(x7, ONE, x9)
    return O


# One object frames a corner: shapes like the one inside get its color.
def solve_63613498(I):
    x1 = objects(I, T, F, T)
    x2 = merge(x1)
    x3 = toindices(x2)
    x4 = lbind(intersection, x3)
    x5 = chain(size, x4, delta)
    x6 = argmax(x1, x5)
    x7 = delta(x6)
    x8 = remove(x6, x1)
    x9 = lbind(intersection, x7)
    x10 = compose(x9, toindices)
    x11 = extract(x8, x10)
    x12 = remove(x11, x8)
    x13 = compose(normalize, toindices)
    x14 = x13(x11)
    x15 = matcher(x13, x14)
    x16 = mfilter(x12, x15)
    x17 = color(x6)
    O = fill(I, x17, x16)
    return O


# Objects of two legs turn blue, of three legs around one side pink, all others red.
def solve_e509e548(I):
    x1 = objects(I, T, F, T)
    x2 = merge(x1)
    x3 = fill(I, TWO, x2)
    x4 = fork(difference, toindices, box)
    x5 = chain(flip, size, x4)
    x6 = sfilter(x1, x5)
    x7 = fork(intersection, toindices, corners)
    x8 = rbind(greater, TWO)
    x9 = chain(x8, size, x7)
    x10 = sfilter(x6, x9)
    x11 = merge(x10)
    x12 = fill(x3, SIX, x11)
    x13 = fork(add, height, width)
    x14 = compose(decrement, x13)
    x15 = fork(equality, size, x14)
    x16 = mfilter(x10, x15)
    O = fill(x12, ONE, x16)
    return O


# Objects that enclose something turn azure.
def solve_b2862040(I):
    x1 = mostcolor(I)
    x2 = objects(I, T, F, F)
    x3 = colorfilter(x2, x1)
    x4 = rbind(bordering, I)
    x5 = compose(flip, x4)
    x6 = mfilter(x3, x5)
    x7 = toindices(x6)
    x8 = mapply(dneighbors, x7)
    x9 = difference(x2, x3)
    x10 = lbind(intersection, x8)
    x11 = compose(x10, toindices)
    x12 = mfilter(x9, x11)
    O = fill(I, EIGHT, x12)
    return O


# Objects that enclose something turn green.
def solve_810b9b61(I):
    x1 = mostcolor(I)
    x2 = objects(I, T, F, F)
    x3 = colorfilter(x2, x1)
    x4 = rbind(bordering, I)
    x5 = compose(flip, x4)
    x6 = mfilter(x3, x5)
    x7 = toindices(x6)
    x8 = mapply(dneighbors, x7)
    x9 = difference(x2, x3)
    x10 = lbind(intersection, x8)
    x11 = compose(x10, toindices)
    x12 = mfilter(x9, x11)
    O = fill(I, THREE, x12)
    return O


# Single cells are noise and go; cells of several colors belong together.
def solve_42a50994(I):
    x1 = objects(I, F, T, T)
    x2 = sizefilter(x1, ONE)
    x3 = merge(x2)
    O = cover(I, x3)
    return O


# Only cells that belong to a full block of two by two stay; the dots are noise.
def solve_7f4411dc(I):
    x1 = mostcolor(I)
    x2 = asindices(I)
    x3 = ofcolor(I, x1)
    x4 = difference(x2, x3)
    x5 = shift(x4, LEFT)
    x6 = shift(x4, UP)
    x7 = shift(x4, NEG_UNITY)
    x8 = intersection(x4, x5)
    x9 = intersection(x6, x7)
    x10 = intersection(x8, x9)
    x11 = shift(x10, RIGHT)
    x12 = shift(x10, DOWN)
    x13 = shift(x10, UNITY)
    x14 = combine(x10, x11)
    x15 = combine(x12, x13)
    x16 = combine(x14, x15)
    x17 = difference(x4, x16)
    O = cover(I, x17)
    return O
