"""Starter solvers: copies, scaling, periods, fractals. Data: parsed, never executed."""


# The picture drawn with copies of itself.
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
    x11 = ofcolor(x4, ZERO)
    O = fill(x10, ZERO, x11)
    return O


# A copy of the grid at every cell of its most common color, nothing elsewhere.
def solve_c3e719e8(I):
    x1 = height(I)
    x2 = upscale(I, x1)
    x3 = repeat(I, x1)
    x4 = merge(x3)
    x5 = dmirror(x4)
    x6 = repeat(x5, x1)
    x7 = merge(x6)
    x8 = dmirror(x7)
    x9 = mostcolor(I)
    x10 = ofcolor(x2, x9)
    x11 = asindices(x2)
    x12 = difference(x11, x10)
    O = fill(x8, ZERO, x12)
    return O


# A copy of the grid at every cell of color 2, nothing elsewhere.
def solve_cce03e0d(I):
    x1 = height(I)
    x2 = upscale(I, x1)
    x3 = repeat(I, x1)
    x4 = merge(x3)
    x5 = dmirror(x4)
    x6 = repeat(x5, x1)
    x7 = merge(x6)
    x8 = dmirror(x7)
    x9 = ofcolor(x2, TWO)
    x10 = asindices(x2)
    x11 = difference(x10, x9)
    O = fill(x8, ZERO, x11)
    return O


# The enlarged drawing, drawn with small copies of itself.
def solve_80af3007(I):
    x1 = mostcolor(I)
    x2 = fgpartition(I)
    x3 = merge(x2)
    x4 = subgrid(x3, I)
    x5 = downscale(x4, THREE)
    x6 = repeat(x5, THREE)
    x7 = merge(x6)
    x8 = dmirror(x7)
    x9 = repeat(x8, THREE)
    x10 = merge(x9)
    x11 = dmirror(x10)
    x12 = ofcolor(x4, x1)
    O = fill(x11, x1, x12)
    return O


# The drawing in its 3 by 3 field, copied into the fields that correspond to its cells.
def solve_8f2ea7aa(I):
    x1 = vsplit(I, THREE)
    x2 = rbind(hsplit, THREE)
    x3 = mapply(x2, x1)
    x4 = argmax(x3, numcolors)
    x5 = mostcolor(I)
    x6 = upscale(x4, THREE)
    x7 = repeat(x4, THREE)
    x8 = merge(x7)
    x9 = dmirror(x8)
    x10 = repeat(x9, THREE)
    x11 = merge(x10)
    x12 = dmirror(x11)
    x13 = ofcolor(x6, x5)
    O = fill(x12, x5, x13)
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


# The drawing repeats itself to the right edge.
def solve_d8c310e9(I):
    x1 = fgpartition(I)
    x2 = merge(x1)
    x3 = hperiod(x2)
    x4 = width(I)
    x5 = interval(ZERO, x4, x3)
    x6 = apply(tojvec, x5)
    x7 = lbind(shift, x2)
    x8 = mapply(x7, x6)
    O = paint(I, x8)
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


# Every cell leaves a trail down to the right in a grid twice as large.
def solve_d13f3404(I):
    x1 = mostcolor(I)
    x2 = matcher(first, x1)
    x3 = compose(flip, x2)
    x4 = asobject(I)
    x5 = sfilter(x4, x3)
    x6 = shoot(ORIGIN, UNITY)
    x7 = lbind(shift, x5)
    x8 = mapply(x7, x6)
    x9 = shape(I)
    x10 = double(x9)
    x11 = canvas(x1, x10)
    O = paint(x11, x8)
    return O


