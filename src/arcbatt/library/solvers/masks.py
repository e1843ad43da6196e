"""Starter solvers: two or more parts laid over each other, cell by cell. Data: parsed, never executed."""


# 2 where both halves are colored; the background is black, or else the most common color.
def solve_0520fde7(I):
    x1 = lefthalf(I)
    x2 = righthalf(I)
    x3 = combine(x1, x2)
    x4 = palette(x3)
    x5 = contained(ZERO, x4)
    x6 = mostcolor(x3)
    x7 = branch(x5, ZERO, x6)
    x8 = ofcolor(x1, x7)
    x9 = ofcolor(x2, x7)
    x10 = shape(x1)
    x11 = combine(x8, x9)
    x12 = canvas(TWO, x10)
    O = fill(x12, x7, x11)
    return O


# 8 where neither half is colored; the background is black, or else the most common color.
def solve_1b2d62fb(I):
    x1 = lefthalf(I)
    x2 = righthalf(I)
    x3 = combine(x1, x2)
    x4 = palette(x3)
    x5 = contained(ZERO, x4)
    x6 = mostcolor(x3)
    x7 = branch(x5, ZERO, x6)
    x8 = ofcolor(x1, x7)
    x9 = ofcolor(x2, x7)
    x10 = shape(x1)
    x11 = intersection(x8, x9)
    x12 = canvas(x7, x10)
    O = fill(x12, EIGHT, x11)
    return O


# 3 where exactly one of the halves is colored; the background is black, or else the most common color.
def solve_3428a4f5(I):
    x1 = tophalf(I)
    x2 = bottomhalf(I)
    x3 = combine(x1, x2)
    x4 = palette(x3)
    x5 = contained(ZERO, x4)
    x6 = mostcolor(x3)
    x7 = branch(x5, ZERO, x6)
    x8 = ofcolor(x1, x7)
    x9 = ofcolor(x2, x7)
    x10 = shape(x1)
    x11 = combine(x8, x9)
    x12 = intersection(x8, x9)
    x13 = difference(x11, x12)
    x14 = canvas(x7, x10)
    O = fill(x14, THREE, x13)
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
    x6 = merge(x1)
    x7 = mostcolor(x6)
    x8 = matcher(first, x7)
    x9 = compose(flip, x8)
    x10 = asobject(x5)
    x11 = sfilter(x10, x9)
    x12 = asobject(x2)
    x13 = sfilter(x12, x9)
    x14 = paint(x3, x11)
    O = paint(x14, x13)
    return O


# Four quarters stacked: from the bottom lower right, lower left, upper right, upper left.
def solve_a68b268e(I):
    x1 = tophalf(I)
    x2 = bottomhalf(I)
    x3 = lefthalf(x1)
    x4 = righthalf(x1)
    x5 = lefthalf(x2)
    x6 = righthalf(x2)
    x7 = combine(x3, x4)
    x8 = combine(x5, x6)
    x9 = combine(x7, x8)
    x10 = mostcolor(x9)
    x11 = matcher(first, x10)
    x12 = compose(flip, x11)
    x13 = asobject(x3)
    x14 = asobject(x4)
    x15 = asobject(x5)
    x16 = sfilter(x13, x12)
    x17 = sfilter(x14, x12)
    x18 = sfilter(x15, x12)
    x19 = paint(x6, x18)
    x20 = paint(x19, x17)
    O = paint(x20, x16)
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


# The four corners, laid over each other; those on one side share a row, left and right ones leave a column between.
def solve_bc1d5164(I):
    x1 = height(I)
    x2 = increment(x1)
    x3 = halve(x2)
    x4 = width(I)
    x5 = halve(x4)
    x6 = astuple(x3, x5)
    x7 = crop(I, ORIGIN, x6)
    x8 = vmirror(I)
    x9 = crop(x8, ORIGIN, x6)
    x10 = vmirror(x9)
    x11 = hmirror(I)
    x12 = crop(x11, ORIGIN, x6)
    x13 = hmirror(x12)
    x14 = rot180(I)
    x15 = crop(x14, ORIGIN, x6)
    x16 = rot180(x15)
    x17 = mostcolor(I)
    x18 = palette(I)
    x19 = other(x18, x17)
    x20 = ofcolor(x10, x19)
    x21 = ofcolor(x13, x19)
    x22 = ofcolor(x16, x19)
    x23 = fill(x7, x19, x20)
    x24 = fill(x23, x19, x21)
    O = fill(x24, x19, x22)
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
    x10 = minimum(x9)
    x11 = height(x5)
    x12 = width(x5)
    x13 = hupscale(x6, x12)
    x14 = vupscale(x13, x11)
    x15 = repeat(x5, x11)
    x16 = merge(x15)
    x17 = dmirror(x16)
    x18 = repeat(x17, x12)
    x19 = merge(x18)
    x20 = dmirror(x19)
    x21 = ofcolor(x20, x10)
    O = fill(x14, x10, x21)
    return O


# 1 for every part of the board that has two marks.
def solve_6773b310(I):
    x1 = leastcolor(I)
    x2 = rbind(colorcount, x1)
    x3 = matcher(x2, TWO)
    x4 = compose(sign, x3)
    x5 = lbind(apply, x4)
    x6 = frontiers(I)
    x7 = sfilter(x6, hline)
    x8 = sfilter(x6, vline)
    x9 = size(x7)
    x10 = size(x8)
    x11 = increment(x9)
    x12 = increment(x10)
    x13 = rbind(hsplit, x12)
    x14 = vsplit(I, x11)
    x15 = apply(x13, x14)
    O = apply(x5, x15)
    return O


# The small picture, seen through the holes of the large drawing.
def solve_6ecd11f4(I):
    x1 = objects(I, F, T, T)
    x2 = argmax(x1, numcolors)
    x3 = merge(x1)
    x4 = difference(x3, x2)
    x5 = subgrid(x2, I)
    x6 = subgrid(x4, I)
    x7 = width(x5)
    x8 = width(x6)
    x9 = divide(x8, x7)
    x10 = downscale(x6, x9)
    x11 = mostcolor(I)
    x12 = ofcolor(x10, x11)
    O = fill(x5, x11, x12)
    return O


# Inside the frame: the colored cells take the color of the nearest corner outside the frame.
def solve_77fdfe62(I):
    x1 = first(I)
    x2 = last(I)
    x3 = astuple(x1, x2)
    x4 = dmirror(x3)
    x5 = first(x4)
    x6 = last(x4)
    x7 = astuple(x5, x6)
    x8 = dmirror(x7)
    x9 = trim(I)
    x10 = trim(x9)
    x11 = height(x10)
    x12 = width(x10)
    x13 = halve(x11)
    x14 = halve(x12)
    x15 = hupscale(x8, x14)
    x16 = vupscale(x15, x13)
    x17 = index(I, ZERO_BY_TWO)
    x18 = ofcolor(x10, x17)
    O = fill(x16, x17, x18)
    return O
