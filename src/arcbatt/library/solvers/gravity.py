"""Solvers that move: falling, gravitating, aligning and sorting."""


# Everything moves down by one row.
def solve_25ff71a9(I):
    x1 = fgpartition(I)
    x2 = merge(x1)
    O = move(I, x2, DOWN)
    return O


# Everything moves down by one row and turns red.
def solve_a79310a0(I):
    x1 = fgpartition(I)
    x2 = merge(x1)
    x3 = recolor(TWO, x2)
    O = move(I, x3, DOWN)
    return O


# The object that is no rectangle moves until it touches the rectangle.
def solve_05f2a901(I):
    x1 = fgpartition(I)
    x2 = compose(size, delta)
    x3 = argmax(x1, x2)
    x4 = other(x1, x3)
    x5 = gravitate(x3, x4)
    O = move(I, x3, x5)
    return O


# The other dot moves one step toward the yellow one.
def solve_dc433765(I):
    x1 = fgpartition(I)
    x2 = matcher(color, FOUR)
    x3 = extract(x1, x2)
    x4 = other(x1, x3)
    x5 = position(x4, x3)
    O = move(I, x4, x5)
    return O


# In every column the cells fall to the bottom.
def solve_1e0a9b12(I):
    x1 = mostcolor(I)
    x2 = lbind(equality, x1)
    x3 = compose(flip, x2)
    x4 = rbind(order, x3)
    x5 = rot270(I)
    x6 = apply(x4, x5)
    O = rot90(x6)
    return O


# Bars move to the right edge and are sorted, the longest at the bottom.
def solve_beb8660c(I):
    x1 = mostcolor(I)
    x2 = lbind(equality, x1)
    x3 = compose(flip, x2)
    x4 = rbind(order, x3)
    x5 = apply(x4, I)
    x6 = rbind(sfilter, x3)
    x7 = compose(size, x6)
    O = order(x5, x7)
    return O


# Bars rise in their columns until they meet the block at the top.
def solve_3906de3d(I):
    x1 = fgpartition(I)
    x2 = argmin(x1, uppermost)
    x3 = toindices(x2)
    x4 = rbind(shoot, UP)
    x5 = mapply(x4, x3)
    x6 = mostcolor(I)
    x7 = underfill(I, NEG_ONE, x5)
    x8 = dmirror(x7)
    x9 = lbind(equality, x6)
    x10 = rbind(order, x9)
    x11 = apply(x10, x8)
    x12 = dmirror(x11)
    O = replace(x12, NEG_ONE, x6)
    return O


# The dots on top of the piles sink to the line under them.
def solve_3618c87e(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = cover(I, x2)
    x4 = fork(combine, hfrontier, vfrontier)
    x5 = mapply(x4, x2)
    x6 = mostcolor(I)
    x7 = matcher(color, x6)
    x8 = compose(flip, x7)
    x9 = frontiers(I)
    x10 = mfilter(x9, x8)
    x11 = toindices(x10)
    x12 = intersection(x5, x11)
    O = fill(x3, x1, x12)
    return O


# The object moves between the four dots, one row and one column inside the upper left one.
def solve_a1570a43(I):
    x1 = fgpartition(I)
    x2 = compose(size, backdrop)
    x3 = argmax(x1, x2)
    x4 = remove(x3, x1)
    x5 = merge(x4)
    x6 = ulcorner(x3)
    x7 = ulcorner(x5)
    x8 = subtract(x6, x7)
    x9 = add(x8, UNITY)
    O = move(I, x5, x9)
    return O


# All objects move up or down to the rows of the blue one.
def solve_1caeab9d(I):
    x1 = objects(I, T, T, T)
    x2 = merge(x1)
    x3 = cover(I, x2)
    x4 = ofcolor(I, ONE)
    x5 = uppermost(x4)
    x6 = lbind(subtract, x5)
    x7 = chain(toivec, x6, uppermost)
    x8 = fork(shift, identity, x7)
    x9 = mapply(x8, x1)
    O = paint(x3, x9)
    return O


# Every bar moves away from the edge by its own height.
def solve_5521c0d9(I):
    x1 = objects(I, T, F, T)
    x2 = apply(ulcorner, x1)
    x3 = apply(lrcorner, x1)
    x4 = height(x2)
    x5 = width(x2)
    x6 = width(x3)
    x7 = equality(x4, ONE)
    x8 = equality(x5, ONE)
    x9 = equality(x6, ONE)
    x10 = branch(x9, LEFT, UP)
    x11 = branch(x8, RIGHT, x10)
    x12 = branch(x7, DOWN, x11)
    x13 = lbind(multiply, x12)
    x14 = compose(x13, shape)
    x15 = fork(shift, identity, x14)
    x16 = mapply(x15, x1)
    x17 = merge(x1)
    x18 = cover(I, x17)
    O = paint(x18, x16)
    return O


# Every dot colors the nearest cell of the rectangle.
def solve_1f642eb9(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    x3 = remove(x2, x1)
    x4 = merge(x3)
    x5 = apply(initset, x4)
    x6 = toindices(x2)
    x7 = lbind(lbind, manhattan)
    x8 = rbind(compose, initset)
    x9 = lbind(argmin, x6)
    x10 = chain(x9, x8, x7)
    x11 = compose(initset, x10)
    x12 = fork(recolor, color, x11)
    x13 = mapply(x12, x5)
    O = paint(I, x13)
    return O


# Dots move to the nearest cell around the square.
def solve_a48eeaf7(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    x3 = remove(x2, x1)
    x4 = merge(x3)
    x5 = apply(initset, x4)
    x6 = outbox(x2)
    x7 = lbind(lbind, manhattan)
    x8 = rbind(compose, initset)
    x9 = lbind(argmin, x6)
    x10 = chain(x9, x8, x7)
    x11 = apply(x10, x5)
    x12 = color(x4)
    x13 = cover(I, x4)
    O = fill(x13, x12, x11)
    return O


# The four dots color the nearest cells of the square and go.
def solve_d89b689b(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    x3 = remove(x2, x1)
    x4 = toindices(x2)
    x5 = lbind(lbind, manhattan)
    x6 = rbind(compose, initset)
    x7 = lbind(argmin, x4)
    x8 = chain(x7, x6, x5)
    x9 = compose(initset, x8)
    x10 = fork(recolor, color, x9)
    x11 = mapply(x10, x3)
    x12 = merge(x3)
    x13 = cover(I, x12)
    O = paint(x13, x11)
    return O


# Dots get the color of the nearer side.
def solve_2204b7a8(I):
    x1 = objects(I, T, F, T)
    x2 = valmax(x1, size)
    x3 = sizefilter(x1, x2)
    x4 = difference(x1, x3)
    x5 = merge(x4)
    x6 = apply(initset, x5)
    x7 = lbind(lbind, manhattan)
    x8 = lbind(argmin, x3)
    x9 = chain(color, x8, x7)
    x10 = fork(recolor, x9, identity)
    x11 = mapply(x10, x6)
    O = paint(I, x11)
    return O
