"""Starter solvers: two or more parts laid over each other, cell by cell. Data: parsed, never executed."""


# 2 where both halves are colored; the cut is the one that leaves the fewest colors, the background what both share.
def solve_0520fde7(I):
    x1 = vsplit(I, TWO)
    x2 = hsplit(I, TWO)
    x3 = valmax(x1, numcolors)
    x4 = valmax(x2, numcolors)
    x5 = greater(x3, x4)
    x6 = branch(x5, x2, x1)
    x7 = first(x6)
    x8 = last(x6)
    x9 = palette(x7)
    x10 = palette(x8)
    x11 = intersection(x9, x10)
    x12 = first(x11)
    x13 = ofcolor(x7, x12)
    x14 = ofcolor(x8, x12)
    x15 = combine(x13, x14)
    x16 = shape(x7)
    x17 = canvas(TWO, x16)
    O = fill(x17, x12, x15)
    return O


# 8 where neither half is colored; the cut leaves the fewest colors, the background is what both halves share.
def solve_1b2d62fb(I):
    x1 = vsplit(I, TWO)
    x2 = hsplit(I, TWO)
    x3 = valmax(x1, numcolors)
    x4 = valmax(x2, numcolors)
    x5 = greater(x3, x4)
    x6 = branch(x5, x2, x1)
    x7 = first(x6)
    x8 = last(x6)
    x9 = palette(x7)
    x10 = palette(x8)
    x11 = intersection(x9, x10)
    x12 = first(x11)
    x13 = ofcolor(x7, x12)
    x14 = ofcolor(x8, x12)
    x15 = intersection(x13, x14)
    x16 = shape(x7)
    x17 = canvas(x12, x16)
    O = fill(x17, EIGHT, x15)
    return O


# 3 where exactly one of the halves is colored; the cut leaves the fewest colors, the background is shared.
def solve_3428a4f5(I):
    x1 = vsplit(I, TWO)
    x2 = hsplit(I, TWO)
    x3 = valmax(x1, numcolors)
    x4 = valmax(x2, numcolors)
    x5 = greater(x3, x4)
    x6 = branch(x5, x2, x1)
    x7 = first(x6)
    x8 = last(x6)
    x9 = palette(x7)
    x10 = palette(x8)
    x11 = intersection(x9, x10)
    x12 = first(x11)
    x13 = ofcolor(x7, x12)
    x14 = ofcolor(x8, x12)
    x15 = combine(x13, x14)
    x16 = intersection(x13, x14)
    x17 = difference(x15, x16)
    x18 = shape(x7)
    x19 = canvas(x12, x18)
    O = fill(x19, THREE, x17)
    return O


# 3 where both halves show their common background; the cut is the one that leaves the fewest colors.
def solve_6430c8c4(I):
    x1 = vsplit(I, TWO)
    x2 = hsplit(I, TWO)
    x3 = valmax(x1, numcolors)
    x4 = valmax(x2, numcolors)
    x5 = greater(x3, x4)
    x6 = branch(x5, x2, x1)
    x7 = first(x6)
    x8 = last(x6)
    x9 = palette(x7)
    x10 = palette(x8)
    x11 = intersection(x9, x10)
    x12 = first(x11)
    x13 = ofcolor(x7, x12)
    x14 = ofcolor(x8, x12)
    x15 = intersection(x13, x14)
    x16 = shape(x7)
    x17 = canvas(x12, x16)
    O = fill(x17, THREE, x15)
    return O


# 2 where neither half is colored; the cut is the one that leaves the fewest colors.
def solve_94f9d214(I):
    x1 = vsplit(I, TWO)
    x2 = hsplit(I, TWO)
    x3 = valmax(x1, numcolors)
    x4 = valmax(x2, numcolors)
    x5 = greater(x3, x4)
    x6 = branch(x5, x2, x1)
    x7 = first(x6)
    x8 = last(x6)
    x9 = palette(x7)
    x10 = palette(x8)
    x11 = intersection(x9, x10)
    x12 = first(x11)
    x13 = ofcolor(x7, x12)
    x14 = ofcolor(x8, x12)
    x15 = intersection(x13, x14)
    x16 = shape(x7)
    x17 = canvas(x12, x16)
    O = fill(x17, TWO, x15)
    return O


# 2 where both halves are empty; the cut is the one that leaves the fewest colors.
def solve_fafffa47(I):
    x1 = vsplit(I, TWO)
    x2 = hsplit(I, TWO)
    x3 = valmax(x1, numcolors)
    x4 = valmax(x2, numcolors)
    x5 = greater(x3, x4)
    x6 = branch(x5, x2, x1)
    x7 = first(x6)
    x8 = last(x6)
    x9 = palette(x7)
    x10 = palette(x8)
    x11 = intersection(x9, x10)
    x12 = first(x11)
    x13 = ofcolor(x7, x12)
    x14 = ofcolor(x8, x12)
    x15 = intersection(x13, x14)
    x16 = shape(x7)
    x17 = canvas(x12, x16)
    O = fill(x17, TWO, x15)
    return O


# 3 where neither half is colored; the cut is the one that leaves the fewest colors.
def solve_f2829549(I):
    x1 = vsplit(I, TWO)
    x2 = hsplit(I, TWO)
    x3 = valmax(x1, numcolors)
    x4 = valmax(x2, numcolors)
    x5 = greater(x3, x4)
    x6 = branch(x5, x2, x1)
    x7 = first(x6)
    x8 = last(x6)
    x9 = palette(x7)
    x10 = palette(x8)
    x11 = intersection(x9, x10)
    x12 = first(x11)
    x13 = ofcolor(x7, x12)
    x14 = ofcolor(x8, x12)
    x15 = intersection(x13, x14)
    x16 = shape(x7)
    x17 = canvas(x12, x16)
    O = fill(x17, THREE, x15)
    return O


