"""Starter solvers: two or more parts laid over each other, cell by cell. Data: parsed, never executed."""


# 2 where both halves are colored.
def solve_0520fde7(I):
    x1 = lefthalf(I)
    x2 = righthalf(I)
    x3 = palette(x1)
    x4 = palette(x2)
    x5 = intersection(x3, x4)
    x6 = first(x5)
    x7 = ofcolor(x1, x6)
    x8 = ofcolor(x2, x6)
    x9 = combine(x7, x8)
    x10 = shape(x1)
    x11 = canvas(TWO, x10)
    O = fill(x11, x6, x9)
    return O


# 8 where neither the left nor the right half is colored.
def solve_1b2d62fb(I):
    x1 = lefthalf(I)
    x2 = righthalf(I)
    x3 = palette(x1)
    x4 = palette(x2)
    x5 = intersection(x3, x4)
    x6 = first(x5)
    x7 = ofcolor(x1, x6)
    x8 = ofcolor(x2, x6)
    x9 = intersection(x7, x8)
    x10 = shape(x1)
    x11 = canvas(x6, x10)
    O = fill(x11, EIGHT, x9)
    return O


# 3 where exactly one of the halves is colored.
def solve_3428a4f5(I):
    x1 = tophalf(I)
    x2 = bottomhalf(I)
    x3 = palette(x1)
    x4 = palette(x2)
    x5 = intersection(x3, x4)
    x6 = first(x5)
    x7 = ofcolor(x1, x6)
    x8 = ofcolor(x2, x6)
    x9 = combine(x7, x8)
    x10 = intersection(x7, x8)
    x11 = difference(x9, x10)
    x12 = shape(x1)
    x13 = canvas(x6, x12)
    O = fill(x13, THREE, x11)
    return O


# 3 where both halves show their common background.
def solve_6430c8c4(I):
    x1 = tophalf(I)
    x2 = bottomhalf(I)
    x3 = palette(x1)
    x4 = palette(x2)
    x5 = intersection(x3, x4)
    x6 = first(x5)
    x7 = ofcolor(x1, x6)
    x8 = ofcolor(x2, x6)
    x9 = intersection(x7, x8)
    x10 = shape(x1)
    x11 = canvas(x6, x10)
    O = fill(x11, THREE, x9)
    return O


# 2 where neither the upper nor the lower half is colored.
def solve_94f9d214(I):
    x1 = tophalf(I)
    x2 = bottomhalf(I)
    x3 = palette(x1)
    x4 = palette(x2)
    x5 = intersection(x3, x4)
    x6 = first(x5)
    x7 = ofcolor(x1, x6)
    x8 = ofcolor(x2, x6)
    x9 = intersection(x7, x8)
    x10 = shape(x1)
    x11 = canvas(x6, x10)
    O = fill(x11, TWO, x9)
    return O


# 2 where both halves are empty.
def solve_fafffa47(I):
    x1 = vsplit(I, TWO)
    x2 = first(x1)
    x3 = last(x1)
    x4 = palette(x2)
    x5 = palette(x3)
    x6 = intersection(x4, x5)
    x7 = first(x6)
    x8 = ofcolor(x2, x7)
    x9 = ofcolor(x3, x7)
    x10 = intersection(x8, x9)
    x11 = shape(x2)
    x12 = canvas(x7, x11)
    O = fill(x12, TWO, x10)
    return O


# 3 where neither the left nor the right half is colored.
def solve_f2829549(I):
    x1 = lefthalf(I)
    x2 = righthalf(I)
    x3 = palette(x1)
    x4 = palette(x2)
    x5 = intersection(x3, x4)
    x6 = first(x5)
    x7 = ofcolor(x1, x6)
    x8 = ofcolor(x2, x6)
    x9 = intersection(x7, x8)
    x10 = shape(x1)
    x11 = canvas(x6, x10)
    O = fill(x11, THREE, x9)
    return O


