// Sets of locations and objects: made of grids, moved, mirrored, joined, measured.
#pragma once
#include "work.cuh"

DEVICE u64 columns(int width) { return width >= SPAN ? ~0ULL : (1ULL << width) - 1; }

DEVICE bool is_box(i64 top, i64 left, i64 bottom, i64 right) {
    return is_near(top) && is_near(left) && bottom - top < SPAN && right - left < SPAN;
}

DEVICE bool put_block(Slot out, i64 top, i64 left, i64 bottom, i64 right) {
    if (!is_box(top, left, bottom, right)) return false;
    u64 row = columns((int)(right - left + 1));
    return put_mask(out, top, left, (int)(bottom - top + 1), [&](int) { return row; });
}

DEVICE bool put_ring(Slot out, i64 top, i64 left, i64 bottom, i64 right) {
    if (!is_box(top, left, bottom, right)) return false;
    int height = (int)(bottom - top + 1), width = (int)(right - left + 1);
    u64 all = columns(width), ends = 1ULL | 1ULL << (width - 1);
    return put_mask(out, top, left, height, [&](int i) { return i == 0 || i == height - 1 ? all : ends; });
}

DEVICE bool put_empty(Slot out) {
    return put_mask(out, 0, 0, 0, [](int) { return 0ULL; });
}

// The set of up to eight locations, given as offsets from a place by bits: bit 3 * (down + 1) + right + 1.
DEVICE bool put_around(Slot out, const Slot& place, int offsets) {
    if (!is_place(place)) return false;
    return put_mask(out, place.header->numbers[0] - 1, place.header->numbers[1] - 1, 3,
                    [&](int i) { return (u64)(offsets >> 3 * i & 7); });
}

// ---- of grids

template <class F> DEVICE bool put_cells(Slot out, int height, int width, F is_in) {
    return put_mask(out, 0, 0, height, [&](int i) {
        u64 row = 0;
        NOT_UNROLLED for (int j = 0; j < width; j++) row |= (u64)is_in(i, j) << j;
        return row;
    });
}

KERNEL(mask_ofcolor) {
    Grid g(a[0]);
    i64 color = compared(a[1]);
    return put_cells(out, g.height, g.width, [&](int i, int j) { return g.at(i, j) == color; });
}

KERNEL(mask_morethan) {
    Grid g(a[0]);
    if (!is_number(a[1])) return false;
    i64 bound = number(a[1]);
    return put_cells(out, g.height, g.width, [&](int i, int j) { return g.at(i, j) > bound; });
}

KERNEL(mask_equalcells) {
    Grid g(a[0]), o(a[1]);
    return put_cells(out, g.height < o.height ? g.height : o.height, g.width < o.width ? g.width : o.width,
                     [&](int i, int j) { return g.at(i, j) == o.at(i, j); });
}

KERNEL(mask_asindices) {
    Grid g(a[0]);
    return put_block(out, 0, 0, g.height - 1, g.width - 1);
}

KERNEL(object_asobject) {
    Grid g(a[0]);
    return put_object(out, 0, 0, g.height, [&](int) { return columns(g.width); },
                      [&](int i, int j) { return g.at(i, j); });
}

KERNEL(object_toobject) {
    Mask m(a[0]);
    Grid g(a[1]);
    return put_object(out, 0, 0, g.height, [&](int i) { return m.bits(i, 0) & columns(g.width); },
                      [&](int i, int j) { return g.at(i, j); });
}

KERNEL(object_recolor) {
    Mask m(a[1]);
    if (!is_cell(a[0])) return false;
    int color = (int)number(a[0]);
    return put_object(out, m.top, m.left, m.height, [&](int i) { return m.rows[i]; }, [&](int, int) { return color; });
}

KERNEL(mask_toindices) {
    Mask m(a[0]);
    return put_mask(out, m.top, m.left, m.height, [&](int i) { return m.rows[i]; });
}

// ---- moved and mirrored