# 3 where one half is colored and the other is not; the cut is the one that leaves the fewest colors.
def solve_99b1bc43(I):
    x1 = vsplit(I, TWO)
    x2 = hsplit(I, TWO)
    x3 = valmax(x1, numcolors)
    x4 = valmax(x2, numcolors)
    x5 = greater(x3, x4)
    x6 = branch(x5, x2, x1)
    x7 = first(x6)
    x8 = last(x6)
    x9 = palette(x7)
    x10 = palette(x8)
    x11 = intersection(x9, x10)
    x12 = first(x11)
    x13 = ofcolor(x7, x12)
    x14 = ofcolor(x8, x12)
    x15 = combine(x13, x14)
    x16 = intersection(x13, x14)
    x17 = difference(x15, x16)
    x18 = shape(x7)
    x19 = canvas(x12, x18)
    O = fill(x19, THREE, x17)
    return O


# 3 where one of the halves is colored or both; the cut is the one that leaves the fewest colors.
def solve_ce4f8723(I):
    x1 = vsplit(I, TWO)
    x2 = hsplit(I, TWO)
    x3 = valmax(x1, numcolors)
    x4 = valmax(x2, numcolors)
    x5 = greater(x3, x4)
    x6 = branch(x5, x2, x1)
    x7 = first(x6)
    x8 = last(x6)
    x9 = palette(x7)
    x10 = palette(x8)
    x11 = intersection(x9, x10)
    x12 = first(x11)
    x13 = ofcolor(x7, x12)
    x14 = ofcolor(x8, x12)
    x15 = intersection(x13, x14)
    x16 = shape(x7)
    x17 = canvas(THREE, x16)
    O = fill(x17, x12, x15)
    return O


# 6 where one of the halves is colored or both; the cut is the one that leaves the fewest colors.
def solve_dae9d2b5(I):
    x1 = vsplit(I, TWO)
    x2 = hsplit(I, TWO)
    x3 = valmax(x1, numcolors)
    x4 = valmax(x2, numcolors)
    x5 = greater(x3, x4)
    x6 = branch(x5, x2, x1)
    x7 = first(x6)
    x8 = last(x6)
    x9 = palette(x7)
    x10 = palette(x8)
    x11 = intersection(x9, x10)
    x12 = first(x11)
    x13 = ofcolor(x7, x12)
    x14 = ofcolor(x8, x12)
    x15 = intersection(x13, x14)
    x16 = shape(x7)
    x17 = canvas(SIX, x16)
    O = fill(x17, x12, x15)
    return O


# The drawing of the last half laid over the first; the cut is the one that leaves the fewest colors.
def solve_e98196ab(I):
    x1 = vsplit(I, TWO)
    x2 = hsplit(I, TWO)
    x3 = valmax(x1, numcolors)
    x4 = valmax(x2, numcolors)
    x5 = greater(x3, x4)
    x6 = branch(x5, x2, x1)
    x7 = first(x6)
    x8 = last(x6)
    x9 = fgpartition(x8)
    x10 = merge(x9)
    O = paint(x7, x10)
    return O


# Three parts stacked: the left one lies on top, then the middle one, then the right one.
def solve_cf98881b(I):
    x1 = hsplit(I, THREE)
    x2 = first(x1)
    x3 = last(x1)
    x4 = remove(x2, x1)
    x5 = first(x4)
    x6 = palette(x2)
    x7 = palette(x3)
    x8 = intersection(x6, x7)
    x9 = first(x8)
    x10 = matcher(first, x9)
    x11 = compose(flip, x10)
    x12 = asobject(x5)
    x13 = sfilter(x12, x11)
    x14 = asobject(x2)
    x15 = sfilter(x14, x11)
    x16 = paint(x3, x13)
    O = paint(x16, x15)
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


# Each color comes with a cell of the color that all objects have: all of them, laid over each other at that cell.
def solve_137eaa0f(I):
    x1 = objects(I, F, T, T)
    x2 = totuple(x1)
    x3 = apply(palette, x2)
    x4 = merge(x3)
    x5 = mostcommon(x4)
    x6 = fgpartition(I)
    x7 = matcher(color, x5)
    x8 = extract(x6, x7)
    x9 = remove(x8, x6)
    x10 = apply(initset, x8)
    x11 = lbind(argmin, x10)
    x12 = lbind(lbind, manhattan)
    x13 = compose(x11, x12)
    x14 = fork(combine, identity, x13)
    x15 = chain(invert, ulcorner, x13)
    x16 = fork(shift, x14, x15)
    x17 = mapply(x16, x9)
    x18 = normalize(x17)
    x19 = shape(x18)
    x20 = mostcolor(I)
    x21 = canvas(x20, x19)
    O = paint(x21, x18)
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


# 1 for every part of the board that has two marks, the background for the others.
def solve_6773b310(I):
    x1 = compress(I)
    x2 = leastcolor(x1)
    x3 = rbind(colorcount, x2)
    x4 = matcher(x3, TWO)
    x5 = compose(sign, x4)
    x6 = lbind(apply, x5)
    x7 = frontiers(I)
    x8 = sfilter(x7, hline)
    x9 = sfilter(x7, vline)
    x10 = size(x8)
    x11 = size(x9)
    x12 = increment(x10)
    x13 = increment(x11)
    x14 = rbind(hsplit, x13)
    x15 = vsplit(I, x12)
    x16 = apply(x14, x15)
    x17 = apply(x6, x16)
    x18 = mostcolor(I)
    O = replace(x17, ZERO, x18)
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
