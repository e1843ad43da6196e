"""Starter differs: what I has and C lacks (iz), what C has and I lacks (zo). Data: parsed, never executed.

Each gives ``(size, example)``; the size is 0 exactly when there is no difference of this kind.
"""


# Colors that I has and C lacks.
def differ_palette_iz(S, I, C):
    x1 = palette(I)
    x2 = palette(C)
    x3 = difference(x1, x2)
    x4 = size(x3)
    O = astuple(x4, x3)
    return O


# Colors that C has and I lacks.
def differ_palette_zo(S, I, C):
    x1 = palette(C)
    x2 = palette(I)
    x3 = difference(x1, x2)
    x4 = size(x3)
    O = astuple(x4, x3)
    return O


# Cells by which colors are more frequent in I than in C; the example is one entry for each of them.
def differ_colorcount_iz(S, I, C):
    x1 = palette(I)
    x2 = totuple(x1)
    x3 = lbind(colorcount, I)
    x4 = lbind(colorcount, C)
    x5 = fork(subtract, x3, x4)
    x6 = apply(x5, x2)
    x7 = mpapply(repeat, x2, x6)
    x8 = size(x7)
    O = astuple(x8, x7)
    return O


# Cells by which colors are more frequent in C than in I; the example is one entry for each of them.
def differ_colorcount_zo(S, I, C):
    x1 = palette(C)
    x2 = totuple(x1)
    x3 = lbind(colorcount, C)
    x4 = lbind(colorcount, I)
    x5 = fork(subtract, x3, x4)
    x6 = apply(x5, x2)
    x7 = mpapply(repeat, x2, x6)
    x8 = size(x7)
    O = astuple(x8, x7)
    return O


# By how many I has more one-colored regions than C; the example is the regions that C lacks.
def differ_objectcount_iz(S, I, C):
    x1 = objects(I, T, F, F)
    x2 = objects(C, T, F, F)
    x3 = size(x1)
    x4 = size(x2)
    x5 = subtract(x3, x4)
    x6 = astuple(ZERO, x5)
    x7 = maximum(x6)
    x8 = difference(x1, x2)
    O = astuple(x7, x8)
    return O


# By how many C has more one-colored regions than I; the example is the regions that I lacks.
def differ_objectcount_zo(S, I, C):
    x1 = objects(C, T, F, F)
    x2 = objects(I, T, F, F)
    x3 = size(x1)
    x4 = size(x2)
    x5 = subtract(x3, x4)
    x6 = astuple(ZERO, x5)
    x7 = maximum(x6)
    x8 = difference(x1, x2)
    O = astuple(x7, x8)
    return O


# Sizes of one-colored regions that occur in I and not in C.
def differ_objectsizes_iz(S, I, C):
    x1 = objects(I, T, F, F)
    x2 = objects(C, T, F, F)
    x3 = apply(size, x1)
    x4 = apply(size, x2)
    x5 = difference(x3, x4)
    x6 = size(x5)
    O = astuple(x6, x5)
    return O


# Sizes of one-colored regions that occur in C and not in I.
def differ_objectsizes_zo(S, I, C):
    x1 = objects(C, T, F, F)
    x2 = objects(I, T, F, F)
    x3 = apply(size, x1)
    x4 = apply(size, x2)
    x5 = difference(x3, x4)
    x6 = size(x5)
    O = astuple(x6, x5)
    return O


# Forms of one-colored regions, whatever their place and color, that occur in I and not in C.
def differ_objectforms_iz(S, I, C):
    x1 = objects(I, T, F, F)
    x2 = objects(C, T, F, F)
    x3 = compose(normalize, toindices)
    x4 = apply(x3, x1)
    x5 = apply(x3, x2)
    x6 = difference(x4, x5)
    x7 = size(x6)
    O = astuple(x7, x6)
    return O


# Forms of one-colored regions, whatever their place and color, that occur in C and not in I.
def differ_objectforms_zo(S, I, C):
    x1 = objects(C, T, F, F)
    x2 = objects(I, T, F, F)
    x3 = compose(normalize, toindices)
    x4 = apply(x3, x1)
    x5 = apply(x3, x2)
    x6 = difference(x4, x5)
    x7 = size(x6)
    O = astuple(x7, x6)
    return O


