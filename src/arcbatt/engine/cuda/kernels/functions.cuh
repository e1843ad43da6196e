// Functions as values: primitives that calls are handed, and what a few others build of them. They stay on the device:
// the native engine builds its own.
#pragma once
#include "masks.cuh"
#include "numbers.cuh"

// The primitives; coverage.py reads their names here. Those up to COLOR take an object and give an int.
enum Function {
    NO_FUNCTION, FUNCTION_SIZE, FUNCTION_HEIGHT, FUNCTION_WIDTH, FUNCTION_UPPERMOST, FUNCTION_LOWERMOST,
    FUNCTION_LEFTMOST, FUNCTION_RIGHTMOST, FUNCTION_NUMCOLORS, FUNCTION_COLOR, FUNCTION_FIRST, FUNCTION_LAST,
    FUNCTION_FLIP, FUNCTION_NEIGHBORS, FUNCTION_DNEIGHBORS, FUNCTION_INEIGHBORS, FUNCTION_HFRONTIER,
    FUNCTION_VFRONTIER, FUNCTION_SHOOT, FUNCTION_SQUARE, FUNCTION_HLINE, FUNCTION_VLINE, FUNCTION_BACKDROP,
    FUNCTION_DELTA, FUNCTION_BOX, FUNCTION_OUTBOX, FUNCTION_CORNERS, FUNCTION_TOINDICES, FUNCTION_EQUALITY,
    FUNCTION_SHIFT
};

// A function of a number and of the numbers that go with it, by kind. PRIMITIVE: none. FIXED: a pair, its last argument.
// MATCHER: the number that its result is to equal; OTHERWISE is true where that is not so. SIZE_OF and SAME_AS: none; how
// many locations the function gives for an object, and whether they are those of the object.
DEVICE bool put_function(Slot out, Kind kind, int function, i64 first, i64 second) {
    put_number(out, kind, first, second);
    if (LANE == 0) out.header->count = function;
    return true;
}

DEVICE bool is_function(const Slot& slot, int function) {
    return slot.header->kind == PRIMITIVE && slot.header->count == function;
}

KERNEL(function_matcher) {
    bool is_known = a[0].header->kind == PRIMITIVE && is_number(a[1]);
    return is_known && put_function(out, MATCHER, a[0].header->count, number(a[1]), 0);
}

KERNEL(function_compose) {
    int inner = a[1].header->count;
    if (is_function(a[0], FUNCTION_SIZE) && (is_function(a[1], FUNCTION_DELTA) || is_function(a[1], FUNCTION_BACKDROP))) {
        return put_function(out, SIZE_OF, inner, 0, 0);
    }
    bool is_known = is_function(a[0], FUNCTION_FLIP) && a[1].header->kind == MATCHER;
    return is_known && put_function(out, OTHERWISE, inner, number(a[1]), 0);
}

KERNEL(function_fork) {
    bool is_known = is_function(a[0], FUNCTION_EQUALITY) && is_function(a[1], FUNCTION_TOINDICES) &&
                    (is_function(a[2], FUNCTION_BOX) || is_function(a[2], FUNCTION_BACKDROP));
    return is_known && put_function(out, SAME_AS, a[2].header->count, 0, 0);
}

KERNEL(function_rbind) {
    bool is_known = is_function(a[0], FUNCTION_SHOOT) && is_place(a[1]);
    return is_known && put_function(out, FIXED, FUNCTION_SHOOT, a[1].header->numbers[0], a[1].header->numbers[1]);
}

WORK(fixing) { return cells_of(a[1]); }

// ---- conditions

DEVICE bool is_condition(const Slot& slot) { return slot.header->kind == MATCHER || slot.header->kind == OTHERWISE; }

// Whether a condition is true for what its function gives; a plain function is one that is true for all but 0.
DEVICE bool meets(const Slot& condition, i64 given) {
    if (!is_condition(condition)) return given != 0;
    return (given == number(condition)) == (condition.header->kind == MATCHER);
}

// Calls of primitives that a function makes for an element.
DEVICE i64 calls_of(const Slot& function) {
    switch (function.header->kind) {
        case OTHERWISE:
        case SIZE_OF: return 2;
        case SAME_AS: return 3;
        default: return 1;
    }
}

// What filtering single cells or locations costs: a unit for each call.
WORK(sifting) { return length_of(a[0]) * (1 + 8 * calls_of(a[1])); }

KERNEL(object_sfilter) {
    Mask m(a[0]);
    Slot condition = a[1];
    if (!is_condition(condition) || condition.header->count != FUNCTION_FIRST) return false;
    return put_object(
        out, m.top, m.left, m.height,
        [&](int i) {
            u64 row = 0;
            NOT_UNROLLED for (u64 bits = m.rows[i]; bits; bits &= bits - 1) {
                int j = first_bit(bits);
                row |= (u64)meets(condition, m.seats[i * m.width + j]) << j;
            }
            return row;
        },
        [&](int i, int j) { return m.color(i, j); });
}

KERNEL(mask_sfilter) {
    Mask m(a[0]);
    Slot condition = a[1];
    bool is_row = condition.header->count == FUNCTION_FIRST;
    if (!is_condition(condition) || (!is_row && condition.header->count != FUNCTION_LAST)) return false;
    u64 met = 0;  // columns
    NOT_UNROLLED for (int j = 0; j < m.width; j++) met |= (u64)meets(condition, m.left + j) << j;
    return put_mask(out, m.top, m.left, m.height, [&](int i) {
        return !is_row ? m.rows[i] & met : meets(condition, m.top + i) ? m.rows[i] : 0;
    });
}

