"""Programs whose built functions are called on the same arguments again and again: for each object over all cells, for
each cell over all objects, for each object over all others. Data for ``calls.py``.

None of them solves a task. Each says what it does; all give a grid on most inputs.
"""

from __future__ import annotations

PROGRAMS = """
# Each cell in the color of the object nearest to it: found out for every cell once an object.
def solve_territories(I):
    x1 = objects(I, T, F, T)
    x2 = asindices(I)
    x3 = lbind(rbind, manhattan)
    x4 = compose(x3, initset)
    x5 = lbind(argmin, x1)
    x6 = compose(x5, x4)
    x7 = lbind(matcher, x6)
    x8 = lbind(sfilter, x2)
    x9 = compose(x8, x7)
    x10 = fork(recolor, color, x9)
    x11 = mapply(x10, x1)
    return paint(I, x11)


# For every background cell the nearest object, asked for by each cell of its row.
def solve_rows_of_nearest(I):
    x1 = fgpartition(I)
    x2 = mostcolor(I)
    x3 = ofcolor(I, x2)
    x4 = lbind(rbind, manhattan)
    x5 = compose(x4, initset)
    x6 = lbind(argmin, x1)
    x7 = compose(x6, x5)
    x8 = compose(color, x7)
    x9 = lbind(apply, x8)
    x10 = lbind(intersection, x3)
    x11 = compose(x10, hfrontier)
    x12 = chain(size, x9, x11)
    x13 = matcher(x12, ONE)
    x14 = sfilter(x3, x13)
    return fill(I, FIVE, x14)


# Objects with most neighbours among those that have the neighbours of each: adjacency asked for three deep.
def solve_popular(I):
    x1 = objects(I, T, T, T)
    x2 = lbind(lbind, adjacent)
    x3 = lbind(sfilter, x1)
    x4 = compose(x3, x2)
    x5 = fork(insert, identity, x4)
    x6 = compose(size, x5)
    x7 = rbind(valmax, x6)
    x8 = compose(x7, x5)
    x9 = fork(equality, x6, x8)
    x10 = mfilter(x1, x9)
    return fill(I, EIGHT, x10)


# Objects whose nearest other object has them as its nearest too.
def solve_mutual(I):
    x1 = objects(I, T, F, T)
    x2 = rbind(remove, x1)
    x3 = lbind(lbind, manhattan)
    x4 = fork(argmin, x2, x3)
    x5 = compose(x4, x4)
    x6 = fork(equality, identity, x5)
    x7 = mfilter(x1, x6)
    return fill(I, TWO, x7)


# A chain of nearest objects from each object, six links long.
def solve_chains(I):
    x1 = objects(I, T, T, T)
    x2 = rbind(remove, x1)
    x3 = lbind(lbind, manhattan)
    x4 = fork(argmin, x2, x3)
    x5 = power(x4, SIX)
    x6 = fork(connect, center, compose(center, x5))
    x7 = mapply(x6, x1)
    return underfill(I, THREE, x7)


# Cells with as many objects in their row as in their column; the objects of a row are asked for by each of its cells.
def solve_crossings(I):
    x1 = objects(I, T, F, T)
    x2 = asindices(I)
    x3 = lbind(sfilter, x1)
    x4 = lbind(lbind, hmatching)
    x5 = lbind(lbind, vmatching)
    x6 = compose(initset, tojvec)
    x7 = compose(initset, toivec)
    x8 = chain(x3, x5, x6)
    x9 = chain(x3, x4, x7)
    x10 = chain(size, x8, last)
    x11 = chain(size, x9, first)
    x12 = fork(equality, x10, x11)
    x13 = sfilter(x2, x12)
    return underfill(I, FOUR, x13)


# The size of the component that a cell belongs to, asked for by all its neighbours.
def solve_big_neighbours(I):
    x1 = objects(I, T, F, F)
    x2 = asindices(I)
    x3 = lbind(extract, x1)
    x4 = lbind(compose, flip)
    x5 = lbind(lbind, contained)
    x6 = rbind(compose, toindices)
    x7 = chain(x3, x6, x5)
    x8 = compose(size, x7)
    x9 = rbind(valmax, x8)
    x10 = lbind(intersection, x2)
    x11 = chain(x9, x10, neighbors)
    x12 = fork(greater, x11, x8)
    x13 = sfilter(x2, x12)
    return fill(I, ONE, x13)


# Objects of the shape, turned or not, that most others share: the form of an object is asked for by all others.
def solve_same_shapes(I):
    x1 = objects(I, T, F, T)
    x2 = compose(toindices, normalize)
    x3 = fork(combine, x2, compose(x2, vmirror))
    x4 = lbind(matcher, x3)
    x5 = compose(x4, x3)
    x6 = lbind(sfilter, x1)
    x7 = chain(size, x6, x5)
    x8 = argmax(x1, x7)
    x9 = x5(x8)
    x10 = mfilter(x1, x9)
    return fill(I, SIX, x10)


# Objects near which the boxes are largest: the box nearest to a box, and the one nearest to that.
def solve_near_large(I):
    x1 = objects(I, T, F, T)
    x2 = order(x1, ulcorner)
    x3 = apply(backdrop, x2)
    x4 = lbind(lbind, manhattan)
    x5 = lbind(argmin, x3)
    x6 = compose(x5, x4)
    x7 = compose(size, x6)
    x8 = compose(x7, x6)
    x9 = fork(add, x7, x8)
    x10 = valmax(x3, x9)
    x11 = matcher(x9, x10)
    x12 = compose(x11, backdrop)
    x13 = mfilter(x1, x12)
    return fill(I, SEVEN, x13)


# Cells around which another color is usual than around the cells around them.
def solve_majority(I):
    x1 = asindices(I)
    x2 = lbind(index, I)
    x3 = lbind(intersection, x1)
    x4 = compose(x3, neighbors)
    x5 = lbind(apply, x2)
    x6 = chain(x5, totuple, x4)
    x7 = compose(mostcommon, x6)
    x8 = lbind(apply, x7)
    x9 = compose(totuple, x4)
    x10 = chain(mostcommon, x8, x9)
    x11 = fork(equality, x7, x10)
    x12 = compose(flip, x11)
    x13 = sfilter(x1, x12)
    return fill(I, NINE, x13)


# Two rounds of a majority, the second through the first: each cell's first round is asked for by nine cells.
def solve_two_rounds(I):
    x1 = asindices(I)
    x2 = lbind(index, I)
    x3 = lbind(intersection, x1)
    x4 = chain(totuple, x3, neighbors)
    x5 = compose(lbind(apply, x2), x4)
    x6 = compose(leastcommon, x5)
    x7 = compose(lbind(apply, x6), x4)
    x8 = compose(mostcommon, x7)
    x9 = compose(lbind(apply, x8), x4)
    x10 = compose(leastcommon, x9)
    x11 = fork(equality, x2, x10)
    x12 = sfilter(x1, x11)
    return fill(I, ZERO, x12)


# Where each object would come to rest against the nearest other; its neighbour is asked for by color and by place.
def solve_gathering(I):
    x1 = fgpartition(I)
    x2 = rbind(remove, x1)
    x3 = lbind(lbind, manhattan)
    x4 = fork(argmin, x2, x3)
    x5 = fork(gravitate, identity, x4)
    x6 = fork(shift, identity, x5)
    x7 = compose(color, x4)
    x8 = fork(recolor, x7, x6)
    x9 = fork(combine, x8, compose(x8, x4))
    x10 = mapply(x9, x1)
    return paint(I, x10)


# Each cell in the color that is rarest next to it: found out for every cell once a color.
def solve_companions(I):
    x1 = asindices(I)
    x2 = lbind(index, I)
    x3 = lbind(intersection, x1)
    x4 = compose(x3, dneighbors)
    x5 = chain(lbind(apply, x2), totuple, x4)
    x6 = compose(leastcommon, x5)
    x7 = lbind(matcher, x6)
    x8 = lbind(sfilter, x1)
    x9 = compose(x8, x7)
    x10 = palette(I)
    x11 = fork(recolor, identity, x9)
    x12 = mapply(x11, x10)
    return paint(I, x12)


# Cells far from every object, around the object that has most of them; and the color of the nearest of each.
def solve_double_loop(I):
    x1 = objects(I, T, T, T)
    x2 = mostcolor(I)
    x3 = ofcolor(I, x2)
    x4 = lbind(rbind, manhattan)
    x5 = compose(x4, initset)
    x6 = lbind(valmin, x1)
    x7 = compose(x6, x5)
    x8 = lbind(greater, THREE)
    x9 = compose(x8, x7)
    x10 = rbind(sfilter, x9)
    x11 = compose(x10, outbox)
    x12 = compose(size, x11)
    x13 = argmax(x1, x12)
    x14 = x11(x13)
    x15 = lbind(argmin, x1)
    x16 = chain(color, x15, x5)
    x17 = lbind(matcher, x16)
    x18 = lbind(sfilter, x3)
    x19 = compose(x18, x17)
    x20 = fork(recolor, identity, x19)
    x21 = palette(I)
    x22 = mapply(x20, x21)
    x23 = paint(I, x22)
    return fill(x23, EIGHT, x14)


# Objects without which the grid has as many parts as without the others: the whole grid is looked at for each pair.
def solve_erasures(I):
    x1 = objects(I, T, T, T)
    x2 = lbind(cover, I)
    x3 = chain(size, fgpartition, x2)
    x4 = lbind(matcher, x3)
    x5 = lbind(sfilter, x1)
    x6 = chain(x5, x4, x3)
    x7 = compose(size, x6)
    x8 = argmax(x1, x7)
    x9 = x6(x8)
    x10 = merge(x9)
    return fill(I, FIVE, x10)


# For each object the nearest of the others in its color; the functions are built anew for each object and each cell.
def solve_own_color(I):
    x1 = objects(I, T, F, T)
    x2 = lbind(colorfilter, x1)
    x3 = compose(x2, color)
    x4 = lbind(rbind, manhattan)
    x5 = compose(x4, initset)
    x6 = lbind(lbind, valmin)
    x7 = compose(x6, x3)
    x8 = rbind(compose, x5)
    x9 = compose(x8, x7)
    x10 = fork(argmax, outbox, x9)
    x11 = apply(x10, x1)
    return fill(I, FOUR, x11)


# Work that nothing repeats: each object's cells, shifted and counted once. What the memo costs where it cannot help.
def solve_nothing_twice(I):
    x1 = asindices(I)
    x2 = lbind(intersection, x1)
    x3 = compose(x2, neighbors)
    x4 = rbind(toobject, I)
    x5 = chain(numcolors, x4, x3)
    x6 = matcher(x5, TWO)
    x7 = sfilter(x1, x6)
    return fill(I, FIVE, x7)
"""