// A mask or an object moved so that its box begins at a place.
DEVICE bool put_moved(Slot out, const Slot& patch, i64 top, i64 left) {
    Mask m(patch);
    auto row = [&](int i) { return m.rows[i]; };
    if (patch.header->kind == MASK) return put_mask(out, top, left, m.height, row);
    return put_object(out, top, left, m.height, row,
                      [&](int i, int j) { return m.color((int)(i - top) + m.top, (int)(j - left) + m.left); });
}

KERNEL(patch_shift) {
    Mask m(a[0]);
    return is_place(a[1]) && put_moved(out, a[0], m.top + a[1].header->numbers[0], m.left + a[1].header->numbers[1]);
}

KERNEL(patch_normalize) { return put_moved(out, a[0], 0, 0); }

DEVICE u64 reversed(u64 row, int width) {
    u64 found = 0;
    NOT_UNROLLED for (; row; row &= row - 1) found |= 1ULL << (width - 1 - first_bit(row));
    return found;
}

DEVICE u64 column_of(const Mask& m, int j) {
    u64 found = 0;
    NOT_UNROLLED for (int i = 0; i < m.height; i++) found |= (m.rows[i] >> j & 1) << i;
    return found;
}

// A mask or an object with its box filled anew: `row` gives rows of bits, `from` the seat that a seat comes from.
template <class F, class S>
DEVICE bool put_turned(Slot out, const Slot& patch, int height, F row, S from) {
    Mask m(patch);
    if (!m.count) return false;
    if (patch.header->kind == MASK) return put_mask(out, m.top, m.left, height, row);
    return put_object(out, m.top, m.left, height, row,
                      [&](int i, int j) { return m.seats[from(i - m.top, j - m.left)]; });
}

KERNEL(patch_hmirror) {
    Mask m(a[0]);
    return put_turned(out, a[0], m.height, [&](int i) { return m.rows[m.height - 1 - i]; },
                      [&](int i, int j) { return (m.height - 1 - i) * m.width + j; });
}

KERNEL(patch_vmirror) {
    Mask m(a[0]);
    return put_turned(out, a[0], m.height, [&](int i) { return reversed(m.rows[i], m.width); },
                      [&](int i, int j) { return i * m.width + m.width - 1 - j; });
}

KERNEL(patch_dmirror) {
    Mask m(a[0]);
    return put_turned(out, a[0], m.width, [&](int i) { return column_of(m, i); },
                      [&](int i, int j) { return j * m.width + i; });
}

KERNEL(patch_cmirror) {
    Mask m(a[0]);
    return put_turned(out, a[0], m.width, [&](int i) { return reversed(column_of(m, m.width - 1 - i), m.height); },
                      [&](int i, int j) { return (m.height - 1 - j) * m.width + m.width - 1 - i; });
}

KERNEL(object_upscale) {
    Mask m(a[0]);
    if (a[1].header->kind != INT || number(a[1]) < 1 || number(a[1]) > SIDE) return false;
    int n = (int)number(a[1]);
    if (m.height * n > SIDE || m.width * n > SIDE) return false;
    return put_object(out, m.top, m.left, m.height * n,
        [&](int i) {
            u64 row = 0;
            NOT_UNROLLED for (u64 bits = m.rows[i / n]; bits; bits &= bits - 1) row |= columns(n) << n * first_bit(bits);
            return row;
        },
        [&](int i, int j) { return m.seats[(i - m.top) / n * m.width + (j - m.left) / n]; });
}

// ---- joined

template <class F> DEVICE bool put_within(Slot out, const Mask& m, F row) {
    return put_mask(out, m.top, m.left, m.height, [&](int i) { return row(m.rows[i], m.top + i); });
}

KERNEL(mask_intersection) {
    Mask m(a[0]), o(a[1]);
    return put_within(out, m, [&](u64 bits, int row) { return bits & o.bits(row, m.left); });
}

KERNEL(mask_difference) {
    Mask m(a[0]), o(a[1]);
    return put_within(out, m, [&](u64 bits, int row) { return bits & ~o.bits(row, m.left); });
}

