"""Solvers that draw a pattern around dots, or put copies of an object where dots mark the place."""


# A blue ring around every red dot.
def solve_dc1df850(I):
    x1 = ofcolor(I, TWO)
    x2 = mapply(neighbors, x1)
    O = underfill(I, ONE, x2)
    return O


# A blue ring around every dot.
def solve_4258a5f9(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = mapply(neighbors, x2)
    O = underfill(I, ONE, x3)
    return O


# Every dot grows to a blue square of three by three.
def solve_ce22a75a(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = mapply(neighbors, x2)
    x4 = combine(x2, x3)
    O = fill(I, ONE, x4)
    return O


# Every dot becomes a ring: its color at the corners, blue between, free inside.
def solve_b60334d2(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = cover(I, x2)
    x4 = mapply(dneighbors, x2)
    x5 = fill(x3, ONE, x4)
    x6 = mapply(ineighbors, x2)
    O = fill(x5, x1, x6)
    return O


# Blue dots get orange cells beside them, red dots yellow cells at their corners.
def solve_0ca9ddb6(I):
    x1 = ofcolor(I, ONE)
    x2 = mapply(dneighbors, x1)
    x3 = fill(I, SEVEN, x2)
    x4 = ofcolor(I, TWO)
    x5 = mapply(ineighbors, x4)
    O = fill(x3, FOUR, x5)
    return O


# The cell of the rarest color with a red ring around it; all else goes.
def solve_31aa019c(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = outbox(x2)
    x4 = mostcolor(I)
    x5 = shape(I)
    x6 = canvas(x4, x5)
    x7 = fill(x6, x1, x2)
    O = fill(x7, TWO, x3)
    return O


# The single dot breaks into four colors at its corners.
def solve_a9f96cdd(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = cover(I, x2)
    x4 = shift(x2, NEG_UNITY)
    x5 = shift(x2, UP_RIGHT)
    x6 = shift(x2, DOWN_LEFT)
    x7 = shift(x2, UNITY)
    x8 = fill(x3, THREE, x4)
    x9 = fill(x8, SIX, x5)
    x10 = fill(x9, EIGHT, x6)
    O = fill(x10, SEVEN, x7)
    return O


# A free cell between two dots in its row turns red.
def solve_a699fb00(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = shift(x2, LEFT)
    x4 = shift(x2, RIGHT)
    x5 = intersection(x3, x4)
    O = underfill(I, TWO, x5)
    return O


# A green plus in the middle between the two dots.
def solve_e9614598(I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = center(x2)
    x4 = dneighbors(x3)
    x5 = insert(x3, x4)
    O = fill(I, THREE, x5)
    return O


# Every arch puts a yellow dot on the edge that its opening faces.
def solve_54d82841(I):
    x1 = objects(I, T, F, T)
    x2 = compose(first, delta)
    x3 = compose(double, x2)
    x4 = fork(add, ulcorner, lrcorner)
    x5 = fork(subtract, x3, x4)
    x6 = fork(shoot, x2, x5)
    x7 = mapply(x6, x1)
    x8 = asindices(I)
    x9 = box(x8)
    x10 = intersection(x7, x9)
    O = fill(I, FOUR, x10)
    return O


# Below every square a green column of its width, as long as the square has colors.
def solve_fcc82909(I):
    x1 = objects(I, F, F, T)
    x2 = compose(toivec, numcolors)
    x3 = fork(add, lrcorner, x2)
    x4 = fork(connect, lrcorner, x3)
    x5 = fork(add, llcorner, x2)
    x6 = fork(connect, llcorner, x5)
    x7 = fork(combine, x4, x6)
    x8 = mapply(x7, x1)
    O = underfill(I, THREE, x8)
    return O


# Copies of the many-colored object replace the plain ones of its shape; the object itself goes.
def solve_321b1fc6(I):
    x1 = objects(I, F, F, T)
    x2 = argmax(x1, numcolors)
    x3 = other(x1, x2)
    x4 = color(x3)
    x5 = recolor(x4, x2)
    x6 = occurrences(I, x5)
    x7 = normalize(x2)
    x8 = lbind(shift, x7)
    x9 = mapply(x8, x6)
    x10 = cover(I, x2)
    O = paint(x10, x9)
    return O


# Copies of the many-colored rectangle replace the plain ones.
def solve_e76a88a6(I):
    x1 = objects(I, F, F, T)
    x2 = argmax(x1, numcolors)
    x3 = normalize(x2)
    x4 = remove(x2, x1)
    x5 = lbind(shift, x3)
    x6 = compose(x5, ulcorner)
    x7 = mapply(x6, x4)
    O = paint(I, x7)
    return O


# A copy of the object replaces every dot, which marks its middle.
def solve_88a10436(I):
    x1 = objects(I, F, F, T)
    x2 = argmax(x1, size)
    x3 = sizefilter(x1, ONE)
    x4 = merge(x3)
    x5 = toindices(x4)
    x6 = center(x2)
    x7 = invert(x6)
    x8 = shift(x2, x7)
    x9 = lbind(shift, x8)
    x10 = mapply(x9, x5)
    x11 = cover(I, x4)
    O = paint(x11, x10)
    return O


# The four dots in the corners of the frame change to the opposite corners outside it.
def solve_952a094c(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    x3 = ulcorner(x2)
    x4 = lrcorner(x2)
    x5 = urcorner(x2)
    x6 = llcorner(x2)
    x7 = add(x3, UNITY)
    x8 = add(x4, NEG_UNITY)
    x9 = add(x5, DOWN_LEFT)
    x10 = add(x6, UP_RIGHT)
    x11 = index(I, x7)
    x12 = index(I, x8)
    x13 = index(I, x9)
    x14 = index(I, x10)
    x15 = delta(x2)
    x16 = cover(I, x15)
    x17 = add(x3, NEG_UNITY)
    x18 = add(x4, UNITY)
    x19 = add(x5, UP_RIGHT)
    x20 = add(x6, DOWN_LEFT)
    x21 = initset(x17)
    x22 = initset(x18)
    x23 = initset(x19)
    x24 = initset(x20)
    x25 = fill(x16, x12, x21)
    x26 = fill(x25, x11, x22)
    x27 = fill(x26, x14, x23)
    O = fill(x27, x13, x24)
    return O


# Four dots of four colors around every grey square, off its corners.
def solve_95990924(I):
    x1 = objects(I, T, F, T)
    x2 = apply(outbox, x1)
    x3 = apply(ulcorner, x2)
    x4 = apply(urcorner, x2)
    x5 = apply(llcorner, x2)
    x6 = apply(lrcorner, x2)
    x7 = fill(I, ONE, x3)
    x8 = fill(x7, TWO, x4)
    x9 = fill(x8, THREE, x5)
    O = fill(x9, FOUR, x6)
    return O


# A frame one cell inside the four dots at the sides, in the color of the shape in the middle.
def solve_928ad970(I):
    x1 = fgpartition(I)
    x2 = compose(size, backdrop)
    x3 = argmax(x1, x2)
    x4 = other(x1, x3)
    x5 = inbox(x3)
    x6 = color(x4)
    O = fill(I, x6, x5)
    return O


# A green frame around every pair of red cells.
def solve_b27ca6d3(I):
    x1 = objects(I, T, F, T)
    x2 = sizefilter(x1, TWO)
    x3 = mapply(outbox, x2)
    O = fill(I, THREE, x3)
    return O


# Every dot gets a ring: green a pink one, red a blue one, azure a yellow one.
def solve_913fb3ed(I):
    x1 = ofcolor(I, THREE)
    x2 = mapply(neighbors, x1)
    x3 = fill(I, SIX, x2)
    x4 = ofcolor(I, TWO)
    x5 = mapply(neighbors, x4)
    x6 = fill(x3, ONE, x5)
    x7 = ofcolor(I, EIGHT)
    x8 = mapply(neighbors, x7)
    O = fill(x6, FOUR, x8)
    return O


# A green frame around every object, its gaps turn yellow.
def solve_543a7ed5(I):
    x1 = objects(I, T, F, T)
    x2 = mapply(outbox, x1)
    x3 = fill(I, THREE, x2)
    x4 = mapply(delta, x1)
    O = fill(x3, FOUR, x4)
    return O
