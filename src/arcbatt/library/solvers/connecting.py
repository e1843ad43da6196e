"""Solvers that connect dots or objects, or fill the space between them."""


# Dots of one color on opposite sides are connected: on the left and the right one, or on the upper and the lower one.
def solve_22eb0ac0(I):
    x1 = fgpartition(I)
    x2 = merge(x1)
    x3 = toindices(x2)
    x4 = apply(last, x3)
    x5 = size(x4)
    x6 = equality(x5, TWO)
    x7 = branch(x6, hline, vline)
    x8 = lbind(prapply, connect)
    x9 = fork(x8, toindices, toindices)
    x10 = rbind(mfilter, x7)
    x11 = compose(x10, x9)
    x12 = fork(recolor, color, x11)
    x13 = mapply(x12, x1)
    O = paint(I, x13)
    return O


# The two dots of each color are connected, vertical lines on top.
def solve_40853293(I):
    x1 = fork(connect, ulcorner, lrcorner)
    x2 = fork(recolor, color, x1)
    x3 = fgpartition(I)
    x4 = apply(x2, x3)
    x5 = mfilter(x4, hline)
    x6 = mfilter(x4, vline)
    x7 = paint(I, x5)
    O = paint(x7, x6)
    return O


# Dots in one row or column are connected in azure.
def solve_dbc1a6ce(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = rbind(shoot, LEFT)
    x4 = rbind(shoot, RIGHT)
    x5 = rbind(shoot, UP)
    x6 = rbind(shoot, DOWN)
    x7 = mapply(x3, x2)
    x8 = mapply(x4, x2)
    x9 = mapply(x5, x2)
    x10 = mapply(x6, x2)
    x11 = intersection(x7, x8)
    x12 = intersection(x9, x10)
    x13 = combine(x11, x12)
    O = underfill(I, EIGHT, x13)
    return O


# Dots in one row or column are connected in their color.
def solve_ded97339(I):
    x1 = fgpartition(I)
    x2 = merge(x1)
    x3 = color(x2)
    x4 = toindices(x2)
    x5 = rbind(shoot, LEFT)
    x6 = rbind(shoot, RIGHT)
    x7 = rbind(shoot, UP)
    x8 = rbind(shoot, DOWN)
    x9 = mapply(x5, x4)
    x10 = mapply(x6, x4)
    x11 = mapply(x7, x4)
    x12 = mapply(x8, x4)
    x13 = intersection(x9, x10)
    x14 = intersection(x11, x12)
    x15 = combine(x13, x14)
    O = fill(I, x3, x15)
    return O


# The two dots are connected in green when they share a row or a column.
def solve_253bf280(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = rbind(shoot, LEFT)
    x4 = rbind(shoot, RIGHT)
    x5 = rbind(shoot, UP)
    x6 = rbind(shoot, DOWN)
    x7 = mapply(x3, x2)
    x8 = mapply(x4, x2)
    x9 = mapply(x5, x2)
    x10 = mapply(x6, x2)
    x11 = intersection(x7, x8)
    x12 = intersection(x9, x10)
    x13 = combine(x11, x12)
    O = underfill(I, THREE, x13)
    return O


# The two dots of each color are connected diagonally.
def solve_1f876c06(I):
    x1 = lbind(prapply, connect)
    x2 = fork(x1, toindices, toindices)
    x3 = compose(merge, x2)
    x4 = fork(recolor, color, x3)
    x5 = fgpartition(I)
    x6 = mapply(x4, x5)
    O = paint(I, x6)
    return O


# From the azure dot along its column to the row of the red dot, then along that row, in yellow.
def solve_d4a91cb9(I):
    x1 = ofcolor(I, EIGHT)
    x2 = ofcolor(I, TWO)
    x3 = first(x1)
    x4 = first(x2)
    x5 = first(x4)
    x6 = last(x3)
    x7 = astuple(x5, x6)
    x8 = connect(x3, x7)
    x9 = connect(x7, x4)
    x10 = combine(x8, x9)
    O = underfill(I, FOUR, x10)
    return O


# From the red dot along its row to the column of the green dot, then along that column, in azure.
def solve_a2fd1cf0(I):
    x1 = ofcolor(I, TWO)
    x2 = ofcolor(I, THREE)
    x3 = first(x1)
    x4 = first(x2)
    x5 = first(x3)
    x6 = last(x4)
    x7 = astuple(x5, x6)
    x8 = connect(x3, x7)
    x9 = connect(x7, x4)
    x10 = combine(x8, x9)
    O = underfill(I, EIGHT, x10)
    return O


# Dots in line with the rectangle are connected to it.
def solve_2c608aff(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    x3 = remove(x2, x1)
    x4 = merge(x3)
    x5 = color(x4)
    x6 = toindices(x2)
    x7 = toindices(x4)
    x8 = rbind(shoot, LEFT)
    x9 = rbind(shoot, RIGHT)
    x10 = rbind(shoot, UP)
    x11 = rbind(shoot, DOWN)
    x12 = mapply(x8, x6)
    x13 = mapply(x9, x7)
    x14 = intersection(x12, x13)
    x15 = mapply(x9, x6)
    x16 = mapply(x8, x7)
    x17 = intersection(x15, x16)
    x18 = mapply(x10, x6)
    x19 = mapply(x11, x7)
    x20 = intersection(x18, x19)
    x21 = mapply(x11, x6)
    x22 = mapply(x10, x7)
    x23 = intersection(x21, x22)
    x24 = combine(x14, x17)
    x25 = combine(x20, x23)
    x26 = combine(x24, x25)
    O = underfill(I, x5, x26)
    return O


# Dots in line with the square are connected to it, each in its color, the nearest on top.
def solve_d43fd935(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    x3 = toindices(x2)
    x4 = mapply(hfrontier, x3)
    x5 = mapply(vfrontier, x3)
    x6 = combine(x4, x5)
    x7 = remove(x2, x1)
    x8 = merge(x7)
    x9 = apply(initset, x8)
    x10 = lbind(intersection, x6)
    x11 = compose(x10, toindices)
    x12 = sfilter(x9, x11)
    x13 = lbind(manhattan, x2)
    x14 = compose(invert, x13)
    x15 = order(x12, x14)
    x16 = rbind(gravitate, x2)
    x17 = fork(add, ulcorner, x16)
    x18 = fork(connect, ulcorner, x17)
    x19 = fork(recolor, color, x18)
    x20 = mapply(x19, x15)
    x21 = paint(I, x20)
    O = paint(x21, x8)
    return O


# In every row and column the cells between two cells of one object get its color.
def solve_22168020(I):
    x1 = lbind(prapply, connect)
    x2 = fork(x1, toindices, toindices)
    x3 = fork(either, hline, vline)
    x4 = rbind(mfilter, x3)
    x5 = compose(x4, x2)
    x6 = fork(recolor, color, x5)
    x7 = objects(I, T, T, T)
    x8 = mapply(x6, x7)
    O = paint(I, x8)
    return O


# The gap between two rectangles is bridged in azure, one cell narrower on both sides than where they face.
def solve_d6ad076f(I):
    x1 = mostcolor(I)
    x2 = ofcolor(I, x1)
    x3 = asindices(I)
    x4 = difference(x3, x2)
    x5 = rbind(shoot, LEFT)
    x6 = rbind(shoot, RIGHT)
    x7 = rbind(shoot, UP)
    x8 = rbind(shoot, DOWN)
    x9 = mapply(x5, x4)
    x10 = mapply(x6, x4)
    x11 = mapply(x7, x4)
    x12 = mapply(x8, x4)
    x13 = intersection(x9, x10)
    x14 = intersection(x11, x12)
    x15 = intersection(x13, x2)
    x16 = intersection(x14, x2)
    x17 = shift(x15, UP)
    x18 = shift(x15, DOWN)
    x19 = intersection(x17, x18)
    x20 = intersection(x15, x19)
    x21 = shift(x16, LEFT)
    x22 = shift(x16, RIGHT)
    x23 = intersection(x21, x22)
    x24 = intersection(x16, x23)
    x25 = combine(x20, x24)
    O = fill(I, EIGHT, x25)
    return O
