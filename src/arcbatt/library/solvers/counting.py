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
    x1 = objects(I, T, F, T)
    x2 = colorfilter(x1, ONE)
    x3 = sizefilter(x2, FOUR)
    x4 = sfilter(x3, square)
    x5 = size(x4)
    x6 = astuple(ONE, FIVE)
    x7 = mostcolor(I)
    x8 = canvas(x7, x6)
    x9 = tojvec(x5)
    x10 = add(x9, LEFT)
    x11 = connect(LEFT, x10)
    O = fill(x8, ONE, x11)
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


# Every block of three by three becomes one cell of its color, without the grey noise.
def solve_5614dbcf(I):
    x1 = height(I)
    x2 = width(I)
    x3 = divide(x1, THREE)
    x4 = divide(x2, THREE)
    x5 = vsplit(I, x3)
    x6 = rbind(hsplit, x4)
    x7 = mapply(x6, x5)
    x8 = rbind(other, FIVE)
    x9 = compose(x8, palette)
    x10 = apply(x9, x7)
    x11 = repeat(x10, ONE)
    x12 = hsplit(x11, x3)
    O = merge(x12)
    return O


# As many cells as there are red rectangles, in reading order on every second cell of a 3 x 3 grid.
def solve_ff28f65a(I):
    x1 = objects(I, T, F, F)
    x2 = colorfilter(x1, TWO)
    x3 = size(x2)
    x4 = double(x3)
    x5 = interval(ZERO, x4, TWO)
    x6 = rbind(divide, THREE)
    x7 = rbind(multiply, THREE)
    x8 = compose(x7, x6)
    x9 = fork(subtract, identity, x8)
    x10 = fork(astuple, x6, x9)
    x11 = apply(x10, x5)
    x12 = difference(x1, x2)
    x13 = merge(x12)
    x14 = mostcolor(x13)
    x15 = canvas(x14, THREE_BY_THREE)
    O = fill(x15, ONE, x11)
    return O


# One cell of the background for every room that the lines through the grid leave.
def solve_1190e5a7(I):
    x1 = mostcolor(I)
    x2 = objects(I, T, F, F)
    x3 = colorfilter(x2, x1)
    x4 = apply(uppermost, x3)
    x5 = apply(leftmost, x3)
    x6 = size(x4)
    x7 = size(x5)
    x8 = astuple(x6, x7)
    O = canvas(x1, x8)
    return O


# As many cells as rows are missing to fill the cup, in a winding way over a 3 x 3 grid.
def solve_b0c4d837(I):
    x1 = fgpartition(I)
    x2 = compose(size, backdrop)
    x3 = argmax(x1, x2)
    x4 = other(x1, x3)
    x5 = delta(x3)
    x6 = shape(x5)
    x7 = shape(x4)
    x8 = subtract(x6, x7)
    x9 = maximum(x8)
    x10 = tojvec(x9)
    x11 = add(x10, LEFT)
    x12 = connect(LEFT, x11)
    x13 = mostcolor(I)
    x14 = astuple(ONE, NINE)
    x15 = canvas(x13, x14)
    x16 = color(x4)
    x17 = fill(x15, x16, x12)
    x18 = hsplit(x17, THREE)
    x19 = first(x18)
    x20 = last(x18)
    x21 = remove(x19, x18)
    x22 = astuple(ZERO, THREE)
    x23 = astuple(ONE, THREE)
    x24 = crop(x17, x22, x23)
    x25 = vmirror(x24)
    x26 = vconcat(x19, x25)
    O = vconcat(x26, x20)
    return O


# One cell for every room that the lines through the grid leave, in the room's color.
def solve_780d0b14(I):
    x1 = frontiers(I)
    x2 = merge(x1)
    x3 = shape(I)
    x4 = canvas(ZERO, x3)
    x5 = fill(x4, ONE, x2)
    x6 = objects(x5, T, F, F)
    x7 = colorfilter(x6, ZERO)
    x8 = color(x2)
    x9 = rbind(other, x8)
    x10 = rbind(toobject, I)
    x11 = chain(x9, palette, x10)
    x12 = totuple(x7)
    x13 = apply(x11, x12)
    x14 = repeat(x13, ONE)
    x15 = apply(uppermost, x7)
    x16 = size(x15)
    x17 = hsplit(x14, x16)
    O = merge(x17)
    return O