# From the lower left corner every cell leaves a trail up to the right; the square has five cells a color.
def solve_feca6190(I):
    x1 = numcolors(I)
    x2 = decrement(x1)
    x3 = width(I)
    x4 = multiply(x2, x3)
    x5 = astuple(x4, x4)
    x6 = canvas(ZERO, x5)
    x7 = asobject(I)
    x8 = matcher(first, ZERO)
    x9 = sfilter(x7, x8)
    x10 = difference(x7, x9)
    x11 = decrement(x4)
    x12 = toivec(x11)
    x13 = shift(x10, x12)
    x14 = shoot(ORIGIN, UP_RIGHT)
    x15 = lbind(shift, x13)
    x16 = mapply(x15, x14)
    O = paint(x6, x16)
    return O


# Half as many rows as columns; the bar grows by one cell from row to row.
def solve_bbc9ae5d(I):
    x1 = index(I, ORIGIN)
    x2 = colorcount(I, x1)
    x3 = decrement(x2)
    x4 = width(I)
    x5 = halve(x4)
    x6 = vupscale(I, x5)
    x7 = tojvec(x3)
    x8 = shoot(x7, UNITY)
    x9 = rbind(shoot, LEFT)
    x10 = mapply(x9, x8)
    O = fill(x6, x1, x10)
    return O


# Columns with a colored cell are filled with 8 around it; then two by two copies.
def solve_f5b8619d(I):
    x1 = mostcolor(I)
    x2 = palette(I)
    x3 = other(x2, x1)
    x4 = ofcolor(I, x3)
    x5 = mapply(vfrontier, x4)
    x6 = fill(I, EIGHT, x5)
    x7 = fill(x6, x3, x4)
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


# Diagonal stripes: the colors go around along every row, each color fills its antidiagonals.
def solve_05269061(I):
    x1 = fgpartition(I)
    x2 = apply(first, x1)
    x3 = size(x2)
    x4 = height(I)
    x5 = width(I)
    x6 = add(x4, x5)
    x7 = divide(x6, x3)
    x8 = multiply(x7, x3)
    x9 = invert(x8)
    x10 = interval(x9, x6, x3)
    x11 = apply(tojvec, x10)
    x12 = lbind(shift, x2)
    x13 = mapply(x12, x11)
    x14 = shoot(ORIGIN, DOWN_LEFT)
    x15 = shoot(ORIGIN, UP_RIGHT)
    x16 = combine(x14, x15)
    x17 = lbind(shift, x13)
    x18 = mapply(x17, x16)
    O = paint(I, x18)
    return O


# The holes (color 0) are filled by the pattern; its periods show in the rows and the columns without a hole.
def solve_0dfd9992(I):
    x1 = lbind(contained, ZERO)
    x2 = compose(flip, x1)
    x3 = sfilter(I, x2)
    x4 = asobject(x3)
    x5 = hperiod(x4)
    x6 = dmirror(I)
    x7 = sfilter(x6, x2)
    x8 = asobject(x7)
    x9 = hperiod(x8)
    x10 = matcher(first, ZERO)
    x11 = compose(flip, x10)
    x12 = asobject(I)
    x13 = sfilter(x12, x11)
    x14 = width(I)
    x15 = divide(x14, x5)
    x16 = multiply(x15, x5)
    x17 = invert(x16)
    x18 = interval(x17, x14, x5)
    x19 = apply(tojvec, x18)
    x20 = lbind(shift, x13)
    x21 = mapply(x20, x19)
    x22 = paint(I, x21)
    x23 = asobject(x22)
    x24 = sfilter(x23, x11)
    x25 = height(I)
    x26 = divide(x25, x9)
    x27 = multiply(x26, x9)
    x28 = invert(x27)
    x29 = interval(x28, x25, x9)
    x30 = apply(toivec, x29)
    x31 = lbind(shift, x24)
    x32 = mapply(x31, x30)
    O = paint(x22, x32)
    return O