# 3 where one half is colored and the other is not.
def solve_99b1bc43(I):
    x1 = tophalf(I)
    x2 = bottomhalf(I)
    x3 = palette(x1)
    x4 = palette(x2)
    x5 = intersection(x3, x4)
    x6 = first(x5)
    x7 = ofcolor(x1, x6)
    x8 = ofcolor(x2, x6)
    x9 = difference(x7, x8)
    x10 = difference(x8, x7)
    x11 = shape(x1)
    x12 = canvas(x6, x11)
    x13 = fill(x12, THREE, x9)
    O = fill(x13, THREE, x10)
    return O


# 3 where the upper or the lower half is colored.
def solve_ce4f8723(I):
    x1 = tophalf(I)
    x2 = bottomhalf(I)
    x3 = palette(x1)
    x4 = palette(x2)
    x5 = intersection(x3, x4)
    x6 = first(x5)
    x7 = ofcolor(x1, x6)
    x8 = ofcolor(x2, x6)
    x9 = intersection(x7, x8)
    x10 = shape(x1)
    x11 = canvas(THREE, x10)
    O = fill(x11, x6, x9)
    return O


# 6 where the left or the right half is colored.
def solve_dae9d2b5(I):
    x1 = lefthalf(I)
    x2 = righthalf(I)
    x3 = palette(x1)
    x4 = palette(x2)
    x5 = intersection(x3, x4)
    x6 = first(x5)
    x7 = ofcolor(x1, x6)
    x8 = ofcolor(x2, x6)
    x9 = intersection(x7, x8)
    x10 = shape(x1)
    x11 = canvas(SIX, x10)
    O = fill(x11, x6, x9)
    return O


# The drawing of the lower half laid over the upper half.
def solve_e98196ab(I):
    x1 = tophalf(I)
    x2 = bottomhalf(I)
    x3 = fgpartition(x2)
    x4 = merge(x3)
    O = paint(x1, x4)
    return O


# Three parts stacked: the left one lies on top, then the middle one, then the right one.
def solve_cf98881b(I):
    x1 = hsplit(I, THREE)
    x2 = first(x1)
    x3 = last(x1)
    x4 = remove(x2, x1)
    x5 = first(x4)
    x6 = mostcolor(I)
    x7 = matcher(first, x6)
    x8 = compose(flip, x7)
    x9 = asobject(x5)
    x10 = sfilter(x9, x8)
    x11 = asobject(x2)
    x12 = sfilter(x11, x8)
    x13 = paint(x3, x10)
    O = paint(x13, x12)
    return O


# Four quarters stacked: from the bottom lower right, lower left, upper right, upper left.
def solve_a68b268e(I):
    x1 = tophalf(I)
    x2 = bottomhalf(I)
    x3 = lefthalf(x1)
    x4 = righthalf(x1)
    x5 = lefthalf(x2)
    x6 = righthalf(x2)
    x7 = mostcolor(I)
    x8 = matcher(first, x7)
    x9 = compose(flip, x8)
    x10 = asobject(x3)
    x11 = asobject(x4)
    x12 = asobject(x5)
    x13 = sfilter(x10, x9)
    x14 = sfilter(x11, x9)
    x15 = sfilter(x12, x9)
    x16 = paint(x6, x15)
    x17 = paint(x16, x14)
    O = paint(x17, x13)
    return O


# Four quarters stacked: from the bottom upper left, lower right, lower left, upper right.
def solve_75b8110e(I):
    x1 = tophalf(I)
    x2 = bottomhalf(I)
    x3 = lefthalf(x1)
    x4 = righthalf(x1)
    x5 = lefthalf(x2)
    x6 = righthalf(x2)
    x7 = mostcolor(I)
    x8 = matcher(first, x7)
    x9 = compose(flip, x8)
    x10 = asobject(x4)
    x11 = asobject(x5)
    x12 = asobject(x6)
    x13 = sfilter(x10, x9)
    x14 = sfilter(x11, x9)
    x15 = sfilter(x12, x9)
    x16 = paint(x3, x15)
    x17 = paint(x16, x14)
    O = paint(x17, x13)
    return O