DEVICE bool put_union(Slot out, Kind kind, const Mask& m, const Mask& o) {
    if (!m.count || !o.count) {
        const Mask& only = m.count ? m : o;
        return put_mask_as(out, kind, only.top, only.left, only.height, [&](int i) { return only.rows[i]; });
    }
    int top = m.top < o.top ? m.top : o.top, left = m.left < o.left ? m.left : o.left;
    int bottom = m.bottom() > o.bottom() ? m.bottom() : o.bottom();
    int right = m.right() > o.right() ? m.right() : o.right();
    if (!is_box(top, left, bottom, right)) return false;
    return put_mask_as(out, kind, top, left, bottom - top + 1,
                       [&](int i) { return m.bits(top + i, left) | o.bits(top + i, left); });
}

KERNEL(mask_combine) { return put_union(out, MASK, Mask(a[0]), Mask(a[1])); }

// The cells of a row that two objects have in common, as bits of the first one's box.
DEVICE u64 shared_cells(const Mask& m, const Mask& o, int row) {
    u64 both = m.rows[row - m.top] & o.bits(row, m.left), found = 0;
    NOT_UNROLLED for (; both; both &= both - 1) {
        int column = m.left + first_bit(both);
        if (m.color(row, column) == o.color(row, column)) found |= 1ULL << (column - m.left);
    }
    return found;
}

KERNEL(object_intersection) {
    Mask m(a[0]), o(a[1]);
    return put_object(out, m.top, m.left, m.height, [&](int i) { return shared_cells(m, o, m.top + i); },
                      [&](int i, int j) { return m.color(i, j); });
}

KERNEL(object_difference) {
    Mask m(a[0]), o(a[1]);
    return put_object(out, m.top, m.left, m.height, [&](int i) { return m.rows[i] & ~shared_cells(m, o, m.top + i); },
                      [&](int i, int j) { return m.color(i, j); });
}

KERNEL(object_combine) {
    Mask m(a[0]), o(a[1]);
    u64 clashes = 0;  // two cells of different colors on one location
    FOR_EACH(i, m.height) clashes |= m.rows[i] & o.bits(m.top + i, m.left) & ~shared_cells(m, o, m.top + i);
    if (any_of(clashes) || !put_union(out, OBJECT, m, o)) return false;
    SYNC();
    Mask made(out);
    u8* colors = out.body + MASK_BYTES;
    FOR_EACH(seat, made.height * made.width) {
        int i = made.top + seat / made.width, j = made.left + seat % made.width;
        colors[seat] = m.has(i, j) ? (u8)m.color(i, j) : o.has(i, j) ? (u8)o.color(i, j) : 0;
    }
    return true;
}

KERNEL(mask_initset) {
    return is_place(a[0]) &&
           put_mask(out, a[0].header->numbers[0], a[0].header->numbers[1], 1, [](int) { return 1ULL; });
}

KERNEL(mask_insert) {
    Mask m(a[1]);
    if (!is_place(a[0])) return false;
    u64 one = 1;
    Mask single = m;
    single.count = single.height = single.width = 1;
    single.top = (int)a[0].header->numbers[0];
    single.left = (int)a[0].header->numbers[1];
    single.rows = &one;
    return put_union(out, MASK, m, single);
}

KERNEL(mask_remove) {
    Mask m(a[1]);
    bool is_place = is_pair(a[0]);  // a number is no element
    i64 row = a[0].header->numbers[0], column = a[0].header->numbers[1];
    return put_within(out, m, [&](u64 bits, int at) {
        bool is_hit = is_place && at == row && column >= m.left && column < m.left + m.width;
        return is_hit ? bits & ~(1ULL << (column - m.left)) : bits;
    });
}

KERNEL(mask_contained) {
    Mask m(a[1]);
    if (!is_pair(a[0])) return is_number(a[0]) && put_bool(out, false);
    return put_bool(out, m.has(a[0].header->numbers[0], a[0].header->numbers[1]));
}

