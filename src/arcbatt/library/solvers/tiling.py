"""Starter solvers: copies, scaling, periods, fractals. Data: parsed, never executed."""


# The picture drawn with copies of itself; the background is black, or else the most common color.
def solve_007bbfb7(I):
    x1 = height(I)
    x2 = width(I)
    x3 = hupscale(I, x2)
    x4 = vupscale(x3, x1)
    x5 = repeat(I, x1)
    x6 = merge(x5)
    x7 = dmirror(x6)
    x8 = repeat(x7, x2)
    x9 = merge(x8)
    x10 = dmirror(x9)
    x11 = palette(I)
    x12 = contained(ZERO, x11)
    x13 = mostcolor(I)
    x14 = branch(x12, ZERO, x13)
    x15 = ofcolor(x4, x14)
    O = fill(x10, x14, x15)
    return O


# A copy of the grid at every cell of its most common color, nothing elsewhere.
def solve_c3e719e8(I):
    x1 = height(I)
    x2 = width(I)
    x3 = hupscale(I, x2)
    x4 = vupscale(x3, x1)
    x5 = repeat(I, x1)
    x6 = merge(x5)
    x7 = dmirror(x6)
    x8 = repeat(x7, x2)
    x9 = merge(x8)
    x10 = dmirror(x9)
    x11 = mostcolor(I)
    x12 = ofcolor(x4, x11)
    x13 = asindices(x4)
    x14 = difference(x13, x12)
    O = fill(x10, ZERO, x14)
    return O


# A copy of the grid at every cell of color 2, nothing elsewhere.
def solve_cce03e0d(I):
    x1 = height(I)
    x2 = width(I)
    x3 = hupscale(I, x2)
    x4 = vupscale(x3, x1)
    x5 = repeat(I, x1)
    x6 = merge(x5)
    x7 = dmirror(x6)
    x8 = repeat(x7, x2)
    x9 = merge(x8)
    x10 = dmirror(x9)
    x11 = ofcolor(x4, TWO)
    x12 = asindices(x4)
    x13 = difference(x12, x11)
    O = fill(x10, ZERO, x13)
    return O


# The drawing is its own small picture, each cell of which is the picture: that, once more.
def solve_80af3007(I):
    x1 = asindices(I)
    x2 = box(x1)
    x3 = toobject(x2, I)
    x4 = mostcolor(x3)
    x5 = ofcolor(I, x4)
    x6 = difference(x1, x5)
    x7 = subgrid(x6, I)
    x8 = fork(multiply, identity, identity)
    x9 = interval(ONE, TEN, ONE)
    x10 = height(x7)
    x11 = matcher(x8, x10)
    x12 = extract(x9, x11)
    x13 = width(x7)
    x14 = matcher(x8, x13)
    x15 = extract(x9, x14)
    x16 = vsplit(x7, x12)
    x17 = apply(first, x16)
    x18 = dmirror(x17)
    x19 = vsplit(x18, x15)
    x20 = apply(first, x19)
    x21 = repeat(x20, x15)
    x22 = merge(x21)
    x23 = dmirror(x22)
    x24 = repeat(x23, x12)
    x25 = merge(x24)
    x26 = ofcolor(x7, x4)
    O = fill(x25, x4, x26)
    return O


# The drawing in its field, copied into the fields that correspond to its cells; n by n fields of n by n cells.
def solve_8f2ea7aa(I):
    x1 = height(I)
    x2 = interval(ONE, SIX, ONE)
    x3 = fork(multiply, identity, identity)
    x4 = matcher(x3, x1)
    x5 = extract(x2, x4)
    x6 = vsplit(I, x5)
    x7 = rbind(hsplit, x5)
    x8 = mapply(x7, x6)
    x9 = mostcolor(I)
    x10 = rbind(colorcount, x9)
    x11 = argmin(x8, x10)
    x12 = upscale(x11, x5)
    x13 = repeat(x11, x5)
    x14 = merge(x13)
    x15 = dmirror(x14)
    x16 = repeat(x15, x5)
    x17 = merge(x16)
    x18 = dmirror(x17)
    x19 = ofcolor(x12, x9)
    O = fill(x18, x9, x19)
    return O


