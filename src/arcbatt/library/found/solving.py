"""Solvers that the search found on arc1-train, each under its command, run with the library of then."""


# arcbatt solve 025d127b --seed 0 --time-per-task 2 (enumeration)
def solve_025d127b(S, I):
    x1 = asobject(I)
    x2 = move(I, x1, RIGHT)
    x3 = objects(I, T, F, T)
    x4 = argmax(x3, size)
    x5 = remove(x4, x3)
    x6 = argmax(x5, size)
    x7 = paint(x2, x6)
    x8 = fgpartition(I)
    x9 = mapply(outbox, x8)
    x10 = fill(x7, ZERO, x9)
    x11 = last(x3)
    x12 = paint(x10, x11)
    return x12


# arcbatt solve 32597951 --seed 0 --time-per-task 2 (enumeration)
def solve_32597951(S, I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = backdrop(x2)
    x4 = difference(x3, x2)
    x5 = fill(I, THREE, x4)
    return x5


# arcbatt solve 3f7978a0 --seed 0 --time-per-task 2 (enumeration)
def solve_3f7978a0(S, I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = cover(I, x2)
    x4 = mapply(dneighbors, x2)
    x5 = fill(x3, ONE, x4)
    x6 = mapply(ineighbors, x2)
    x7 = fill(x5, x1, x6)
    x8 = fgpartition(x7)
    x9 = argmin(x8, mostcolor)
    x10 = subgrid(x9, I)
    return x10


# arcbatt solve 4612dd53 --seed 0 --time-per-task 2 (enumeration)
def solve_4612dd53(S, I):
    x1 = vmirror(I)
    x2 = palette(I)
    x3 = mostcolor(I)
    x4 = other(x2, x3)
    x5 = ofcolor(x1, x4)
    x6 = underfill(I, TWO, x5)
    x7 = objects(I, T, F, T)
    x8 = sizefilter(x7, ONE)
    x9 = merge(x8)
    x10 = shift(x9, RIGHT)
    x11 = fill(x6, TWO, x10)
    x12 = leastcolor(I)
    x13 = ofcolor(I, x12)
    x14 = box(x13)
    x15 = difference(x14, x13)
    x16 = fill(x11, TWO, x15)
    x17 = fork(recolor, color, backdrop)
    x18 = fgpartition(I)
    x19 = mapply(x17, x18)
    x20 = paint(I, x19)
    x21 = ofcolor(x20, ZERO)
    x22 = fill(x16, ZERO, x21)
    return x22


# arcbatt solve 54d9e175 --seed 0 --time-per-task 2 (enumeration)
def solve_54d9e175(S, I):
    x1 = shape(I)
    x2 = canvas(FIVE, x1)
    x3 = vconcat(I, x2)
    x4 = objects(x3, F, T, T)
    x5 = merge(x4)
    x6 = fill(I, SIX, x5)
    x7 = matcher(leastcolor, TWO)
    x8 = mfilter(x4, x7)
    x9 = fill(x6, SEVEN, x8)
    x10 = matcher(leastcolor, THREE)
    x11 = mfilter(x4, x10)
    x12 = fill(x9, EIGHT, x11)
    x13 = matcher(leastcolor, FOUR)
    x14 = mfilter(x4, x13)
    x15 = fill(x12, NINE, x14)
    return x15


# arcbatt solve 6c434453 --seed 0 --time-per-task 2 (enumeration)
def solve_6c434453(S, I):
    x1 = objects(I, T, F, T)
    x2 = valmax(x1, size)
    x3 = sizefilter(x1, x2)
    x4 = merge(x3)
    x5 = fill(I, ZERO, x4)
    x6 = objects(I, T, F, F)
    x7 = mostcolor(I)
    x8 = colorfilter(x6, x7)
    x9 = rbind(bordering, I)
    x10 = compose(flip, x9)
    x11 = mfilter(x8, x10)
    x12 = toindices(x11)
    x13 = mapply(dneighbors, x12)
    x14 = fill(x5, TWO, x13)
    x15 = fill(x14, TWO, x11)
    return x15


# arcbatt solve 776ffc46 --seed 0 --time-per-task 2 (evolution)
def solve_776ffc46(S, I):
    x1 = leastcolor(I)
    x2 = objects(I, F, T, T)
    x3 = argmax(x2, size)
    x4 = remove(x3, x2)
    x5 = delta(x3)
    x6 = lbind(intersection, x5)
    x7 = compose(x6, toindices)
    x8 = extract(x4, x7)
    x9 = remove(x8, x4)
    x10 = compose(normalize, toindices)
    x11 = x10(x8)
    x12 = matcher(x10, x11)
    x13 = mfilter(x9, x12)
    x14 = fill(I, x1, x13)
    return x14


# arcbatt solve 780d0b14 --seed 0 --time-per-task 2 (evolution)
def solve_780d0b14(S, I):
    x1 = partition(I)
    x2 = merge(x1)
    x3 = move(I, x2, (-2, 0))
    x4 = intersection(x2, x2)
    x5 = underpaint(x3, x4)
    x6 = downscale(x5, TEN)
    return x6


# arcbatt solve 7b6016b9 --seed 0 --time-per-task 2 (enumeration)
def solve_7b6016b9(S, I):
    x1 = objects(I, T, F, F)
    x2 = mostcolor(I)
    x3 = colorfilter(x1, x2)
    x4 = merge(x3)
    x5 = fill(I, TWO, x4)
    x6 = matcher(leftmost, ZERO)
    x7 = mfilter(x3, x6)
    x8 = fill(x5, THREE, x7)
    return x8


# arcbatt solve 83302e8f --seed 0 --time-per-task 2 (enumeration)
def solve_83302e8f(S, I):
    x1 = objects(I, T, T, F)
    x2 = colorfilter(x1, ZERO)
    x3 = merge(x2)
    x4 = fill(I, THREE, x3)
    x5 = matcher(square, F)
    x6 = mfilter(x2, x5)
    x7 = fill(x4, FOUR, x6)
    return x7


# arcbatt solve bda2d7a6 --seed 0 --time-per-task 2 (enumeration)
def solve_bda2d7a6(S, I):
    x1 = leastcolor(I)
    x2 = asobject(I)
    x3 = fill(I, x1, x2)
    x4 = mostcolor(I)
    x5 = lbind(recolor, x4)
    x6 = fgpartition(I)
    x7 = mapply(x5, x6)
    x8 = paint(x3, x7)
    x9 = objects(I, T, F, T)
    x10 = valmax(x9, size)
    x11 = sizefilter(x9, x10)
    x12 = lbind(argmin, x11)
    x13 = lbind(lbind, manhattan)
    x14 = chain(color, x12, x13)
    x15 = fork(recolor, x14, identity)
    x16 = difference(x9, x11)
    x17 = merge(x16)
    x18 = apply(initset, x17)
    x19 = mapply(x15, x18)
    x20 = paint(x8, x19)
    return x20


# arcbatt solve d364b489 --seed 0 --time-per-task 2 (enumeration)
def solve_d364b489(S, I):
    x1 = ofcolor(I, ONE)
    x2 = mapply(dneighbors, x1)
    x3 = fill(I, EIGHT, x2)
    x4 = leastcolor(I)
    x5 = ofcolor(I, x4)
    x6 = shift(x5, RIGHT)
    x7 = fill(x3, SIX, x6)
    x8 = shift(x5, LEFT)
    x9 = fill(x7, SEVEN, x8)
    x10 = chain(toivec, invert, height)
    x11 = fork(shift, identity, x10)
    x12 = objects(I, T, F, T)
    x13 = mapply(x11, x12)
    x14 = fill(x9, TWO, x13)
    return x14