KERNEL(mask_equality) {
    Mask m(a[0]), o(a[1]);
    u64 differing = m.count != o.count || m.top != o.top || m.left != o.left || m.height != o.height;
    if (!differing) FOR_EACH(i, m.height) differing |= m.rows[i] ^ o.rows[i];
    return put_bool(out, !any_of(differing));
}

KERNEL(object_equality) {
    Mask m(a[0]), o(a[1]);
    u64 differing = m.count != o.count || m.top != o.top || m.left != o.left || m.height != o.height;
    if (!differing) {
        FOR_EACH(i, m.height) {
            differing |= m.rows[i] ^ o.rows[i];
            differing |= m.rows[i] ^ shared_cells(m, o, m.top + i);
        }
    }
    return put_bool(out, !any_of(differing));
}

// ---- boxes and lines

KERNEL(mask_backdrop) {
    Mask m(a[0]);
    return m.count ? put_block(out, m.top, m.left, m.bottom(), m.right()) : put_empty(out);
}

KERNEL(mask_delta) {
    Mask m(a[0]);
    return put_within(out, m, [&](u64 bits, int) { return columns(m.width) & ~bits; });
}

KERNEL(mask_box) {
    Mask m(a[0]);
    return m.count ? put_ring(out, m.top, m.left, m.bottom(), m.right()) : put_empty(out);
}

DEVICE bool put_framed(Slot out, const Slot& patch, int step) {
    Mask m(patch);
    if (!m.count) return false;
    i64 top = m.top + step, bottom = m.bottom() - step, left = m.left + step, right = m.right() - step;
    return put_ring(out, top < bottom ? top : bottom, left < right ? left : right, top < bottom ? bottom : top,
                    left < right ? right : left);
}

KERNEL(mask_inbox) { return put_framed(out, a[0], 1); }
KERNEL(mask_outbox) { return put_framed(out, a[0], -1); }

KERNEL(mask_corners) {
    Mask m(a[0]);
    u64 ends = m.count ? 1ULL | 1ULL << (m.width - 1) : 0;
    return m.count &&
           put_mask(out, m.top, m.left, m.height, [&](int i) { return i == 0 || i == m.height - 1 ? ends : 0; });
}

KERNEL(mask_dneighbors) { return put_around(out, a[0], 0252); }
KERNEL(mask_ineighbors) { return put_around(out, a[0], 0505); }
KERNEL(mask_neighbors) { return put_around(out, a[0], 0757); }

KERNEL(mask_hfrontier) {
    return is_place(a[0]) && put_mask(out, a[0].header->numbers[0], 0, 1, [](int) { return columns(30); });
}

KERNEL(mask_vfrontier) {
    return is_place(a[0]) && put_mask(out, 0, a[0].header->numbers[1], 30, [](int) { return 1ULL; });
}

// From one place to another, both included; empty unless they share a row, a column or a diagonal.
DEVICE bool put_line(Slot out, i64 row, i64 column, i64 to_row, i64 to_column) {
    i64 down = to_row - row, across = to_column - column;
    if (down && across && down != across && down != -across) return put_empty(out);
    i64 top = down < 0 ? to_row : row, left = across < 0 ? to_column : column;
    int height = (int)(down < 0 ? -down : down), width = (int)(across < 0 ? -across : across);
    if (height >= SPAN || width >= SPAN) return false;
    bool is_rising = (down < 0) != (across < 0);
    return put_mask(out, top, left, height + 1, [&](int i) {
        return !height ? columns(width + 1) : !width ? 1ULL : 1ULL << (is_rising ? width - i : i);
    });
}

KERNEL(mask_connect) {
    if (!is_place(a[0]) || !is_place(a[1])) return false;
    const i64 *from = a[0].header->numbers, *to = a[1].header->numbers;
    return put_line(out, from[0], from[1], to[0], to[1]);
}