# Every cell becomes a block of 3 by 3.
def solve_9172f3a0(I):
    O = upscale(I, THREE)
    return O


# Every cell becomes a block of 2 by 2.
def solve_c59eb873(I):
    O = upscale(I, TWO)
    return O


# Enlarged as many times as there are colored cells.
def solve_ac0a08a4(I):
    x1 = mostcolor(I)
    x2 = colorcount(I, x1)
    x3 = asindices(I)
    x4 = size(x3)
    x5 = subtract(x4, x2)
    O = upscale(I, x5)
    return O


# Enlarged as many times as there are colors beside the background.
def solve_b91ae062(I):
    x1 = numcolors(I)
    x2 = decrement(x1)
    O = upscale(I, x2)
    return O


# The bounding box of the drawing, twice as large.
def solve_f25fbde4(I):
    x1 = fgpartition(I)
    x2 = merge(x1)
    x3 = subgrid(x2, I)
    O = upscale(x3, TWO)
    return O


# The bounding box of the drawing, twice side by side.
def solve_28bf18c6(I):
    x1 = fgpartition(I)
    x2 = merge(x1)
    x3 = subgrid(x2, I)
    O = hconcat(x3, x3)
    return O


# The grid twice, side by side.
def solve_a416b8f3(I):
    O = hconcat(I, I)
    return O


# The pattern goes on to the right until the grid is twice as wide.
def solve_963e52fc(I):
    x1 = asobject(I)
    x2 = hperiod(x1)
    x3 = height(I)
    x4 = astuple(x3, x2)
    x5 = crop(I, ORIGIN, x4)
    x6 = width(I)
    x7 = double(x6)
    x8 = dmirror(x5)
    x9 = repeat(x8, x7)
    x10 = merge(x9)
    x11 = dmirror(x10)
    x12 = astuple(x3, x7)
    O = crop(x11, ORIGIN, x12)
    return O


# The pattern goes on along the axis on which it repeats more often.
def solve_d8c310e9(I):
    x1 = fgpartition(I)
    x2 = merge(x1)
    x3 = hperiod(x2)
    x4 = vperiod(x2)
    x5 = height(x2)
    x6 = width(x2)
    x7 = multiply(x3, x5)
    x8 = multiply(x4, x6)
    x9 = greater(x7, x8)
    x10 = branch(x9, x4, x3)
    x11 = branch(x9, toivec, tojvec)
    x12 = height(I)
    x13 = width(I)
    x14 = add(x12, x13)
    x15 = multiply(x10, x14)
    x16 = invert(x15)
    x17 = interval(x16, x15, x10)
    x18 = apply(x11, x17)
    x19 = lbind(shift, x2)
    x20 = mapply(x19, x18)
    O = paint(I, x20)
    return O


# The band of rows repeats itself up to the upper and lower edges.
def solve_8eb1be9a(I):
    x1 = fgpartition(I)
    x2 = merge(x1)
    x3 = height(x2)
    x4 = height(I)
    x5 = divide(x4, x3)
    x6 = multiply(x5, x3)
    x7 = invert(x6)
    x8 = interval(x7, x4, x3)
    x9 = apply(toivec, x8)
    x10 = lbind(shift, x2)
    x11 = mapply(x10, x9)
    O = paint(I, x11)
    return O


# Every cell leaves a trail down to the right in a grid twice as large, the lower cells on top.
def solve_d13f3404(I):
    x1 = mostcolor(I)
    x2 = matcher(first, x1)
    x3 = compose(flip, x2)
    x4 = asobject(I)
    x5 = sfilter(x4, x3)
    x6 = compose(first, last)
    x7 = order(x5, x6)
    x8 = rbind(shoot, UNITY)
    x9 = compose(x8, last)
    x10 = fork(recolor, first, x9)
    x11 = mapply(x10, x7)
    x12 = shape(I)
    x13 = double(x12)
    x14 = canvas(x1, x13)
    O = paint(x14, x11)
    return O


