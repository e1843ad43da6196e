"""Solvers that choose an object: cut it out, name its color, or put pieces together."""


# The largest object, cut out.
def solve_be94b721(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    O = subgrid(x2, I)
    return O


# The one object that is its own mirror image from left to right, cut out.
def solve_72ca375d(I):
    x1 = objects(I, T, T, T)
    x2 = rbind(subgrid, I)
    x3 = compose(vmirror, x2)
    x4 = fork(equality, x2, x3)
    x5 = extract(x1, x4)
    O = subgrid(x5, I)
    return O


# The only object, cut out.
def solve_1cf80156(I):
    x1 = objects(I, T, T, T)
    x2 = argmax(x1, size)
    O = subgrid(x2, I)
    return O


# The color of the frame that spans the larger rectangle, as a 2 x 2 grid.
def solve_445eab21(I):
    x1 = objects(I, T, F, T)
    x2 = compose(size, backdrop)
    x3 = argmax(x1, x2)
    x4 = color(x3)
    O = canvas(x4, TWO_BY_TWO)
    return O


# The only object, cut out, its two colors exchanged.
def solve_b94a9452(I):
    x1 = objects(I, F, F, T)
    x2 = argmax(x1, size)
    x3 = palette(x2)
    x4 = minimum(x3)
    x5 = maximum(x3)
    x6 = subgrid(x2, I)
    O = switch(x6, x4, x5)
    return O


# The object beside the single dot, cut out; where the dot lies in its box, it goes.
def solve_48d8fb45(I):
    x1 = objects(I, T, T, T)
    x2 = argmin(x1, size)
    x3 = remove(x2, x1)
    x4 = lbind(manhattan, x2)
    x5 = argmin(x3, x4)
    x6 = cover(I, x2)
    O = subgrid(x5, x6)
    return O


# Among scattered dots one cell has eight neighbours of one color: the color of that cell, as a single cell.
def solve_d9fac9be(I):
    x1 = mostcolor(I)
    x2 = ofcolor(I, x1)
    x3 = asindices(I)
    x4 = difference(x3, x2)
    x5 = rbind(toobject, I)
    x6 = compose(x5, neighbors)
    x7 = compose(size, x6)
    x8 = matcher(x7, EIGHT)
    x9 = sfilter(x4, x8)
    x10 = compose(numcolors, x6)
    x11 = matcher(x10, ONE)
    x12 = sfilter(x9, x11)
    x13 = compose(color, x6)
    x14 = matcher(x13, x1)
    x15 = compose(flip, x14)
    x16 = extract(x12, x15)
    x17 = index(I, x16)
    O = canvas(x17, UNITY)
    return O


# Four corner pieces become one frame: the corner that a piece lacks of its box points inside.
def solve_a61ba2ce(I):
    x1 = objects(I, T, F, T)
    x2 = fork(difference, corners, toindices)
    x3 = compose(first, x2)
    x4 = fork(add, ulcorner, lrcorner)
    x5 = fork(subtract, x4, x3)
    x6 = fork(subtract, x5, x3)
    x7 = compose(sign, x6)
    x8 = matcher(x7, NEG_UNITY)
    x9 = extract(x1, x8)
    x10 = matcher(x7, UP_RIGHT)
    x11 = extract(x1, x10)
    x12 = matcher(x7, DOWN_LEFT)
    x13 = extract(x1, x12)
    x14 = height(x9)
    x15 = height(x13)
    x16 = add(x14, x15)
    x17 = width(x9)
    x18 = width(x11)
    x19 = add(x17, x18)
    x20 = astuple(x16, x19)
    x21 = mostcolor(I)
    x22 = canvas(x21, x20)
    x23 = decrement(x20)
    x24 = lbind(multiply, x23)
    x25 = compose(halve, increment)
    x26 = chain(x24, x25, x7)
    x27 = fork(subtract, x26, x5)
    x28 = fork(shift, identity, x27)
    x29 = mapply(x28, x1)
    O = paint(x22, x29)
    return O


# The object of two colors, cut out, the rarer color turned into the other.
def solve_5117e062(I):
    x1 = objects(I, F, T, T)
    x2 = argmax(x1, numcolors)
    x3 = leastcolor(x2)
    x4 = mostcolor(x2)
    x5 = subgrid(x2, I)
    O = replace(x5, x3, x4)
    return O


# All rectangles are full but one: the color of that one, as a single cell.
def solve_b9b7f026(I):
    x1 = objects(I, T, F, T)
    x2 = compose(size, delta)
    x3 = extract(x1, x2)
    x4 = color(x3)
    O = canvas(x4, UNITY)
    return O


# The smallest rectangle, cut out.
def solve_23b5c85d(I):
    x1 = fgpartition(I)
    x2 = argmin(x1, size)
    O = subgrid(x2, I)
    return O


# Of the objects one shape comes most often: that shape, cut out.
def solve_39a8645d(I):
    x1 = objects(I, T, T, T)
    x2 = totuple(x1)
    x3 = apply(normalize, x2)
    x4 = mostcommon(x3)
    x5 = matcher(normalize, x4)
    x6 = extract(x2, x5)
    O = subgrid(x6, I)
    return O


# What lies between four corner dots, cut out, in the color of the dots.
def solve_3de23699(I):
    x1 = fgpartition(I)
    x2 = compose(size, backdrop)
    x3 = argmax(x1, x2)
    x4 = argmin(x1, x2)
    x5 = color(x3)
    x6 = fill(I, x5, x4)
    x7 = subgrid(x3, x6)
    O = trim(x7)
    return O


# The frame with the most dots inside, cut out, drawn in the color of the dots.
def solve_fcb5c309(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    x3 = color(x2)
    x4 = fgpartition(I)
    x5 = apply(color, x4)
    x6 = other(x5, x3)
    x7 = colorfilter(x1, x3)
    x8 = rbind(subgrid, I)
    x9 = rbind(colorcount, x6)
    x10 = compose(x9, x8)
    x11 = argmax(x7, x10)
    x12 = subgrid(x11, I)
    O = replace(x12, x3, x6)
    return O


# Of the spotted rectangles the one with the most spots, cut out; the background is what leaves full rectangles.
def solve_8efcae92(I):
    x1 = shape(I)
    x2 = canvas(ZERO, x1)
    x3 = lbind(ofcolor, I)
    x4 = lbind(fill, x2)
    x5 = lbind(x4, ONE)
    x6 = rbind(objects, F)
    x7 = rbind(x6, F)
    x8 = rbind(x7, T)
    x9 = rbind(colorfilter, ZERO)
    x10 = chain(x8, x5, x3)
    x11 = compose(x9, x10)
    x12 = lbind(mapply, delta)
    x13 = chain(size, x12, x11)
    x14 = palette(I)
    x15 = argmin(x14, x13)
    x16 = x11(x15)
    x17 = leastcolor(I)
    x18 = ofcolor(I, x17)
    x19 = lbind(intersection, x18)
    x20 = chain(size, x19, toindices)
    x21 = argmax(x16, x20)
    O = subgrid(x21, I)
    return O


# Of the spotted rectangles the one with the most red spots, cut out; the background is what leaves full rectangles.
def solve_e50d258f(I):
    x1 = shape(I)
    x2 = canvas(ZERO, x1)
    x3 = lbind(ofcolor, I)
    x4 = lbind(fill, x2)
    x5 = lbind(x4, ONE)
    x6 = rbind(objects, F)
    x7 = rbind(x6, F)
    x8 = rbind(x7, T)
    x9 = rbind(colorfilter, ZERO)
    x10 = chain(x8, x5, x3)
    x11 = compose(x9, x10)
    x12 = lbind(mapply, delta)
    x13 = chain(size, x12, x11)
    x14 = palette(I)
    x15 = argmin(x14, x13)
    x16 = x11(x15)
    x17 = ofcolor(I, TWO)
    x18 = lbind(intersection, x17)
    x19 = chain(size, x18, toindices)
    x20 = argmax(x16, x19)
    O = subgrid(x20, I)
    return O