# Upper left corners of one-colored regions in I where none of C has its own.
def differ_positions_iz(S, I, C):
    x1 = objects(I, T, F, F)
    x2 = objects(C, T, F, F)
    x3 = apply(ulcorner, x1)
    x4 = apply(ulcorner, x2)
    x5 = difference(x3, x4)
    x6 = size(x5)
    O = astuple(x6, x5)
    return O


# Upper left corners of one-colored regions in C where none of I has its own.
def differ_positions_zo(S, I, C):
    x1 = objects(C, T, F, F)
    x2 = objects(I, T, F, F)
    x3 = apply(ulcorner, x1)
    x4 = apply(ulcorner, x2)
    x5 = difference(x3, x4)
    x6 = size(x5)
    O = astuple(x6, x5)
    return O


# Cells of I, color and place, that C lacks.
def differ_cells_iz(S, I, C):
    x1 = asobject(I)
    x2 = asobject(C)
    x3 = difference(x1, x2)
    x4 = size(x3)
    O = astuple(x4, x3)
    return O


# Cells of C, color and place, that I lacks.
def differ_cells_zo(S, I, C):
    x1 = asobject(C)
    x2 = asobject(I)
    x3 = difference(x1, x2)
    x4 = size(x3)
    O = astuple(x4, x3)
    return O


# Rows and columns that I has beyond those of C; the example is the two differences.
def differ_shape_iz(S, I, C):
    x1 = shape(I)
    x2 = shape(C)
    x3 = subtract(x1, x2)
    x4 = lbind(repeat, ZERO)
    x5 = mapply(x4, x3)
    x6 = size(x5)
    O = astuple(x6, x3)
    return O


# Rows and columns that C has beyond those of I; the example is the two differences.
def differ_shape_zo(S, I, C):
    x1 = shape(C)
    x2 = shape(I)
    x3 = subtract(x1, x2)
    x4 = lbind(repeat, ZERO)
    x5 = mapply(x4, x3)
    x6 = size(x5)
    O = astuple(x6, x3)
    return O


# Symmetries of I that C lacks: 1 upside down, 2 left and right, 3 main diagonal, 4 counter-diagonal.
def differ_symmetry_iz(S, I, C):
    x1 = fork(equality, identity, hmirror)
    x2 = fork(equality, identity, vmirror)
    x3 = fork(equality, identity, dmirror)
    x4 = fork(equality, identity, cmirror)
    x5 = astuple(x1, x2)
    x6 = astuple(x3, x4)
    x7 = combine(x5, x6)
    x8 = interval(ONE, FIVE, ONE)
    x9 = rapply(x7, I)
    x10 = rapply(x7, C)
    x11 = papply(multiply, x8, x9)
    x12 = papply(multiply, x8, x10)
    x13 = difference(x11, x12)
    x14 = remove(ZERO, x13)
    x15 = size(x14)
    O = astuple(x15, x14)
    return O


# Symmetries of C that I lacks: 1 upside down, 2 left and right, 3 main diagonal, 4 counter-diagonal.
def differ_symmetry_zo(S, I, C):
    x1 = fork(equality, identity, hmirror)
    x2 = fork(equality, identity, vmirror)
    x3 = fork(equality, identity, dmirror)
    x4 = fork(equality, identity, cmirror)
    x5 = astuple(x1, x2)
    x6 = astuple(x3, x4)
    x7 = combine(x5, x6)
    x8 = interval(ONE, FIVE, ONE)
    x9 = rapply(x7, C)
    x10 = rapply(x7, I)
    x11 = papply(multiply, x8, x9)
    x12 = papply(multiply, x8, x10)
    x13 = difference(x11, x12)
    x14 = remove(ZERO, x13)
    x15 = size(x14)
    O = astuple(x15, x14)
    return O


# Rows and columns of a single color that I has and C lacks.
def differ_lines_iz(S, I, C):
    x1 = frontiers(I)
    x2 = frontiers(C)
    x3 = difference(x1, x2)
    x4 = size(x3)
    O = astuple(x4, x3)
    return O


# Rows and columns of a single color that C has and I lacks.
def differ_lines_zo(S, I, C):
    x1 = frontiers(C)
    x2 = frontiers(I)
    x3 = difference(x1, x2)
    x4 = size(x3)
    O = astuple(x4, x3)
    return O