# From the lower left corner every cell leaves a trail up to the right; the side is the width times the colored cells.
def solve_feca6190(I):
    x1 = palette(I)
    x2 = contained(ZERO, x1)
    x3 = mostcolor(I)
    x4 = branch(x2, ZERO, x3)
    x5 = matcher(first, x4)
    x6 = compose(flip, x5)
    x7 = asobject(I)
    x8 = sfilter(x7, x6)
    x9 = size(x8)
    x10 = width(I)
    x11 = multiply(x9, x10)
    x12 = astuple(x11, x11)
    x13 = canvas(x4, x12)
    x14 = decrement(x11)
    x15 = toivec(x14)
    x16 = shift(x8, x15)
    x17 = shoot(ORIGIN, UP_RIGHT)
    x18 = lbind(shift, x16)
    x19 = mapply(x18, x17)
    O = paint(x13, x19)
    return O


# The row again and again, each time one to the right, with its first color behind it.
def solve_bbc9ae5d(I):
    x1 = width(I)
    x2 = halve(x1)
    x3 = astuple(x2, x1)
    x4 = index(I, ORIGIN)
    x5 = canvas(x4, x3)
    x6 = asobject(I)
    x7 = lbind(shift, x6)
    x8 = shoot(ORIGIN, UNITY)
    x9 = mapply(x7, x8)
    O = paint(x5, x9)
    return O


# Columns with a colored cell are filled with 8 around it; then two by two copies.
def solve_f5b8619d(I):
    x1 = mostcolor(I)
    x2 = ofcolor(I, x1)
    x3 = asindices(I)
    x4 = difference(x3, x2)
    x5 = mapply(vfrontier, x4)
    x6 = intersection(x5, x2)
    x7 = fill(I, EIGHT, x6)
    x8 = hconcat(x7, x7)
    O = vconcat(x8, x8)
    return O


# Two by two copies; then 8 on the free cells diagonally next to a colored one.
def solve_10fcaaa3(I):
    x1 = hconcat(I, I)
    x2 = vconcat(x1, x1)
    x3 = mostcolor(I)
    x4 = asindices(x2)
    x5 = ofcolor(x2, x3)
    x6 = difference(x4, x5)
    x7 = mapply(ineighbors, x6)
    x8 = intersection(x7, x5)
    O = fill(x2, EIGHT, x8)
    return O


# Stripes fill the grid, along the direction and with the shortest period that bring no two colors together.
def solve_05269061(I):
    x1 = fgpartition(I)
    x2 = merge(x1)
    x3 = compose(size, toindices)
    x4 = fork(equality, size, x3)
    x5 = lbind(shift, x2)
    x6 = lbind(mapply, x5)
    x7 = lbind(shoot, ORIGIN)
    x8 = compose(x7, invert)
    x9 = fork(combine, x7, x8)
    x10 = compose(x6, x9)
    x11 = neighbors(ORIGIN)
    x12 = compose(x4, x10)
    x13 = extract(x11, x12)
    x14 = x10(x13)
    x15 = equality(x13, LEFT)
    x16 = branch(x15, UP, LEFT)
    x17 = lbind(shift, x14)
    x18 = lbind(mapply, x17)
    x19 = invert(TEN)
    x20 = interval(x19, TEN, ONE)
    x21 = rbind(apply, x20)
    x22 = lbind(multiply, x16)
    x23 = lbind(lbind, multiply)
    x24 = chain(x21, x23, x22)
    x25 = compose(x18, x24)
    x26 = lbind(combine, x14)
    x27 = compose(x26, x25)
    x28 = compose(x4, x27)
    x29 = interval(ONE, TEN, ONE)
    x30 = extract(x29, x28)
    x31 = x25(x30)
    O = paint(I, x31)
    return O