KERNEL(mask_shoot) {
    if (!is_place(a[0]) || !is_place(a[1])) return false;
    const i64 *from = a[0].header->numbers, *step = a[1].header->numbers;
    return put_line(out, from[0], from[1], from[0] + 42 * step[0], from[1] + 42 * step[1]);
}

// ---- measured

KERNEL(patch_size) { return put_int(out, a[0].header->count); }
KERNEL(patch_height) { return put_int(out, a[0].header->height); }
KERNEL(patch_width) { return put_int(out, a[0].header->width); }
KERNEL(patch_shape) { return put_pair(out, a[0].header->height, a[0].header->width); }
KERNEL(patch_portrait) { return put_bool(out, a[0].header->height > a[0].header->width); }

KERNEL(patch_square) {
    Mask m(a[0]);
    return put_bool(out, m.height == m.width && m.height * m.width == m.count);
}

KERNEL(patch_vline) {
    Mask m(a[0]);
    return put_bool(out, m.height == m.count && m.width == 1);
}

KERNEL(patch_hline) {
    Mask m(a[0]);
    return put_bool(out, m.height == 1 && m.width == m.count);
}

KERNEL(patch_uppermost) { return a[0].header->count && put_int(out, a[0].header->top); }
KERNEL(patch_leftmost) { return a[0].header->count && put_int(out, a[0].header->left); }
KERNEL(patch_lowermost) { return a[0].header->count && put_int(out, Mask(a[0]).bottom()); }
KERNEL(patch_rightmost) { return a[0].header->count && put_int(out, Mask(a[0]).right()); }

KERNEL(patch_ulcorner) {
    Mask m(a[0]);
    return m.count && put_pair(out, m.top, m.left);
}

KERNEL(patch_urcorner) {
    Mask m(a[0]);
    return m.count && put_pair(out, m.top, m.right());
}

KERNEL(patch_llcorner) {
    Mask m(a[0]);
    return m.count && put_pair(out, m.bottom(), m.left);
}

KERNEL(patch_lrcorner) {
    Mask m(a[0]);
    return m.count && put_pair(out, m.bottom(), m.right());
}

KERNEL(patch_center) {
    Mask m(a[0]);
    return m.count && put_pair(out, m.top + m.height / 2, m.left + m.width / 2);
}

KERNEL(patch_centerofmass) {
    Mask m(a[0]);
    if (!m.count) return false;
    int down = 0, across = 0;
    FOR_EACH(i, m.height) {
        down += i * bits_of(m.rows[i]);
        NOT_UNROLLED for (u64 bits = m.rows[i]; bits; bits &= bits - 1) across += first_bit(bits);
    }
    down = sum_of(down);
    across = sum_of(across);
    return put_pair(out, m.top + down / m.count, m.left + across / m.count);
}

KERNEL(mask_first) {
    Mask m(a[0]);
    return m.count && put_pair(out, m.top, m.left + first_bit(m.rows[0]));
}

KERNEL(mask_last) {
    Mask m(a[0]);
    return m.count && put_pair(out, m.bottom(), m.left + last_bit(m.rows[m.height - 1]));
}

KERNEL(patch_hmatching) {
    Mask m(a[0]), o(a[1]);
    int found = 0;
    FOR_EACH(i, m.height) {
        int row = m.top + i;
        found |= m.rows[i] && row >= o.top && row <= o.bottom() && o.rows[row - o.top];
    }
    return put_bool(out, greatest(found) > 0);
}

DEVICE u64 all_columns(const Mask& m) {
    u64 all = 0;
    FOR_EACH(i, m.height) all |= m.rows[i];
    return any_of(all);
}

KERNEL(patch_vmatching) {
    Mask m(a[0]), o(a[1]);
    u64 mine = all_columns(m), theirs = all_columns(o);
    i64 across = (i64)o.left - m.left;
    if (across >= SPAN || across <= -SPAN) return put_bool(out, false);
    return put_bool(out, (mine & (across >= 0 ? theirs << across : theirs >> -across)) != 0);
}

