"""Solvers that count or rank and draw the answer on a fresh canvas."""


# One color: the first row; two: the falling diagonal; three: the rising one; drawn in grey.
def solve_6e02f1e3(I):
    x1 = numcolors(I)
    x2 = shape(I)
    x3 = canvas(ZERO, x2)
    x4 = decrement(x2)
    x5 = first(x4)
    x6 = last(x4)
    x7 = tojvec(x6)
    x8 = toivec(x5)
    x9 = equality(x1, TWO)
    x10 = branch(x9, x4, x7)
    x11 = connect(ORIGIN, x10)
    x12 = connect(x8, x7)
    x13 = equality(x1, THREE)
    x14 = branch(x13, x12, x11)
    O = fill(x3, FIVE, x14)
    return O


# As many cells of the color in a row as the grid has; the background is black, or else the most common color.
def solve_d631b094(I):
    x1 = palette(I)
    x2 = contained(ZERO, x1)
    x3 = mostcolor(I)
    x4 = branch(x2, ZERO, x3)
    x5 = matcher(identity, x4)
    x6 = order(x1, x5)
    x7 = first(x6)
    x8 = colorcount(I, x7)
    x9 = astuple(ONE, x8)
    O = canvas(x7, x9)
    return O


# As many blue cells at the start of a row of five as there are blue squares of two by two.
def solve_1fad071e(I):
    x1 = canvas(ONE, TWO_BY_TWO)
    x2 = asobject(x1)
    x3 = occurrences(I, x2)
    x4 = size(x3)
    x5 = astuple(ONE, FIVE)
    x6 = mostcolor(I)
    x7 = canvas(x6, x5)
    x8 = tojvec(x4)
    x9 = add(x8, LEFT)
    x10 = connect(LEFT, x9)
    O = fill(x7, ONE, x10)
    return O


# A square with as many rows as there are objects, its diagonal in their color.
def solve_d0f5fe59(I):
    x1 = objects(I, T, F, T)
    x2 = size(x1)
    x3 = astuple(x2, x2)
    x4 = mostcolor(I)
    x5 = canvas(x4, x3)
    x6 = merge(x1)
    x7 = color(x6)
    x8 = connect(ORIGIN, x3)
    O = fill(x5, x7, x8)
    return O


# The colors of the objects in a column, the largest object first.
def solve_f8ff0b80(I):
    x1 = objects(I, T, T, T)
    x2 = order(x1, size)
    x3 = apply(color, x2)
    x4 = repeat(x3, ONE)
    O = rot270(x4)
    return O


# Every color a column as long as it has cells, the longest first.
def solve_9af7a82c(I):
    x1 = partition(I)
    x2 = order(x1, size)
    x3 = valmax(x1, size)
    x4 = lbind(astuple, ONE)
    x5 = compose(x4, size)
    x6 = fork(canvas, color, x5)
    x7 = lbind(subtract, x3)
    x8 = compose(x7, size)
    x9 = compose(x4, x8)
    x10 = lbind(canvas, ZERO)
    x11 = compose(x10, x9)
    x12 = fork(hconcat, x6, x11)
    x13 = mapply(x12, x2)
    O = rot90(x13)
    return O


# Every block of three by three becomes one cell of its color, without the noise.
def solve_5614dbcf(I):
    x1 = height(I)
    x2 = width(I)
    x3 = divide(x1, THREE)
    x4 = divide(x2, THREE)
    x5 = vsplit(I, x3)
    x6 = rbind(hsplit, x4)
    x7 = mapply(x6, x5)
    x8 = apply(mostcolor, x7)
    x9 = repeat(x8, ONE)
    x10 = hsplit(x9, x3)
    O = merge(x10)
    return O


# As many cells as there are squares, in reading order on every second cell of a 3 x 3 grid.
def solve_ff28f65a(I):
    x1 = objects(I, T, F, T)
    x2 = size(x1)
    x3 = double(x2)
    x4 = interval(ZERO, x3, TWO)
    x5 = rbind(divide, THREE)
    x6 = rbind(multiply, THREE)
    x7 = compose(x6, x5)
    x8 = fork(subtract, identity, x7)
    x9 = fork(astuple, x5, x8)
    x10 = apply(x9, x4)
    x11 = mostcolor(I)
    x12 = canvas(x11, THREE_BY_THREE)
    O = fill(x12, ONE, x10)
    return O


# One cell of the background for every room that the lines through the grid leave.
def solve_1190e5a7(I):
    x1 = frontiers(I)
    x2 = merge(x1)
    x3 = color(x2)
    x4 = palette(I)
    x5 = other(x4, x3)
    x6 = objects(I, T, F, F)
    x7 = colorfilter(x6, x5)
    x8 = apply(uppermost, x7)
    x9 = apply(leftmost, x7)
    x10 = size(x8)
    x11 = size(x9)
    x12 = astuple(x10, x11)
    O = canvas(x5, x12)
    return O


# As many cells as rows are missing to fill the cup, in a winding way over a 3 x 3 grid.
def solve_b0c4d837(I):
    x1 = ofcolor(I, FIVE)
    x2 = ofcolor(I, EIGHT)
    x3 = height(x1)
    x4 = height(x2)
    x5 = subtract(x3, x4)
    x6 = subtract(x5, TWO)
    x7 = tojvec(x6)
    x8 = connect(LEFT, x7)
    x9 = mostcolor(I)
    x10 = astuple(ONE, NINE)
    x11 = canvas(x9, x10)
    x12 = fill(x11, EIGHT, x8)
    x13 = hsplit(x12, THREE)
    x14 = first(x13)
    x15 = last(x13)
    x16 = astuple(ZERO, THREE)
    x17 = astuple(ONE, THREE)
    x18 = crop(x12, x16, x17)
    x19 = vmirror(x18)
    x20 = vconcat(x14, x19)
    O = vconcat(x20, x15)
    return O