# The holes, black or of the color of a block, are filled by the pattern, whose periods bring no two colors together.
def solve_0dfd9992(I):
    x1 = asobject(I)
    x2 = lbind(sfilter, x1)
    x3 = lbind(compose, flip)
    x4 = lbind(matcher, first)
    x5 = chain(x2, x3, x4)
    x6 = compose(size, toindices)
    x7 = fork(equality, size, x6)
    x8 = lbind(compose, x7)
    x9 = lbind(lbind, combine)
    x10 = lbind(lbind, shift)
    x11 = fork(compose, x9, x10)
    x12 = compose(x8, x11)
    x13 = width(I)
    x14 = increment(x13)
    x15 = interval(ONE, x14, ONE)
    x16 = apply(tojvec, x15)
    x17 = x5(ZERO)
    x18 = x12(x17)
    x19 = extract(x16, x18)
    x20 = last(x19)
    x21 = double(x20)
    x22 = greater(x21, x13)
    x23 = objects(I, T, F, F)
    x24 = fork(equality, toindices, backdrop)
    x25 = sfilter(x23, x24)
    x26 = argmax(x25, size)
    x27 = color(x26)
    x28 = branch(x22, x27, ZERO)
    x29 = x5(x28)
    x30 = x12(x29)
    x31 = extract(x16, x30)
    x32 = last(x31)
    x33 = height(I)
    x34 = increment(x33)
    x35 = interval(ONE, x34, ONE)
    x36 = apply(toivec, x35)
    x37 = extract(x36, x30)
    x38 = first(x37)
    x39 = divide(x13, x32)
    x40 = multiply(x39, x32)
    x41 = invert(x40)
    x42 = interval(x41, x13, x32)
    x43 = apply(tojvec, x42)
    x44 = lbind(shift, x29)
    x45 = mapply(x44, x43)
    x46 = paint(I, x45)
    x47 = asobject(x46)
    x48 = matcher(first, x28)
    x49 = compose(flip, x48)
    x50 = sfilter(x47, x49)
    x51 = divide(x33, x38)
    x52 = multiply(x51, x38)
    x53 = invert(x52)
    x54 = interval(x53, x33, x38)
    x55 = apply(toivec, x54)
    x56 = lbind(shift, x50)
    x57 = mapply(x56, x55)
    O = paint(x46, x57)
    return O


# The holes, black or of the color of a block, are filled by the pattern, whose periods bring no two colors together.
def solve_29ec7d0e(I):
    x1 = asobject(I)
    x2 = lbind(sfilter, x1)
    x3 = lbind(compose, flip)
    x4 = lbind(matcher, first)
    x5 = chain(x2, x3, x4)
    x6 = compose(size, toindices)
    x7 = fork(equality, size, x6)
    x8 = lbind(compose, x7)
    x9 = lbind(lbind, combine)
    x10 = lbind(lbind, shift)
    x11 = fork(compose, x9, x10)
    x12 = compose(x8, x11)
    x13 = width(I)
    x14 = increment(x13)
    x15 = interval(ONE, x14, ONE)
    x16 = apply(tojvec, x15)
    x17 = x5(ZERO)
    x18 = x12(x17)
    x19 = extract(x16, x18)
    x20 = last(x19)
    x21 = double(x20)
    x22 = greater(x21, x13)
    x23 = objects(I, T, F, F)
    x24 = fork(equality, toindices, backdrop)
    x25 = sfilter(x23, x24)
    x26 = argmax(x25, size)
    x27 = color(x26)
    x28 = branch(x22, x27, ZERO)
    x29 = x5(x28)
    x30 = x12(x29)
    x31 = extract(x16, x30)
    x32 = last(x31)
    x33 = height(I)
    x34 = increment(x33)
    x35 = interval(ONE, x34, ONE)
    x36 = apply(toivec, x35)
    x37 = extract(x36, x30)
    x38 = first(x37)
    x39 = divide(x13, x32)
    x40 = multiply(x39, x32)
    x41 = invert(x40)
    x42 = interval(x41, x13, x32)
    x43 = apply(tojvec, x42)
    x44 = lbind(shift, x29)
    x45 = mapply(x44, x43)
    x46 = paint(I, x45)
    x47 = asobject(x46)
    x48 = matcher(first, x28)
    x49 = compose(flip, x48)
    x50 = sfilter(x47, x49)
    x51 = divide(x33, x38)
    x52 = multiply(x51, x38)
    x53 = invert(x52)
    x54 = interval(x53, x33, x38)
    x55 = apply(toivec, x54)
    x56 = lbind(shift, x50)
    x57 = mapply(x56, x55)
    O = paint(x46, x57)
    return O


