"""Solvers that fill: enclosed regions, holes, the inside of rectangles and frames."""


# The gaps in the boxes of all objects turn orange.
def solve_60b61512(I):
    x1 = objects(I, T, T, T)
    x2 = mapply(delta, x1)
    O = fill(I, SEVEN, x2)
    return O


# The gaps in the box of the only object turn red.
def solve_6d75e8bb(I):
    x1 = objects(I, T, T, T)
    x2 = argmax(x1, size)
    x3 = delta(x2)
    O = fill(I, TWO, x3)
    return O


# The missing corner of every square turns blue.
def solve_3aa6fb7a(I):
    x1 = objects(I, T, F, T)
    x2 = mapply(delta, x1)
    O = fill(I, ONE, x2)
    return O


# Black regions that do not reach the edge turn blue.
def solve_a5313dff(I):
    x1 = mostcolor(I)
    x2 = objects(I, T, F, F)
    x3 = colorfilter(x2, x1)
    x4 = rbind(bordering, I)
    x5 = compose(flip, x4)
    x6 = mfilter(x3, x5)
    O = fill(I, ONE, x6)
    return O


# Black regions that do not reach the edge turn yellow.
def solve_00d62c1b(I):
    x1 = mostcolor(I)
    x2 = objects(I, T, F, F)
    x3 = colorfilter(x2, x1)
    x4 = rbind(bordering, I)
    x5 = compose(flip, x4)
    x6 = mfilter(x3, x5)
    O = fill(I, FOUR, x6)
    return O


