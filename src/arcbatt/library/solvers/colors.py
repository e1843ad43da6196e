"""Starter solvers: colors replaced, counted, ordered. Data: parsed, never executed."""


# Color 6 becomes 2.
def solve_b1948b0a(I):
    O = replace(I, SIX, TWO)
    return O


# Color 7 becomes 5.
def solve_c8f0f002(I):
    O = replace(I, SEVEN, FIVE)
    return O


# Colors 5 and 8 change places.
def solve_d511f180(I):
    O = switch(I, FIVE, EIGHT)
    return O


# Four pairs of colors change places: 1 and 5, 2 and 6, 3 and 4, 8 and 9.
def solve_0d3d703e(I):
    x1 = switch(I, ONE, FIVE)
    x2 = switch(x1, TWO, SIX)
    x3 = switch(x2, THREE, FOUR)
    O = switch(x3, EIGHT, NINE)
    return O


# Color 5 takes the other color, which becomes black.
def solve_f76d97a5(I):
    x1 = palette(I)
    x2 = other(x1, FIVE)
    x3 = replace(I, x2, ZERO)
    O = replace(x3, FIVE, x2)
    return O


# All cells in the most common color.
def solve_5582e5ca(I):
    x1 = mostcolor(I)
    x2 = shape(I)
    O = canvas(x1, x2)
    return O


# Everything but the most common color becomes 5.
def solve_9565186b(I):
    x1 = mostcolor(I)
    x2 = ofcolor(I, x1)
    x3 = shape(I)
    x4 = canvas(FIVE, x3)
    O = fill(x4, x1, x2)
    return O


# The shape is told by how many of the corners it covers: one 1, all 2, two 3, none 6.
def solve_27a28665(I):
    x1 = partition(I)
    x2 = compose(invert, size)
    x3 = order(x1, x2)
    x4 = compose(size, backdrop)
    x5 = argmin(x3, x4)
    x6 = corners(x5)
    x7 = toindices(x5)
    x8 = intersection(x6, x7)
    x9 = size(x8)
    x10 = equality(x9, ONE)
    x11 = equality(x9, TWO)
    x12 = equality(x9, FOUR)
    x13 = branch(x12, TWO, SIX)
    x14 = branch(x11, THREE, x13)
    x15 = branch(x10, ONE, x14)
    O = canvas(x15, UNITY)
    return O


# As many cells of 2 as there are of 1: along the top row, the fourth in the center.
def solve_794b24be(I):
    x1 = colorcount(I, ONE)
    x2 = decrement(x1)
    x3 = tojvec(x2)
    x4 = connect(ORIGIN, x3)
    x5 = mostcolor(I)
    x6 = canvas(x5, THREE_BY_THREE)
    x7 = fill(x6, TWO, x4)
    x8 = initset(UNITY)
    x9 = fill(x7, TWO, x8)
    x10 = greater(x1, THREE)
    O = branch(x10, x9, x7)
    return O


# Nested rings exchange their colors, the outermost with the innermost and so on.
def solve_85c4e7cd(I):
    x1 = shape(I)
    x2 = minimum(x1)
    x3 = halve(x2)
    x4 = interval(ZERO, x3, ONE)
    x5 = fork(astuple, identity, identity)
    x6 = decrement(x1)
    x7 = lbind(subtract, x6)
    x8 = fork(astuple, x5, x7)
    x9 = compose(box, x8)
    x10 = decrement(x3)
    x11 = lbind(subtract, x10)
    x12 = lbind(index, I)
    x13 = chain(x12, x5, x11)
    x14 = fork(recolor, x13, x9)
    x15 = apply(x14, x4)
    x16 = merge(x15)
    O = paint(I, x16)
    return O


# Every second column shows the two rows exchanged.
def solve_e9afcf9a(I):
    x1 = hmirror(I)
    x2 = asindices(I)
    x3 = compose(even, last)
    x4 = sfilter(x2, x3)
    x5 = toobject(x4, I)
    O = paint(x1, x5)
    return O


# Every second column's cell, counted from the right edge, turns 3.
def solve_d406998b(I):
    x1 = mostcolor(I)
    x2 = palette(I)
    x3 = other(x2, x1)
    x4 = vmirror(I)
    x5 = ofcolor(x4, x3)
    x6 = compose(even, last)
    x7 = sfilter(x5, x6)
    x8 = fill(x4, THREE, x7)
    O = vmirror(x8)
    return O


# In every third column, from the first on, what is not black turns 6.
def solve_ba26e723(I):
    x1 = asindices(I)
    x2 = ofcolor(I, ZERO)
    x3 = difference(x1, x2)
    x4 = width(I)
    x5 = interval(ZERO, x4, THREE)
    x6 = rbind(contained, x5)
    x7 = compose(x6, last)
    x8 = sfilter(x3, x7)
    O = fill(I, SIX, x8)
    return O