// The least distance of two sets that are not empty, rows and columns added up.
APART int gap(const Mask& m, const Mask& o) {
    int best = 1 << 30;
    FOR_EACH(pair, m.height * o.height) {
        int i = pair / o.height, k = pair % o.height;
        u64 theirs = o.rows[k];
        int down = m.top + i - o.top - k;
        down = down < 0 ? -down : down;
        if (!theirs || down >= best) continue;
        NOT_UNROLLED for (u64 mine = m.rows[i]; mine; mine &= mine - 1) {
            int column = m.left + first_bit(mine) - o.left;  // in the other's box
            u64 before = column < 0 ? 0 : column >= SPAN ? theirs : theirs & columns(column + 1), after = theirs & ~before;
            int across = 1 << 29;
            if (before) across = column - last_bit(before);
            if (after && first_bit(after) - column < across) across = first_bit(after) - column;
            if (down + across < best) best = down + across;
        }
    }
    return least(best);
}

KERNEL(patch_manhattan) {
    Mask m(a[0]), o(a[1]);
    return m.count && o.count && put_int(out, gap(m, o));
}

KERNEL(patch_adjacent) {
    Mask m(a[0]), o(a[1]);
    return m.count && o.count && put_bool(out, gap(m, o) == 1);
}

KERNEL(patch_bordering) {
    Mask m(a[0]);
    Grid g(a[1]);
    return m.count && put_bool(out, !m.top || !m.left || m.bottom() == g.height - 1 || m.right() == g.width - 1);
}

KERNEL(patch_position) {
    Mask m(a[0]), o(a[1]);
    if (!m.count || !o.count) return false;
    int row = m.top + m.height / 2, column = m.left + m.width / 2;
    int down = row < o.top + o.height / 2 ? 1 : -1, right = column < o.left + o.width / 2 ? 1 : -1;
    if (row == o.top + o.height / 2) return put_pair(out, 0, right);
    return column == o.left + o.width / 2 ? put_pair(out, down, 0) : put_pair(out, down, right);
}

// ---- colors of objects

KERNEL(object_color) {
    Mask m(a[0]);
    return m.count && put_int(out, m.seats[first_bit(m.rows[0])]);
}

// How often each color stands in an object, in scratch->counts.
APART void count_object(const Mask& m, Scratch* scratch) {
    int most = 0;
    FOR_EACH(seat, m.height * m.width) most = m.seats[seat] > most ? m.seats[seat] : most;
    most = greatest(most);
    FOR_EACH(color, 256) {
        int found = 0;
        NOT_UNROLLED for (int i = 0; color <= most && i < m.height; i++) {
            NOT_UNROLLED for (u64 bits = m.rows[i]; bits; bits &= bits - 1) found += m.seats[i * m.width + first_bit(bits)] == color;
        }
        scratch->counts[color] = found;
    }
    SYNC();
}

KERNEL(object_mostcolor) {
    Mask m(a[0]);
    count_object(m, scratch);
    int best = 0;
    FOR_EACH(color, 256) {
        int rank = scratch->counts[color] * 256 + 255 - color;
        best = rank > best ? rank : best;
    }
    best = greatest(best);
    return m.count && put_int(out, 255 - best % 256);
}

KERNEL(object_leastcolor) {
    Mask m(a[0]);
    count_object(m, scratch);
    int best = 1 << 24;
    FOR_EACH(color, 256) {
        int rank = scratch->counts[color] * 256 + color;
        if (scratch->counts[color] && rank < best) best = rank;
    }
    best = least(best);
    return m.count && put_int(out, best % 256);
}

KERNEL(object_numcolors) {
    count_object(Mask(a[0]), scratch);
    int found = 0;
    FOR_EACH(color, 256) found += scratch->counts[color] > 0;
    return put_int(out, sum_of(found));
}

KERNEL(object_colorcount) {
    Mask m(a[0]);
    count_object(m, scratch);
    i64 color = compared(a[1]);
    return put_int(out, color < 0 || color > 255 ? 0 : scratch->counts[color]);
}
