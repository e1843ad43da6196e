"""Solvers that draw lines: rays, and lines through the whole grid."""


# A dot in the first column makes its row red, in the second yellow, in the third green.
def solve_a85d4709(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = matcher(last, ZERO)
    x4 = sfilter(x2, x3)
    x5 = mapply(hfrontier, x4)
    x6 = fill(I, TWO, x5)
    x7 = matcher(last, ONE)
    x8 = sfilter(x2, x7)
    x9 = mapply(hfrontier, x8)
    x10 = fill(x6, FOUR, x9)
    x11 = matcher(last, TWO)
    x12 = sfilter(x2, x11)
    x13 = mapply(hfrontier, x12)
    O = fill(x10, THREE, x13)
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


# Dots at both ends of a row draw lines to its middle, which turns grey.
def solve_29c11459(I):
    x1 = width(I)
    x2 = halve(x1)
    x3 = rbind(astuple, x2)
    x4 = compose(x3, uppermost)
    x5 = fork(connect, ulcorner, x4)
    x6 = fork(recolor, color, x5)
    x7 = fgpartition(I)
    x8 = merge(x7)
    x9 = apply(initset, x8)
    x10 = mapply(x6, x9)
    x11 = paint(I, x10)
    x12 = apply(x4, x9)
    O = fill(x11, FIVE, x12)
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


# Every dot becomes a cross over the whole grid; where the two meet is red.
def solve_23581191(I):
    x1 = objects(I, T, T, T)
    x2 = compose(hfrontier, ulcorner)
    x3 = compose(vfrontier, ulcorner)
    x4 = fork(combine, x2, x3)
    x5 = fork(recolor, color, x4)
    x6 = mapply(x5, x1)
    x7 = paint(I, x6)
    x8 = mapply(x2, x1)
    x9 = mapply(x3, x1)
    x10 = merge(x1)
    x11 = toindices(x10)
    x12 = intersection(x8, x9)
    x13 = difference(x12, x11)
    O = fill(x7, TWO, x13)
    return O


# The lying bar becomes a row, the standing one a column; where they meet is yellow.
def solve_bdad9b1f(I):
    x1 = objects(I, T, F, T)
    x2 = extract(x1, hline)
    x3 = extract(x1, vline)
    x4 = ulcorner(x2)
    x5 = ulcorner(x3)
    x6 = hfrontier(x4)
    x7 = vfrontier(x5)
    x8 = color(x2)
    x9 = color(x3)
    x10 = fill(I, x8, x6)
    x11 = fill(x10, x9, x7)
    x12 = intersection(x6, x7)
    O = fill(x11, FOUR, x12)
    return O


# A row and a column cross: a yellow ring around the crossing.
def solve_67a423a3(I):
    x1 = fgpartition(I)
    x2 = argmax(x1, width)
    x3 = argmax(x1, height)
    x4 = uppermost(x2)
    x5 = leftmost(x3)
    x6 = astuple(x4, x5)
    x7 = neighbors(x6)
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


# The blue square sends a diagonal from its upper left corner, the red one from its lower right corner.
def solve_5c0a986e(I):
    x1 = ofcolor(I, ONE)
    x2 = ulcorner(x1)
    x3 = shoot(x2, NEG_UNITY)
    x4 = fill(I, ONE, x3)
    x5 = ofcolor(I, TWO)
    x6 = lrcorner(x5)
    x7 = shoot(x6, UNITY)
    O = fill(x4, TWO, x7)
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


# The diagonal tails of the square run on to the edge.
def solve_7ddcd7ec(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    x3 = remove(x2, x1)
    x4 = lbind(position, x2)
    x5 = fork(shoot, ulcorner, x4)
    x6 = mapply(x5, x3)
    x7 = color(x2)
    O = fill(I, x7, x6)
    return O


# Red where the column of a dot in the first row meets the row of a dot below.
def solve_2281f1f4(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = matcher(first, ZERO)
    x4 = sfilter(x2, x3)
    x5 = difference(x2, x4)
    x6 = mapply(vfrontier, x4)
    x7 = mapply(hfrontier, x5)
    x8 = intersection(x6, x7)
    O = underfill(I, TWO, x8)
    return O


# The only dot sends diagonals in all four directions.
def solve_623ea044(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = first(x2)
    x4 = lbind(shoot, x3)
    x5 = ineighbors(ORIGIN)
    x6 = mapply(x4, x5)
    O = fill(I, x1, x6)
    return O


# The dot at the flat side of the arrow sends a line out at the tip.
def solve_25d487eb(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = fgpartition(I)
    x4 = argmax(x3, size)
    x5 = position(x2, x4)
    x6 = first(x2)
    x7 = shoot(x6, x5)
    O = underfill(I, x1, x7)
    return O


# The crossing row and column move away from the dots in the corner, by as many cells as there are dots.
def solve_e48d4e1a(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = size(x2)
    x4 = asindices(I)
    x5 = corners(x4)
    x6 = intersection(x5, x2)
    x7 = position(x6, x4)
    x8 = multiply(x7, x3)
    x9 = first(x8)
    x10 = last(x8)
    x11 = toivec(x9)
    x12 = tojvec(x10)
    x13 = mostcolor(I)
    x14 = shape(I)
    x15 = canvas(x13, x14)
    x16 = palette(I)
    x17 = remove(x1, x16)
    x18 = other(x17, x13)
    x19 = frontiers(I)
    x20 = colorfilter(x19, x18)
    x21 = extract(x20, hline)
    x22 = extract(x20, vline)
    x23 = shift(x21, x11)
    x24 = shift(x22, x12)
    x25 = combine(x23, x24)
    O = paint(x15, x25)
    return O


# A yellow line through the middle of every ring, up to the edges, below what is there.
def solve_41e4d17e(I):
    x1 = objects(I, T, T, T)
    x2 = apply(center, x1)
    x3 = mapply(hfrontier, x2)
    x4 = mapply(vfrontier, x2)
    x5 = combine(x3, x4)
    O = underfill(I, SIX, x5)
    return O


# Lines through the grid turn red.
def solve_c1d99e64(I):
    x1 = frontiers(I)
    x2 = merge(x1)
    O = fill(I, TWO, x2)
    return O


# Beside the line: a red diagonal from the lower left corner and a yellow row at the bottom.
def solve_3bd67248(I):
    x1 = height(I)
    x2 = decrement(x1)
    x3 = toivec(x2)
    x4 = shoot(x3, UP_RIGHT)
    x5 = shoot(x3, RIGHT)
    x6 = underfill(I, TWO, x4)
    O = underfill(x6, FOUR, x5)
    return O


# Every second column: the diagonals turn yellow there.
def solve_a5f85a15(I):
    x1 = fgpartition(I)
    x2 = merge(x1)
    x3 = toindices(x2)
    x4 = compose(even, last)
    x5 = compose(flip, x4)
    x6 = sfilter(x3, x5)
    O = fill(I, FOUR, x6)
    return O