# The holes (color 0) are filled by the pattern; its periods show in the rows and the columns without a hole.
def solve_29ec7d0e(I):
    x1 = lbind(contained, ZERO)
    x2 = compose(flip, x1)
    x3 = sfilter(I, x2)
    x4 = asobject(x3)
    x5 = hperiod(x4)
    x6 = dmirror(I)
    x7 = sfilter(x6, x2)
    x8 = asobject(x7)
    x9 = hperiod(x8)
    x10 = matcher(first, ZERO)
    x11 = compose(flip, x10)
    x12 = asobject(I)
    x13 = sfilter(x12, x11)
    x14 = width(I)
    x15 = divide(x14, x5)
    x16 = multiply(x15, x5)
    x17 = invert(x16)
    x18 = interval(x17, x14, x5)
    x19 = apply(tojvec, x18)
    x20 = lbind(shift, x13)
    x21 = mapply(x20, x19)
    x22 = paint(I, x21)
    x23 = asobject(x22)
    x24 = sfilter(x23, x11)
    x25 = height(I)
    x26 = divide(x25, x9)
    x27 = multiply(x26, x9)
    x28 = invert(x27)
    x29 = interval(x28, x25, x9)
    x30 = apply(toivec, x29)
    x31 = lbind(shift, x24)
    x32 = mapply(x31, x30)
    O = paint(x22, x32)
    return O


# The holes (color 0) are filled by the pattern; its periods show in the rows and the columns without a hole.
def solve_484b58aa(I):
    x1 = lbind(contained, ZERO)
    x2 = compose(flip, x1)
    x3 = sfilter(I, x2)
    x4 = asobject(x3)
    x5 = hperiod(x4)
    x6 = dmirror(I)
    x7 = sfilter(x6, x2)
    x8 = asobject(x7)
    x9 = hperiod(x8)
    x10 = matcher(first, ZERO)
    x11 = compose(flip, x10)
    x12 = asobject(I)
    x13 = sfilter(x12, x11)
    x14 = width(I)
    x15 = divide(x14, x5)
    x16 = multiply(x15, x5)
    x17 = invert(x16)
    x18 = interval(x17, x14, x5)
    x19 = apply(tojvec, x18)
    x20 = lbind(shift, x13)
    x21 = mapply(x20, x19)
    x22 = paint(I, x21)
    x23 = asobject(x22)
    x24 = sfilter(x23, x11)
    x25 = height(I)
    x26 = divide(x25, x9)
    x27 = multiply(x26, x9)
    x28 = invert(x27)
    x29 = interval(x28, x25, x9)
    x30 = apply(toivec, x29)
    x31 = lbind(shift, x24)
    x32 = mapply(x31, x30)
    O = paint(x22, x32)
    return O


# What the hole (color 0) hides in a pattern that repeats along rows and columns.
def solve_f9012d9b(I):
    x1 = ofcolor(I, ZERO)
    x2 = lbind(contained, ZERO)
    x3 = compose(flip, x2)
    x4 = sfilter(I, x3)
    x5 = asobject(x4)
    x6 = hperiod(x5)
    x7 = dmirror(I)
    x8 = sfilter(x7, x3)
    x9 = asobject(x8)
    x10 = hperiod(x9)
    x11 = matcher(first, ZERO)
    x12 = compose(flip, x11)
    x13 = asobject(I)
    x14 = sfilter(x13, x12)
    x15 = width(I)
    x16 = divide(x15, x6)
    x17 = multiply(x16, x6)
    x18 = invert(x17)
    x19 = interval(x18, x15, x6)
    x20 = apply(tojvec, x19)
    x21 = lbind(shift, x14)
    x22 = mapply(x21, x20)
    x23 = paint(I, x22)
    x24 = asobject(x23)
    x25 = sfilter(x24, x12)
    x26 = height(I)
    x27 = divide(x26, x10)
    x28 = multiply(x27, x10)
    x29 = invert(x28)
    x30 = interval(x29, x26, x10)
    x31 = apply(toivec, x30)
    x32 = lbind(shift, x25)
    x33 = mapply(x32, x31)
    x34 = paint(x23, x33)
    O = subgrid(x1, x34)
    return O
