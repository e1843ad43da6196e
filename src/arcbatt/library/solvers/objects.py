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


# The object right below the grey dot, cut out.
def solve_48d8fb45(I):
    x1 = ofcolor(I, FIVE)
    x2 = first(x1)
    x3 = add(x2, DOWN)
    x4 = objects(I, T, T, T)
    x5 = lbind(contained, x3)
    x6 = compose(x5, toindices)
    x7 = extract(x4, x6)
    O = subgrid(x7, I)
    return O


# Among scattered dots of two colors lies a ring around a dot: the color of that dot, as a single cell.
def solve_d9fac9be(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    x3 = color(x2)
    x4 = mostcolor(I)
    x5 = palette(I)
    x6 = remove(x3, x5)
    x7 = remove(x4, x6)
    x8 = first(x7)
    O = canvas(x8, UNITY)
    return O


# Four corner pieces become the corners of one square with a free middle.
def solve_a61ba2ce(I):
    x1 = objects(I, T, F, T)
    x2 = mostcolor(I)
    x3 = rbind(subgrid, I)
    x4 = apply(x3, x1)
    x5 = rbind(index, UNITY)
    x6 = matcher(x5, x2)
    x7 = extract(x4, x6)
    x8 = rbind(index, DOWN)
    x9 = matcher(x8, x2)
    x10 = extract(x4, x9)
    x11 = rbind(index, RIGHT)
    x12 = matcher(x11, x2)
    x13 = extract(x4, x12)
    x14 = rbind(index, ORIGIN)
    x15 = matcher(x14, x2)
    x16 = extract(x4, x15)
    x17 = hconcat(x7, x10)
    x18 = hconcat(x13, x16)
    O = vconcat(x17, x18)
    return O


# The object with an azure cell, cut out, that cell in the color of the rest.
def solve_5117e062(I):
    x1 = objects(I, F, T, T)
    x2 = lbind(contained, EIGHT)
    x3 = compose(x2, palette)
    x4 = extract(x1, x3)
    x5 = mostcolor(x4)
    x6 = subgrid(x4, I)
    O = replace(x6, EIGHT, x5)
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


# The largest frame, cut out, drawn in the color of the dots.
def solve_fcb5c309(I):
    x1 = objects(I, T, F, T)
    x2 = argmax(x1, size)
    x3 = color(x2)
    x4 = fgpartition(I)
    x5 = matcher(color, x3)
    x6 = compose(flip, x5)
    x7 = extract(x4, x6)
    x8 = color(x7)
    x9 = subgrid(x2, I)
    O = replace(x9, x3, x8)
    return O


# Of the blue rectangles with red spots the one with the most spots, cut out.
def solve_8efcae92(I):
    x1 = replace(I, TWO, ONE)
    x2 = objects(x1, T, F, F)
    x3 = colorfilter(x2, ONE)
    x4 = ofcolor(I, TWO)
    x5 = lbind(intersection, x4)
    x6 = chain(size, x5, toindices)
    x7 = argmax(x3, x6)
    O = subgrid(x7, I)
    return O


# Of the spotted azure rectangles the one with the most red spots, cut out.
def solve_e50d258f(I):
    x1 = replace(I, TWO, EIGHT)
    x2 = replace(x1, ONE, EIGHT)
    x3 = objects(x2, T, F, F)
    x4 = colorfilter(x3, EIGHT)
    x5 = ofcolor(I, TWO)
    x6 = lbind(intersection, x5)
    x7 = chain(size, x6, toindices)
    x8 = argmax(x4, x7)
    O = subgrid(x8, I)
    return O