# The four corners, 3 by 3 each, laid over each other.
def solve_bc1d5164(I):
    x1 = crop(I, ORIGIN, THREE_BY_THREE)
    x2 = rot90(I)
    x3 = crop(x2, ORIGIN, THREE_BY_THREE)
    x4 = rot270(x3)
    x5 = rot180(I)
    x6 = crop(x5, ORIGIN, THREE_BY_THREE)
    x7 = rot180(x6)
    x8 = rot270(I)
    x9 = crop(x8, ORIGIN, THREE_BY_THREE)
    x10 = rot90(x9)
    x11 = mostcolor(I)
    x12 = palette(I)
    x13 = other(x12, x11)
    x14 = ofcolor(x4, x13)
    x15 = ofcolor(x7, x13)
    x16 = ofcolor(x10, x13)
    x17 = fill(x1, x13, x14)
    x18 = fill(x17, x13, x15)
    O = fill(x18, x13, x16)
    return O


# Everything around the cells of color 5, laid over each other with the 5 in the middle.
def solve_137eaa0f(I):
    x1 = ofcolor(I, FIVE)
    x2 = mostcolor(I)
    x3 = matcher(first, x2)
    x4 = compose(flip, x3)
    x5 = asobject(I)
    x6 = sfilter(x5, x4)
    x7 = lbind(subtract, UNITY)
    x8 = lbind(shift, x6)
    x9 = compose(x8, x7)
    x10 = mapply(x9, x1)
    x11 = canvas(x2, THREE_BY_THREE)
    x12 = paint(x11, x10)
    x13 = initset(UNITY)
    O = fill(x12, FIVE, x13)
    return O


# Each colored cell of one part becomes a copy of the one-colored part, in its color.
def solve_b190f7f5(I):
    x1 = portrait(I)
    x2 = vsplit(I, TWO)
    x3 = hsplit(I, TWO)
    x4 = branch(x1, x2, x3)
    x5 = argmin(x4, numcolors)
    x6 = argmax(x4, numcolors)
    x7 = palette(x5)
    x8 = palette(x6)
    x9 = intersection(x7, x8)
    x10 = first(x9)
    x11 = height(x5)
    x12 = upscale(x6, x11)
    x13 = repeat(x5, x11)
    x14 = merge(x13)
    x15 = dmirror(x14)
    x16 = repeat(x15, x11)
    x17 = merge(x16)
    x18 = dmirror(x17)
    x19 = ofcolor(x18, x10)
    O = fill(x12, x10, x19)
    return O


# 1 for every part of the board that has two marks.
def solve_6773b310(I):
    x1 = leastcolor(I)
    x2 = rbind(colorcount, x1)
    x3 = matcher(x2, TWO)
    x4 = compose(sign, x3)
    x5 = lbind(apply, x4)
    x6 = rbind(hsplit, THREE)
    x7 = vsplit(I, THREE)
    x8 = apply(x6, x7)
    O = apply(x5, x8)
    return O


# The small picture, seen through the holes of the large one.
def solve_6ecd11f4(I):
    x1 = objects(I, F, T, T)
    x2 = argmax(x1, numcolors)
    x3 = argmin(x1, numcolors)
    x4 = subgrid(x2, I)
    x5 = subgrid(x3, I)
    x6 = width(x4)
    x7 = width(x5)
    x8 = divide(x7, x6)
    x9 = downscale(x5, x8)
    x10 = mostcolor(I)
    x11 = ofcolor(x9, x10)
    O = fill(x4, x10, x11)
    return O


# Inside the frame: the colored cells take the color of the nearest corner outside the frame.
def solve_77fdfe62(I):
    x1 = height(I)
    x2 = decrement(x1)
    x3 = downscale(I, x2)
    x4 = trim(I)
    x5 = trim(x4)
    x6 = height(x5)
    x7 = halve(x6)
    x8 = upscale(x3, x7)
    x9 = index(I, ZERO_BY_TWO)
    x10 = ofcolor(x5, x9)
    O = fill(x8, x9, x10)
    return O
