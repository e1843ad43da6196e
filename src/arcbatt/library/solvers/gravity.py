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


# With the line turned to the bottom, bars move to the right edge and are sorted, the longest at the line.
def solve_beb8660c(I):
    x1 = lbind(power, rot90)
    x2 = compose(initset, x1)
    x3 = rbind(rapply, I)
    x4 = chain(first, x3, x2)
    x5 = mostcolor(I)
    x6 = lbind(contained, x5)
    x7 = compose(flip, x6)
    x8 = chain(x7, last, x4)
    x9 = interval(ONE, FIVE, ONE)
    x10 = extract(x9, x8)
    x11 = x4(x10)
    x12 = matcher(identity, x5)
    x13 = compose(flip, x12)
    x14 = rbind(order, x13)
    x15 = apply(x14, x11)
    x16 = rbind(sfilter, x13)
    x17 = compose(size, x16)
    x18 = order(x15, x17)
    x19 = subtract(EIGHT, x10)
    x20 = x1(x19)
    O = x20(x18)
    return O


# Bars move until they meet the block on the opposite edge, which has all their rows, or else all their columns.
def solve_3906de3d(I):
    x1 = fgpartition(I)
    x2 = lbind(apply, first)
    x3 = compose(x2, toindices)
    x4 = apply(x3, x1)
    x5 = first(x4)
    x6 = last(x4)
    x7 = intersection(x5, x6)
    x8 = size(x7)
    x9 = valmin(x4, size)
    x10 = equality(x8, x9)
    x11 = branch(x10, identity, dmirror)
    x12 = x11(I)
    x13 = objects(x12, T, F, T)
    x14 = argmax(x13, height)
    x15 = leftmost(x14)
    x16 = positive(x15)
    x17 = mostcolor(I)
    x18 = matcher(identity, x17)
    x19 = compose(flip, x18)
    x20 = branch(x16, x19, x18)
    x21 = rbind(order, x20)
    x22 = apply(x21, x12)
    O = x11(x22)
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


# Every bar moves away from its edge by its own height.
def solve_5521c0d9(I):
    x1 = objects(I, T, F, T)
    x2 = valmax(x1, uppermost)
    x3 = valmax(x1, leftmost)
    x4 = valmin(x1, rightmost)
    x5 = width(I)
    x6 = decrement(x5)
    x7 = positive(x2)
    x8 = positive(x3)
    x9 = greater(x6, x4)
    x10 = branch(x9, UP, LEFT)
    x11 = branch(x8, x10, RIGHT)
    x12 = branch(x7, x11, DOWN)
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


# The upper part of every slanted outline moves to the right; what is joined to its lower right corner stays.
def solve_025d127b(I):
    x1 = objects(I, T, T, T)
    x2 = apply(lrcorner, x1)
    x3 = objects(I, T, F, T)
    x4 = lbind(intersection, x2)
    x5 = compose(x4, toindices)
    x6 = compose(flip, x5)
    x7 = mfilter(x3, x6)
    O = move(I, x7, RIGHT)
    return O
