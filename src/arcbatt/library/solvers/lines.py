"""Solvers that draw lines: rays, and lines through the whole grid."""


# A dot in the left third makes its row red, in the middle one yellow, in the right one green.
def solve_a85d4709(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = width(I)
    x4 = divide(x3, THREE)
    x5 = rbind(divide, x4)
    x6 = compose(x5, last)
    x7 = matcher(x6, ZERO)
    x8 = sfilter(x2, x7)
    x9 = mapply(hfrontier, x8)
    x10 = fill(I, TWO, x9)
    x11 = matcher(x6, ONE)
    x12 = sfilter(x2, x11)
    x13 = mapply(hfrontier, x12)
    x14 = fill(x10, FOUR, x13)
    x15 = matcher(x6, TWO)
    x16 = sfilter(x2, x15)
    x17 = mapply(hfrontier, x16)
    O = fill(x14, THREE, x17)
    return O


# Rows of one color turn grey, all else black.
def solve_25d8a9c8(I):
    x1 = frontiers(I)
    x2 = mfilter(x1, hline)
    x3 = shape(I)
    x4 = canvas(ZERO, x3)
    O = fill(x4, FIVE, x2)
    return O


# Every dot draws a line to the right edge and from there down, until the next line.
def solve_99fa7670(I):
    x1 = width(I)
    x2 = decrement(x1)
    x3 = rbind(astuple, x2)
    x4 = rbind(shoot, DOWN)
    x5 = chain(x4, x3, uppermost)
    x6 = rbind(shoot, RIGHT)
    x7 = compose(x6, ulcorner)
    x8 = fork(combine, x7, x5)
    x9 = fork(recolor, color, x8)
    x10 = fgpartition(I)
    x11 = merge(x10)
    x12 = apply(initset, x11)
    x13 = order(x12, uppermost)
    x14 = mapply(x9, x13)
    O = paint(I, x14)
    return O


# Dots on opposite sides draw lines to the middle, which turns grey.
def solve_29c11459(I):
    x1 = fgpartition(I)
    x2 = merge(x1)
    x3 = toindices(x2)
    x4 = apply(last, x3)
    x5 = size(x4)
    x6 = equality(x5, TWO)
    x7 = branch(x6, identity, dmirror)
    x8 = x7(I)
    x9 = width(x8)
    x10 = halve(x9)
    x11 = rbind(astuple, x10)
    x12 = compose(x11, uppermost)
    x13 = fork(connect, ulcorner, x12)
    x14 = fork(recolor, color, x13)
    x15 = fgpartition(x8)
    x16 = merge(x15)
    x17 = apply(initset, x16)
    x18 = mapply(x14, x17)
    x19 = paint(x8, x18)
    x20 = apply(x12, x17)
    x21 = fill(x19, FIVE, x20)
    O = x7(x21)
    return O


# Red dots become columns; dots of other colors become rows that run over them.
def solve_178fcbfb(I):
    x1 = ofcolor(I, TWO)
    x2 = mapply(vfrontier, x1)
    x3 = fill(I, TWO, x2)
    x4 = fgpartition(I)
    x5 = matcher(color, TWO)
    x6 = compose(flip, x5)
    x7 = sfilter(x4, x6)
    x8 = merge(x7)
    x9 = apply(initset, x8)
    x10 = compose(hfrontier, ulcorner)
    x11 = fork(recolor, color, x10)
    x12 = mapply(x11, x9)
    O = paint(x3, x12)
    return O


# Every dot becomes a cross over the whole grid; where the two colors meet is red.
def solve_23581191(I):
    x1 = fork(combine, hfrontier, vfrontier)
    x2 = lbind(mapply, x1)
    x3 = compose(x2, toindices)
    x4 = fork(recolor, color, x3)
    x5 = fgpartition(I)
    x6 = mapply(x4, x5)
    x7 = paint(I, x6)
    x8 = first(x5)
    x9 = last(x5)
    x10 = x3(x8)
    x11 = x3(x9)
    x12 = intersection(x10, x11)
    x13 = fill(x7, TWO, x12)
    x14 = merge(x5)
    O = paint(x13, x14)
    return O


# Lying bars become rows, standing ones columns; where they meet is yellow.
def solve_bdad9b1f(I):
    x1 = objects(I, T, F, T)
    x2 = sfilter(x1, hline)
    x3 = sfilter(x1, vline)
    x4 = compose(hfrontier, ulcorner)
    x5 = compose(vfrontier, ulcorner)
    x6 = fork(recolor, color, x4)
    x7 = fork(recolor, color, x5)
    x8 = mapply(x6, x2)
    x9 = mapply(x7, x3)
    x10 = paint(I, x8)
    x11 = paint(x10, x9)
    x12 = toindices(x8)
    x13 = toindices(x9)
    x14 = intersection(x12, x13)
    O = fill(x11, FOUR, x14)
    return O


# Two bars cross: a yellow ring around the crossing.
def solve_67a423a3(I):
    x1 = fgpartition(I)
    x2 = argmax(x1, width)
    x3 = argmax(x1, height)
    x4 = backdrop(x2)
    x5 = backdrop(x3)
    x6 = intersection(x4, x5)
    x7 = outbox(x6)
    O = fill(I, FOUR, x7)
    return O


# Every dot runs down to the edge.
def solve_d037b0a7(I):
    x1 = rbind(shoot, DOWN)
    x2 = compose(x1, ulcorner)
    x3 = fork(recolor, color, x2)
    x4 = mostcolor(I)
    x5 = asobject(I)
    x6 = apply(initset, x5)
    x7 = matcher(color, x4)
    x8 = compose(flip, x7)
    x9 = sfilter(x6, x8)
    x10 = order(x9, uppermost)
    x11 = mapply(x3, x10)
    O = paint(I, x11)
    return O


# Blue squares send diagonals from their upper left corners, red ones from their lower right corners.
def solve_5c0a986e(I):
    x1 = objects(I, T, F, T)
    x2 = colorfilter(x1, ONE)
    x3 = rbind(shoot, NEG_UNITY)
    x4 = compose(x3, ulcorner)
    x5 = mapply(x4, x2)
    x6 = colorfilter(x1, TWO)
    x7 = rbind(shoot, UNITY)
    x8 = compose(x7, lrcorner)
    x9 = mapply(x8, x6)
    x10 = underfill(I, ONE, x5)
    O = underfill(x10, TWO, x9)
    return O


# Every corner piece sends a diagonal out through its missing cell.
def solve_6e19193c(I):
    x1 = objects(I, T, F, T)
    x2 = compose(first, delta)
    x3 = compose(double, x2)
    x4 = fork(add, ulcorner, lrcorner)
    x5 = fork(subtract, x3, x4)
    x6 = fork(add, x2, x5)
    x7 = fork(shoot, x6, x5)
    x8 = fork(recolor, color, x7)
    x9 = mapply(x8, x1)
    O = paint(I, x9)
    return O


# The diagonal tails of the square run on to the edge, each in its color.
def solve_7ddcd7ec(I):
    x1 = objects(I, F, F, T)
    x2 = argmax(x1, size)
    x3 = remove(x2, x1)
    x4 = lbind(position, x2)
    x5 = fork(shoot, ulcorner, x4)
    x6 = fork(recolor, color, x5)
    x7 = mapply(x6, x3)
    O = paint(I, x7)
    return O


# Red where the column of a dot in the first or the last row meets the row of a dot elsewhere.
def solve_2281f1f4(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = matcher(first, ZERO)
    x4 = sfilter(x2, x3)
    x5 = height(I)
    x6 = decrement(x5)
    x7 = matcher(first, x6)
    x8 = sfilter(x2, x7)
    x9 = initset(x8)
    x10 = insert(x4, x9)
    x11 = argmax(x10, size)
    x12 = difference(x2, x11)
    x13 = mapply(vfrontier, x11)
    x14 = mapply(hfrontier, x12)
    x15 = intersection(x13, x14)
    O = underfill(I, TWO, x15)
    return O


# Every dot sends diagonals in all four directions.
def solve_623ea044(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = ineighbors(ORIGIN)
    x4 = prapply(shoot, x2, x3)
    x5 = merge(x4)
    O = fill(I, x1, x5)
    return O


# The dot at the flat side of every arrow sends a line out at the tip.
def solve_25d487eb(I):
    x1 = lbind(matcher, first)
    x2 = compose(x1, leastcolor)
    x3 = fork(sfilter, identity, x2)
    x4 = compose(ulcorner, x3)
    x5 = compose(double, x4)
    x6 = fork(add, ulcorner, lrcorner)
    x7 = fork(subtract, x6, x5)
    x8 = compose(sign, x7)
    x9 = fork(shoot, x4, x8)
    x10 = fork(recolor, leastcolor, x9)
    x11 = objects(I, F, F, T)
    x12 = mapply(x10, x11)
    O = underpaint(I, x12)
    return O


# The crossing row and column move away from the dots beside them, by as many cells as there are dots.
def solve_e48d4e1a(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = frontiers(I)
    x4 = first(x3)
    x5 = last(x3)
    x6 = intersection(x4, x5)
    x7 = position(x2, x6)
    x8 = size(x2)
    x9 = multiply(x7, x8)
    x10 = ulcorner(x6)
    x11 = add(x10, x9)
    x12 = hfrontier(x11)
    x13 = vfrontier(x11)
    x14 = combine(x12, x13)
    x15 = mostcolor(I)
    x16 = shape(I)
    x17 = canvas(x15, x16)
    x18 = color(x6)
    O = fill(x17, x18, x14)
    return O


# A yellow line through the middle of every ring, up to the edges, below what is there.
def solve_41e4d17e(I):
    x1 = objects(I, T, F, F)
    x2 = sizefilter(x1, NINE)
    x3 = sfilter(x2, square)
    x4 = apply(center, x3)
    x5 = mapply(hfrontier, x4)
    x6 = mapply(vfrontier, x4)
    x7 = combine(x5, x6)
    O = underfill(I, SIX, x7)
    return O


# Lines through the grid turn red.
def solve_c1d99e64(I):
    x1 = frontiers(I)
    x2 = merge(x1)
    O = fill(I, TWO, x2)
    return O


# From one end of the line, as thick as it is: a red diagonal, and a yellow line along the edge.
def solve_3bd67248(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = shape(x2)
    x4 = minimum(x3)
    x5 = downscale(I, x4)
    x6 = ofcolor(x5, x1)
    x7 = contained(ORIGIN, x6)
    x8 = llcorner(x6)
    x9 = urcorner(x6)
    x10 = branch(x7, x8, x9)
    x11 = initset(x10)
    x12 = asindices(x5)
    x13 = position(x11, x12)
    x14 = shoot(x10, x13)
    x15 = underfill(x5, TWO, x14)
    x16 = hfrontier(x10)
    x17 = vfrontier(x10)
    x18 = combine(x16, x17)
    x19 = underfill(x15, FOUR, x18)
    O = upscale(x19, x4)
    return O


# Every second cell of the diagonals turns yellow.
def solve_a5f85a15(I):
    x1 = fgpartition(I)
    x2 = merge(x1)
    x3 = toindices(x2)
    x4 = compose(even, minimum)
    x5 = compose(flip, x4)
    x6 = sfilter(x3, x5)
    O = fill(I, FOUR, x6)
    return O


# Every ring becomes a red plus.
def solve_6c434453(I):
    x1 = objects(I, T, F, T)
    x2 = fork(equality, toindices, box)
    x3 = fork(both, x2, delta)
    x4 = sfilter(x1, x3)
    x5 = fork(combine, hfrontier, vfrontier)
    x6 = compose(x5, center)
    x7 = fork(intersection, x6, backdrop)
    x8 = mapply(x7, x4)
    x9 = merge(x4)
    x10 = cover(I, x9)
    O = fill(x10, TWO, x8)
    return O
