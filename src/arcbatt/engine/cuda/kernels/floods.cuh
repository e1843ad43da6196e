// What takes many looks at a grid: floods, what a set shuts in, nearest colors, where an object occurs.
#pragma once
#include "masks.cuh"

// Spreads scratch->rows over the free locations in scratch->others by steps up, down, left and right, until nothing new
// is reached. Both have `height` rows and 0 beyond them.
APART void flood(Scratch* scratch, int height) {
    u64 *reached = scratch->rows, *free = scratch->others;
    for (;;) {
        u64 mine[SPAN / LANES], changed = 0;
        NOT_UNROLLED for (int k = 0; k < SPAN / LANES; k++) {
            int i = LANE + k * LANES;
            u64 row = reached[i], before = row;
            if (i < height) {
                u64 beside = (i ? reached[i - 1] : 0) | (i + 1 < height ? reached[i + 1] : 0);
                row |= beside & free[i];
                NOT_UNROLLED for (u64 last = 0; row != last;) {
                    last = row;
                    row |= (row << 1 | row >> 1) & free[i];
                }
            }
            mine[k] = row;
            changed |= row ^ before;
        }
        changed = any_of(changed);
        SYNC();  // all have read before any writes
        NOT_UNROLLED for (int k = 0; k < SPAN / LANES; k++) reached[LANE + k * LANES] = mine[k];
        SYNC();
        if (!changed) return;
    }
}

KERNEL(mask_flooded) {
    Grid g(a[0]);
    if (!is_number(a[1]) || !is_number(a[2])) return false;
    i64 color = number(a[1]), background = number(a[2]);
    FOR_EACH(i, SPAN) {
        u64 from = 0, free = 0;
        NOT_UNROLLED for (int j = 0; i < g.height && j < g.width; j++) {
            from |= (u64)(g.at(i, j) == color) << j;
            free |= (u64)(g.at(i, j) == background && color != background) << j;
        }
        scratch->rows[i] = from;
        scratch->others[i] = free;
    }
    SYNC();
    flood(scratch, g.height);
    return put_mask(out, 0, 0, g.height, [&](int i) { return scratch->rows[i] & scratch->others[i]; });
}

// Leaves in scratch->rows what a set shuts in within its box.
APART void find_enclosed(const Mask& m, Scratch* scratch) {
    FOR_EACH(i, SPAN) {
        u64 free = i < m.height ? columns(m.width) & ~m.rows[i] : 0;
        bool is_edge = i == 0 || i == m.height - 1;
        scratch->others[i] = free;
        scratch->rows[i] = m.count ? free & (is_edge ? ~0ULL : 1ULL | 1ULL << (m.width - 1)) : 0;
    }
    SYNC();
    flood(scratch, m.height);
    FOR_EACH(i, SPAN) scratch->rows[i] = scratch->others[i] & ~scratch->rows[i];
    SYNC();
}

KERNEL(mask_enclosed) {
    Mask m(a[0]);
    find_enclosed(m, scratch);
    return put_mask(out, m.top, m.left, m.height, [&](int i) { return scratch->rows[i]; });
}

KERNEL(mask_holes) {
    Mask m(a[0]);
    find_enclosed(m, scratch);
    FOR_EACH(i, SPAN) scratch->others[i] = scratch->rows[i];
    SYNC();
    for (int found = 0;; found++) {
        int first = SPAN;
        FOR_EACH(i, m.height) first = scratch->others[i] && i < first ? i : first;
        first = least(first);
        if (first == SPAN) return put_int(out, found);
        // One location begins; what it leads to is one hole.
        u64 seed = scratch->others[first] & (~scratch->others[first] + 1);
        SYNC();
        FOR_EACH(i, SPAN) scratch->rows[i] = i == first ? seed : 0;
        SYNC();
        flood(scratch, m.height);
        FOR_EACH(i, SPAN) scratch->others[i] &= ~scratch->rows[i];
        SYNC();
    }
}

KERNEL(grid_nearestcolors) {
    Grid g(a[0]);
    if (!is_number(a[1]) || number(a[1]) < 0 || number(a[1]) > 255) return false;
    int background = (int)number(a[1]);
    return put_grid(out, g.height, g.width, [&](int i, int j) {
        int best = 1 << 20;  // steps, then color
        NOT_UNROLLED for (int row = 0; row < g.height; row++) {
            int down = row < i ? i - row : row - i;
            NOT_UNROLLED for (int column = 0; column < g.width; column++) {
                int color = g.at(row, column), across = column < j ? j - column : column - j;
                int rank = (down + across) * 256 + color;
                if (color != background && rank < best) best = rank;
            }
        }
        return best == 1 << 20 ? background : best % 256;
    });
}

KERNEL(mask_occurrences) {
    Grid g(a[0]);
    Mask m(a[1]);
    if (!m.count) return put_block(out, 0, 0, g.height, g.width);
    int rows = g.height - m.height + 1, places = g.width - m.width + 1;
    if (rows <= 0 || places <= 0) return put_empty(out);
    return put_mask(out, 0, 0, rows, [&](int i) {
        u64 found = columns(places);
        NOT_UNROLLED for (int row = 0; found && row < m.height; row++) {
            NOT_UNROLLED for (u64 bits = m.rows[row]; bits; bits &= bits - 1) {
                int column = first_bit(bits), color = m.seats[row * m.width + column];
                u64 same = 0;
                NOT_UNROLLED for (int j = 0; j < places; j++) same |= (u64)(g.at(i + row, j + column) == color) << j;
                found &= same;
            }
        }
        return found;
    });
}
