#!/bin/sh
# Writes schema_2_run.db beside this script with an arcbatt that has schema 2: what real commands left, made small.
# Run only to make it anew, in an empty folder: sh make_schema_2_run.sh ARCBATT, where ARCBATT is that program.
set -e
here=$(cd "$(dirname "$0")" && pwd)
cat > mine.py <<'PROGRAMS'
def solve_mirror(I):
    return vmirror(I)


def solve_rotated(I):
    return rot90(I)


def solve_failing(I):
    x1 = palette(I)
    x2 = difference(x1, x1)
    x3 = first(x2)
    return fill(I, x3, x1)


def solve_failing_at_times(I):
    x1 = ofcolor(I, 7)
    x2 = ulcorner(x1)
    return crop(I, ORIGIN, x2)


def differ_palette_iz(S, I, C):
    x1 = palette(I)
    x2 = palette(C)
    x3 = difference(x1, x2)
    x4 = size(x3)
    return astuple(x4, x3)
PROGRAMS
sed 's/solve_mirror/solve_other_name/' mine.py > names.py
"$1" import mine.py names.py --workspace ws
"$1" run 67a3c6ac 68b16354 -b mine.py --min-score 0 --keep 3 --workspace ws
"$1" run 67a3c6ac ed36ccf7 -b mine.py --engine python --min-score 0 --keep 3 --workspace ws
"$1" evolve --tasks 67a3c6ac,ed36ccf7 --generations 2 --children 4 --rounds 1 -j 1 --seed 1 --min-score 0 --keep 4 --no-store -b mine.py --workspace ws
python3 - ws/arcbatt.db "$here/schema_2_run.db" <<'PYTHON'
import shutil, sqlite3, sys
with sqlite3.connect(sys.argv[1], isolation_level=None) as connection:
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA page_size = 512")
    connection.execute("VACUUM")
shutil.copy(sys.argv[1], sys.argv[2])
PYTHON