# The holes, black or of the color of a block, are filled by the pattern, whose periods bring no two colors together.
def solve_484b58aa(I):
    x1 = asobject(I)
    x2 = lbind(sfilter, x1)
    x3 = lbind(compose, flip)
    x4 = lbind(matcher, first)
    x5 = chain(x2, x3, x4)
    x6 = compose(size, toindices)
    x7 = fork(equality, size, x6)
    x8 = lbind(compose, x7)
    x9 = lbind(lbind, combine)
    x10 = lbind(lbind, shift)
    x11 = fork(compose, x9, x10)
    x12 = compose(x8, x11)
    x13 = width(I)
    x14 = increment(x13)
    x15 = interval(ONE, x14, ONE)
    x16 = apply(tojvec, x15)
    x17 = x5(ZERO)
    x18 = x12(x17)
    x19 = extract(x16, x18)
    x20 = last(x19)
    x21 = double(x20)
    x22 = greater(x21, x13)
    x23 = objects(I, T, F, F)
    x24 = fork(equality, toindices, backdrop)
    x25 = sfilter(x23, x24)
    x26 = argmax(x25, size)
    x27 = color(x26)
    x28 = branch(x22, x27, ZERO)
    x29 = x5(x28)
    x30 = x12(x29)
    x31 = extract(x16, x30)
    x32 = last(x31)
    x33 = height(I)
    x34 = increment(x33)
    x35 = interval(ONE, x34, ONE)
    x36 = apply(toivec, x35)
    x37 = extract(x36, x30)
    x38 = first(x37)
    x39 = divide(x13, x32)
    x40 = multiply(x39, x32)
    x41 = invert(x40)
    x42 = interval(x41, x13, x32)
    x43 = apply(tojvec, x42)
    x44 = lbind(shift, x29)
    x45 = mapply(x44, x43)
    x46 = paint(I, x45)
    x47 = asobject(x46)
    x48 = matcher(first, x28)
    x49 = compose(flip, x48)
    x50 = sfilter(x47, x49)
    x51 = divide(x33, x38)
    x52 = multiply(x51, x38)
    x53 = invert(x52)
    x54 = interval(x53, x33, x38)
    x55 = apply(toivec, x54)
    x56 = lbind(shift, x50)
    x57 = mapply(x56, x55)
    O = paint(x46, x57)
    return O


# What the hole, black or else the largest block, hides in a pattern that repeats along rows and columns.
def solve_f9012d9b(I):
    x1 = objects(I, T, F, F)
    x2 = fork(equality, toindices, backdrop)
    x3 = sfilter(x1, x2)
    x4 = argmax(x3, size)
    x5 = color(x4)
    x6 = palette(I)
    x7 = contained(ZERO, x6)
    x8 = branch(x7, ZERO, x5)
    x9 = ofcolor(I, x8)
    x10 = asobject(I)
    x11 = matcher(first, x8)
    x12 = compose(flip, x11)
    x13 = sfilter(x10, x12)
    x14 = compose(size, toindices)
    x15 = fork(equality, size, x14)
    x16 = lbind(combine, x13)
    x17 = lbind(shift, x13)
    x18 = chain(x15, x16, x17)
    x19 = width(I)
    x20 = increment(x19)
    x21 = interval(ONE, x20, ONE)
    x22 = apply(tojvec, x21)
    x23 = extract(x22, x18)
    x24 = last(x23)
    x25 = height(I)
    x26 = increment(x25)
    x27 = interval(ONE, x26, ONE)
    x28 = apply(toivec, x27)
    x29 = extract(x28, x18)
    x30 = first(x29)
    x31 = divide(x19, x24)
    x32 = multiply(x31, x24)
    x33 = invert(x32)
    x34 = interval(x33, x19, x24)
    x35 = apply(tojvec, x34)
    x36 = mapply(x17, x35)
    x37 = paint(I, x36)
    x38 = asobject(x37)
    x39 = sfilter(x38, x12)
    x40 = divide(x25, x30)
    x41 = multiply(x40, x30)
    x42 = invert(x41)
    x43 = interval(x42, x25, x30)
    x44 = apply(toivec, x43)
    x45 = lbind(shift, x39)
    x46 = mapply(x45, x44)
    x47 = paint(x37, x46)
    O = subgrid(x9, x47)
    return O
