"""Solvers that the search found on arc1-train, each under its command, run with the library of then."""


# arcbatt solve 32597951 --seed 0 --time-per-task 2 (enumeration)
def solve_32597951(S, I):
    x1 = leastcolor(I)
    x2 = ofcolor(I, x1)
    x3 = backdrop(x2)
    x4 = difference(x3, x2)
    x5 = fill(I, THREE, x4)
    return x5