# Below the two lines, turned to the top, one line in each color of the first, over and over.
def solve_bd4472b8(I):
    x1 = lbind(power, rot90)
    x2 = compose(initset, x1)
    x3 = rbind(rapply, I)
    x4 = chain(first, x3, x2)
    x5 = chain(numcolors, bottomhalf, x4)
    x6 = interval(ONE, FIVE, ONE)
    x7 = argmin(x6, x5)
    x8 = x4(x7)
    x9 = first(x8)
    x10 = width(x8)
    x11 = rbind(repeat, x10)
    x12 = apply(x11, x9)
    x13 = height(x8)
    x14 = repeat(x12, x13)
    x15 = merge(x14)
    x16 = astuple(TWO, x10)
    x17 = crop(x8, ORIGIN, x16)
    x18 = vconcat(x17, x15)
    x19 = shape(x8)
    x20 = crop(x18, ORIGIN, x19)
    x21 = subtract(EIGHT, x7)
    x22 = x1(x21)
    O = x22(x20)
    return O


# Noise goes: every stripe, along rows or columns, in its most common color.
def solve_e26a3af2(I):
    x1 = apply(mostcommon, I)
    x2 = repeat(x1, ONE)
    x3 = dmirror(x2)
    x4 = width(I)
    x5 = hupscale(x3, x4)
    x6 = dmirror(I)
    x7 = apply(mostcommon, x6)
    x8 = height(I)
    x9 = repeat(x7, x8)
    x10 = asobject(I)
    x11 = lbind(difference, x10)
    x12 = chain(size, x11, asobject)
    x13 = initset(x9)
    x14 = insert(x5, x13)
    O = argmin(x14, x12)
    return O


# Only the middle column stays.
def solve_d23f8c26(I):
    x1 = asindices(I)
    x2 = center(x1)
    x3 = vfrontier(x2)
    x4 = toobject(x3, I)
    x5 = mostcolor(I)
    x6 = shape(I)
    x7 = canvas(x5, x6)
    O = paint(x7, x4)
    return O


# A frame of 8 around the grid.
def solve_6f8cd79b(I):
    x1 = asindices(I)
    x2 = box(x1)
    O = fill(I, EIGHT, x2)
    return O


# Diagonals from the center in its color.
def solve_ea786f4a(I):
    x1 = asindices(I)
    x2 = center(x1)
    x3 = index(I, x2)
    x4 = lbind(shoot, x2)
    x5 = ineighbors(ORIGIN)
    x6 = mapply(x4, x5)
    O = fill(I, x3, x6)
    return O


# The color of the region with the most specks in it; the specks have the color of the most objects.
def solve_de1cd16c(I):
    x1 = objects(I, T, F, F)
    x2 = totuple(x1)
    x3 = apply(color, x2)
    x4 = mostcommon(x3)
    x5 = partition(I)
    x6 = matcher(color, x4)
    x7 = compose(flip, x6)
    x8 = sfilter(x5, x7)
    x9 = rbind(subgrid, I)
    x10 = rbind(colorcount, x4)
    x11 = compose(x10, x9)
    x12 = argmax(x8, x11)
    x13 = color(x12)
    O = canvas(x13, UNITY)
    return O


# The colors without the two most common ones, the more frequent first.
def solve_f8b3ba0a(I):
    x1 = palette(I)
    x2 = lbind(colorcount, I)
    x3 = compose(invert, x2)
    x4 = order(x1, x3)
    x5 = repeat(x4, ONE)
    x6 = dmirror(x5)
    x7 = size(x4)
    x8 = astuple(x7, ONE)
    O = crop(x6, TWO_BY_ZERO, x8)
    return O


# The color picks one of three signs, drawn in 5: a plus for 1, a T for 2, an angle for 3.
def solve_d4469b4b(I):
    x1 = palette(I)
    x2 = contained(ONE, x1)
    x3 = contained(TWO, x1)
    x4 = hfrontier(ORIGIN)
    x5 = hfrontier(UNITY)
    x6 = hfrontier(TWO_BY_TWO)
    x7 = vfrontier(UNITY)
    x8 = vfrontier(TWO_BY_TWO)
    x9 = combine(x5, x7)
    x10 = combine(x4, x7)
    x11 = combine(x6, x8)
    x12 = branch(x3, x10, x11)
    x13 = branch(x2, x9, x12)
    x14 = canvas(ZERO, THREE_BY_THREE)
    O = fill(x14, FIVE, x13)
    return O


# Objects with the shape of the one in the frame get its color.
def solve_776ffc46(I):
    x1 = objects(I, T, F, T)
    x2 = fork(equality, toindices, box)
    x3 = sfilter(x1, x2)
    x4 = compose(size, delta)
    x5 = argmax(x3, x4)
    x6 = delta(x5)
    x7 = lbind(intersection, x6)
    x8 = compose(x7, toindices)
    x9 = extract(x1, x8)
    x10 = compose(normalize, toindices)
    x11 = x10(x9)
    x12 = matcher(x10, x11)
    x13 = mfilter(x1, x12)
    x14 = color(x9)
    O = fill(I, x14, x13)
    return O


# Nested rings hand their color to the next one inside; the outermost gets that of the innermost.
def solve_bda2d7a6(I):
    x1 = objects(I, T, F, F)
    x2 = order(x1, uppermost)
    x3 = apply(color, x2)
    x4 = first(x3)
    x5 = remove(x4, x3)
    x6 = last(x5)
    x7 = repeat(x6, ONE)
    x8 = combine(x7, x3)
    x9 = mpapply(recolor, x8, x2)
    O = paint(I, x9)
    return O