// MOVING is an object in a slot of an object's size, that the function moves by what it is given.
KERNEL(function_lbind) {
    Mask m(a[1]);
    if (!is_function(a[0], FUNCTION_SHIFT) || !m.count) return false;
    put_copy(out, a[1]);
    SYNC();
    if (LANE == 0) out.header->kind = MOVING;
    return true;
}

// ---- what functions make of each location, joined

// Most locations for which all that functions make of them is sure to be within the bounds of a value.
#define MOST_MAPPED 900

WORK(mapping) {
    i64 shots = a[0].header->kind == FIXED ? 42 * distance(a[0].header->numbers[0], a[0].header->numbers[1]) >> 3 : 0;
    return length_of(a[1]) * (1 + 8 * (1 + shots));
}

// The locations around those of a set, by bits as put_around has them.
DEVICE bool put_all_around(Slot out, const Mask& m, int offsets) {
    if (m.height > SPAN - 2 || m.width > SPAN - 2) return false;
    return put_mask(out, m.top - 1, m.left - 1, m.height ? m.height + 2 : 0, [&](int i) {
        u64 row = 0;
        NOT_UNROLLED for (int bits = offsets; bits; bits &= bits - 1) {
            int bit = first_bit(bits), from = i - bit / 3;
            if (from >= 0 && from < m.height) row |= m.rows[from] << bit % 3;
        }
        return row;
    });
}

// The locations on the way from those of a set, 42 steps to a neighbour each.
DEVICE bool put_shots(Slot out, const Mask& m, i64 down, i64 right) {
    if (down < -1 || down > 1 || right < -1 || right > 1) return false;
    int height = m.height + (down ? 42 : 0), width = m.width + (right ? 42 : 0);
    if (height > SPAN || width > SPAN) return false;
    int top = m.top - (down < 0 ? 42 : 0), left = m.left - (right < 0 ? 42 : 0);
    return put_mask(out, top, left, m.height ? height : 0, [&](int i) {
        u64 row = 0;
        NOT_UNROLLED for (int step = 0; step <= 42; step++) {
            row |= m.bits(top + i - step * (int)down, left - step * (int)right);
        }
        return row;
    });
}

KERNEL(mask_mapply) {
    Mask m(a[1]);
    const Header& function = *a[0].header;
    if (m.count > MOST_MAPPED || (function.kind != PRIMITIVE && function.kind != FIXED)) return false;
    u64 taken = all_columns(m);
    switch (function.count) {
        case FUNCTION_NEIGHBORS: return put_all_around(out, m, 0757);
        case FUNCTION_DNEIGHBORS: return put_all_around(out, m, 0252);
        case FUNCTION_INEIGHBORS: return put_all_around(out, m, 0505);
        case FUNCTION_HFRONTIER:
            return put_mask(out, m.top, 0, m.height, [&](int i) { return m.rows[i] ? columns(30) : 0; });
        case FUNCTION_VFRONTIER: return put_mask(out, 0, m.left, 30, [&](int) { return taken; });
        case FUNCTION_SHOOT:
            return function.kind == FIXED && put_shots(out, m, function.numbers[0], function.numbers[1]);
        default: return false;
    }
}

// Most cells that moved objects may have together, which is within the bounds of a value.
#define MOST_MOVED 50000

WORK(moving_all) { return length_of(a[1]) * (1 + 8 * (1 + (a[0].header->count >> 3))); }

// The color that an object, moved by each location of a set, gives to a place of the plane; -1 for none, -2 for several.
DEVICE int moved_color(const Mask& o, const Mask& m, int row, int column) {
    int found = -1;
    NOT_UNROLLED for (int i = 0; i < o.height; i++) {
        NOT_UNROLLED for (u64 bits = o.rows[i]; bits; bits &= bits - 1) {
            int j = first_bit(bits), color = o.seats[i * o.width + j];
            if (color == found || !m.has(row - o.top - i, column - o.left - j)) continue;
            if (found >= 0) return -2;
            found = color;
        }
    }
    return found;
}

KERNEL(object_mapply) {
    Mask o(a[0]), m(a[1]);
    if (a[0].header->kind != MOVING || m.count * o.count > MOST_MOVED) return false;
    int height = m.count ? m.height + o.height - 1 : 0, width = m.width + o.width - 1;
    if (height > SIDE || width > SIDE) return false;
    int top = m.top + o.top, left = m.left + o.left, clashes = 0;
    FOR_EACH(seat, height * width) clashes |= moved_color(o, m, top + seat / width, left + seat % width) == -2;
    if (greatest(clashes)) return false;
    return put_object(
        out, top, left, height,
        [&](int i) {
            u64 row = 0;
            NOT_UNROLLED for (int k = 0; k < m.height; k++) {
                u64 cells = i - k >= 0 && i - k < o.height ? o.rows[i - k] : 0;
                NOT_UNROLLED for (u64 bits = m.rows[k]; cells && bits; bits &= bits - 1) row |= cells << first_bit(bits);
            }
            return row;
        },
        [&](int i, int j) { return moved_color(o, m, i, j); });
}