# The box with gaps is filled in azure, which leaves through every gap in a straight line.
def solve_d4f3cd78(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = backdrop(x2)
    x4 = rbind(difference, x3)
    x5 = chain(first, x4, dneighbors)
    x6 = fork(subtract, x5, identity)
    x7 = fork(shoot, identity, x6)
    x8 = box(x2)
    x9 = difference(x8, x2)
    x10 = mapply(x7, x9)
    x11 = delta(x2)
    x12 = combine(x10, x11)
    O = fill(I, EIGHT, x12)
    return O


# The inside of every rectangle turns red; the background is the color that forms no rectangles.
def solve_bb43febb(I):
    x1 = objects(I, T, F, F)
    x2 = lbind(colorfilter, x1)
    x3 = lbind(mapply, delta)
    x4 = chain(size, x3, x2)
    x5 = palette(I)
    x6 = argmax(x5, x4)
    x7 = x2(x6)
    x8 = difference(x1, x7)
    x9 = fork(difference, toindices, box)
    x10 = mapply(x9, x8)
    O = fill(I, TWO, x10)
    return O


# The inside of every rectangle turns azure; the background is the color that forms no rectangles.
def solve_50cb2852(I):
    x1 = objects(I, T, F, F)
    x2 = lbind(colorfilter, x1)
    x3 = lbind(mapply, delta)
    x4 = chain(size, x3, x2)
    x5 = palette(I)
    x6 = argmax(x5, x4)
    x7 = x2(x6)
    x8 = difference(x1, x7)
    x9 = fork(difference, toindices, box)
    x10 = mapply(x9, x8)
    O = fill(I, EIGHT, x10)
    return O


# Only the outlines of the rectangles stay.
def solve_4347f46a(I):
    x1 = objects(I, T, F, T)
    x2 = fork(difference, toindices, box)
    x3 = mapply(x2, x1)
    x4 = mostcolor(I)
    O = fill(I, x4, x3)
    return O


# Every rectangle: corners blue, edges yellow, inside red; the background is the color that forms no rectangles.
def solve_b6afb2da(I):
    x1 = objects(I, T, F, F)
    x2 = lbind(colorfilter, x1)
    x3 = lbind(mapply, delta)
    x4 = chain(size, x3, x2)
    x5 = palette(I)
    x6 = argmax(x5, x4)
    x7 = x2(x6)
    x8 = difference(x1, x7)
    x9 = merge(x8)
    x10 = fill(I, TWO, x9)
    x11 = mapply(box, x8)
    x12 = fill(x10, FOUR, x11)
    x13 = mapply(corners, x8)
    O = fill(x12, ONE, x13)
    return O


# The inside of the larger rectangle turns red, of the smaller one blue; the background forms no rectangles.
def solve_694f12f3(I):
    x1 = objects(I, T, F, F)
    x2 = lbind(colorfilter, x1)
    x3 = lbind(mapply, delta)
    x4 = chain(size, x3, x2)
    x5 = palette(I)
    x6 = argmax(x5, x4)
    x7 = x2(x6)
    x8 = difference(x1, x7)
    x9 = fork(difference, toindices, box)
    x10 = mapply(x9, x8)
    x11 = fill(I, ONE, x10)
    x12 = argmax(x8, size)
    x13 = x9(x12)
    O = fill(x11, TWO, x13)
    return O


# The inside of every frame turns green, the frames go.
def solve_d5d6de2d(I):
    x1 = objects(I, T, F, T)
    x2 = mapply(delta, x1)
    x3 = merge(x1)
    x4 = cover(I, x3)
    O = fill(x4, THREE, x2)
    return O


# The inside of every frame by its size: one cell pink, four orange, nine azure.
def solve_c0f76784(I):
    x1 = objects(I, T, F, T)
    x2 = apply(delta, x1)
    x3 = sizefilter(x2, ONE)
    x4 = merge(x3)
    x5 = fill(I, SIX, x4)
    x6 = sizefilter(x2, FOUR)
    x7 = merge(x6)
    x8 = fill(x5, SEVEN, x7)
    x9 = sizefilter(x2, NINE)
    x10 = merge(x9)
    O = fill(x8, EIGHT, x10)
    return O


# The inside of square frames turns red when its side is even, else orange.
def solve_868de0fa(I):
    x1 = mostcolor(I)
    x2 = objects(I, T, F, F)
    x3 = colorfilter(x2, x1)
    x4 = rbind(bordering, I)
    x5 = compose(flip, x4)
    x6 = sfilter(x3, x5)
    x7 = merge(x6)
    x8 = fill(I, SEVEN, x7)
    x9 = compose(even, height)
    x10 = mfilter(x6, x9)
    O = fill(x8, TWO, x10)
    return O


# Square holes turn red, holes of other shapes stay.
def solve_44d8ac46(I):
    x1 = objects(I, T, F, T)
    x2 = apply(delta, x1)
    x3 = mfilter(x2, square)
    O = fill(I, TWO, x3)
    return O


# The box that two dots of one color span is filled with that color.
def solve_56ff96f3(I):
    x1 = fgpartition(I)
    x2 = fork(recolor, color, backdrop)
    x3 = mapply(x2, x1)
    O = paint(I, x3)
    return O


# Background regions that touch a blue cell turn blue.
def solve_9edfc990(I):
    x1 = mostcolor(I)
    x2 = objects(I, T, F, F)
    x3 = colorfilter(x2, x1)
    x4 = ofcolor(I, ONE)
    x5 = mapply(dneighbors, x4)
    x6 = lbind(intersection, x5)
    x7 = compose(x6, toindices)
    x8 = mfilter(x3, x7)
    O = fill(I, ONE, x8)
    return O


# The half of every bar that is nearer to the edge turns azure.
def solve_ce9e57f2(I):
    x1 = objects(I, T, F, T)
    x2 = apply(lrcorner, x1)
    x3 = shape(x2)
    x4 = minimum(x3)
    x5 = equality(x4, ONE)
    x6 = branch(x5, invert, identity)
    x7 = chain(x6, halve, shape)
    x8 = fork(shift, toindices, x7)
    x9 = fork(difference, toindices, x8)
    x10 = mapply(x9, x1)
    O = fill(I, EIGHT, x10)
    return O


# The blocks get the colors of the cells along the edge, row by row or column by column.
def solve_c9f8e694(I):
    x1 = partition(I)
    x2 = colorfilter(x1, ZERO)
    x3 = difference(x1, x2)
    x4 = argmax(x3, size)
    x5 = remove(x4, x3)
    x6 = merge(x5)
    x7 = portrait(x6)
    x8 = branch(x7, hfrontier, vfrontier)
    x9 = compose(x8, ulcorner)
    x10 = fork(recolor, color, x9)
    x11 = apply(initset, x6)
    x12 = mapply(x10, x11)
    x13 = paint(I, x12)
    x14 = toobject(x4, x13)
    O = paint(I, x14)
    return O


# Where two bars cross, the other one comes to lie on top.
def solve_ba97ae07(I):
    x1 = fgpartition(I)
    x2 = apply(backdrop, x1)
    x3 = first(x2)
    x4 = last(x2)
    x5 = intersection(x3, x4)
    x6 = toobject(x5, I)
    x7 = color(x6)
    x8 = apply(color, x1)
    x9 = other(x8, x7)
    O = fill(I, x9, x5)
    return O


# Lines divide the grid into nine rooms: the middle one and its four neighbours get their colors.
def solve_272f95fa(I):
    x1 = frontiers(I)
    x2 = merge(x1)
    x3 = color(x2)
    x4 = palette(I)
    x5 = other(x4, x3)
    x6 = objects(I, T, F, F)
    x7 = colorfilter(x6, x5)
    x8 = rbind(bordering, I)
    x9 = compose(flip, x8)
    x10 = extract(x7, x9)
    x11 = lbind(vmatching, x10)
    x12 = sfilter(x7, x11)
    x13 = lbind(hmatching, x10)
    x14 = sfilter(x7, x13)
    x15 = argmin(x12, uppermost)
    x16 = argmax(x12, uppermost)
    x17 = argmin(x14, leftmost)
    x18 = argmax(x14, leftmost)
    x19 = fill(I, TWO, x15)
    x20 = fill(x19, ONE, x16)
    x21 = fill(x20, FOUR, x17)
    x22 = fill(x21, THREE, x18)
    O = fill(x22, SIX, x10)
    return O


# What is missing of the box, and of the line in it, is drawn in red.
def solve_4612dd53(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = box(x2)
    x4 = difference(x2, x3)
    x5 = portrait(x4)
    x6 = branch(x5, vfrontier, hfrontier)
    x7 = mapply(x6, x4)
    x8 = backdrop(x2)
    x9 = intersection(x7, x8)
    x10 = combine(x3, x9)
    O = underfill(I, TWO, x10)
    return O


# Every room gets the color of the dot in it, plus five.
def solve_54d9e175(I):
    x1 = fgpartition(I)
    x2 = argmax(x1, size)
    x3 = shape(I)
    x4 = canvas(ZERO, x3)
    x5 = fill(x4, ONE, x2)
    x6 = objects(x5, T, F, F)
    x7 = colorfilter(x6, ZERO)
    x8 = rbind(toobject, I)
    x9 = lbind(add, FIVE)
    x10 = chain(x9, leastcolor, x8)
    x11 = fork(recolor, x10, identity)
    x12 = mapply(x11, x7)
    O = paint(I, x12)
    return O


# Closed rooms turn red, the open background green.
def solve_7b6016b9(I):
    x1 = mostcolor(I)
    x2 = replace(I, x1, THREE)
    x3 = objects(I, T, F, F)
    x4 = colorfilter(x3, x1)
    x5 = rbind(bordering, I)
    x6 = compose(flip, x5)
    x7 = mfilter(x4, x6)
    O = fill(x2, TWO, x7)
    return O


# Rooms that are closed turn green, the others and the gaps yellow.
def solve_83302e8f(I):
    x1 = mostcolor(I)
    x2 = replace(I, x1, FOUR)
    x3 = objects(I, T, F, F)
    x4 = colorfilter(x3, x1)
    x5 = sizefilter(x4, ONE)
    x6 = difference(x4, x5)
    x7 = compose(flip, delta)
    x8 = mfilter(x6, x7)
    O = fill(x2, THREE, x8)
    return O


# Every dot gets red above it, azure below, orange to the left and magenta to the right.
def solve_d364b489(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = shift(x2, UP)
    x4 = shift(x2, DOWN)
    x5 = shift(x2, LEFT)
    x6 = shift(x2, RIGHT)
    x7 = fill(I, TWO, x3)
    x8 = fill(x7, EIGHT, x4)
    x9 = fill(x8, SEVEN, x5)
    x10 = fill(x9, SIX, x6)
    O = fill(x10, x1, x2)
    return O
