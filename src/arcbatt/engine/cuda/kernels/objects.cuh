// Sets of objects: made of grids, taken out of, joined and compared.
#pragma once
#include "masks.cuh"
#include "numbers.cuh"

typedef unsigned short u16;

// ---- made of grids

// Objects from scratch->labels: a seat has 1 and the number of the first seat of its object, or 0 in none.
APART bool put_labelled(Slot out, const Grid& g, Scratch* scratch) {
    const u16* labels = scratch->labels;
    int seats = g.height * g.width, share = (seats + LANES - 1) / LANES;
    int from = LANE * share, to = from + share < seats ? from + share : seats, mine = 0;
    NOT_UNROLLED for (int seat = from; seat < to; seat++) mine += labels[seat] == seat + 1;
    int number = (int)sum_before(mine), count = sum_of(mine);
    if (count > MOST_OBJECTS) return false;
    NOT_UNROLLED for (int seat = from; seat < to; seat++) {
        if (labels[seat] == seat + 1) out.body[seat] = (u8)++number;
    }
    SYNC();
    FOR_EACH(seat, seats) {
        int first = labels[seat] - 1;
        if (first != seat) out.body[seat] = first < 0 ? 0 : out.body[first];
        out.body[SEATS + seat] = first < 0 ? 0 : g.cells[seat];
    }
    put_box(out, OBJECTS, count, 0, 0, g.height, g.width);
    return true;
}

// What joins neighbours to objects.
struct Joining {
    bool univalued, diagonal;
};

// Lowers the labels of a row to the least that cells beside them have in the same object; whether one changed.
DEVICE int lower_row(const Grid& g, u16* labels, int i, Joining joining) {
    int is_changed = 0;
    // There and back, so that a label comes to both ends of a run at once.
    for (int step = 1; step >= -1; step -= 2) {
        NOT_UNROLLED for (int k = 0; k < g.width; k++) {
            int j = step > 0 ? k : g.width - 1 - k, seat = i * g.width + j, best = labels[seat];
            if (!best) continue;
            NOT_UNROLLED for (int row = i - 1; row <= i + 1; row++) {
                NOT_UNROLLED for (int column = j - 1; column <= j + 1; column++) {
                    if (!g.holds(row, column) || (row != i && column != j && !joining.diagonal)) continue;
                    int label = labels[row * g.width + column];
                    bool is_less = label && label < best;
                    if (is_less && (!joining.univalued || g.at(row, column) == g.at(i, j))) best = label;
                }
            }
            is_changed |= best != labels[seat];
            labels[seat] = (u16)best;
        }
    }
    return is_changed;
}

// Spreads the least label of each object over it. Every second row at a time: what it reads beside it stays as it is.
APART void spread_labels(const Grid& g, Joining joining, Scratch* scratch) {
    for (int is_changed = 1; is_changed;) {
        is_changed = 0;
        NOT_UNROLLED for (int odd = 0; odd < 2; odd++) {
            FOR_EACH(k, (g.height + 1 - odd) / 2) is_changed |= lower_row(g, scratch->labels, 2 * k + odd, joining);
            SYNC();
        }
        is_changed = greatest(is_changed);
    }
}

WORK(around_all) { return 16 * cells_of(a[0]); }

KERNEL(objects_objects) {
    Grid g(a[0]);
    int background = is_true(a[3]) ? most_color(a[0], scratch) : -1;
    FOR_EACH(seat, a[0].header->count) scratch->labels[seat] = g.cells[seat] == background ? 0 : seat + 1;
    SYNC();
    spread_labels(g, Joining{is_true(a[1]), is_true(a[2])}, scratch);
    return put_labelled(out, g, scratch);
}

// An object for each color but one; -1 is none.
DEVICE bool put_by_color(Slot out, const Slot& grid, int background, Scratch* scratch) {
    Grid g(grid);
    FOR_EACH(seat, grid.header->count) {
        int first = 0;
        NOT_UNROLLED while (g.cells[first] != g.cells[seat]) first++;
        scratch->labels[seat] = g.cells[seat] == background ? 0 : first + 1;
    }
    SYNC();
    return put_labelled(out, g, scratch);
}

KERNEL(objects_partition) { return put_by_color(out, a[0], -1, scratch); }
KERNEL(objects_fgpartition) { return put_by_color(out, a[0], most_color(a[0], scratch), scratch); }

// ---- taken out

// The object of that number, or the cells of all for 0; with `kept` of those only for which it is not 0.
APART bool put_taken(Slot out, const Objects& s, int number, const int* kept = nullptr) {
    return put_object(
        out, s.top, s.left, s.height,
        [&](int i) {
            u64 row = 0;
            NOT_UNROLLED for (int j = 0; j < s.width; j++) {
                int label = s.labels[i * s.width + j];
                bool is_taken = label && (!number || label == number) && (!kept || kept[label - 1]);
                row |= (u64)is_taken << j;
            }
            return row;
        },
        [&](int i, int j) { return s.colors[(i - s.top) * s.width + j - s.left]; });
}

KERNEL(object_merge) { return put_taken(out, Objects(a[0]), 0); }
KERNEL(object_first) { return a[0].header->count && put_taken(out, Objects(a[0]), 1); }
KERNEL(object_last) { return a[0].header->count && put_taken(out, Objects(a[0]), a[0].header->count); }

// The objects for which scratch->counts is not 0; it has a number for each.
APART bool put_kept(Slot out, const Objects& s, Scratch* scratch) {
    int share = (s.count + LANES - 1) / LANES, from = LANE * share, mine = 0;
    int to = from + share < s.count ? from + share : s.count;
    NOT_UNROLLED for (int k = from; k < to; k++) mine += scratch->counts[k] != 0;
    int number = (int)sum_before(mine), count = sum_of(mine);
    NOT_UNROLLED for (int k = from; k < to; k++) scratch->counts[k] = scratch->counts[k] ? ++number : 0;
    SYNC();
    FOR_EACH(seat, s.seats()) {
        int kept = s.labels[seat] ? scratch->counts[s.labels[seat] - 1] : 0;
        out.body[seat] = (u8)kept;
        out.body[SEATS + seat] = kept ? s.colors[seat] : 0;
    }
    put_box(out, OBJECTS, count, s.top, s.left, s.height, s.width);
    return true;
}

// ---- compared

// The objects of a set by location; an object is a set of its own.
struct Places {
    Objects many;
    Mask single;
    bool is_single;

    DEVICE_METHOD explicit Places(const Slot& slot)
        : many(slot), single(slot), is_single(slot.header->kind == OBJECT) {}
    // The number of the object there, from 1, or 0.
    DEVICE_METHOD int label(int row, int column) const {
        if (is_single) return single.has(row, column);
        int i = row - many.top, j = column - many.left;
        bool is_inside = i >= 0 && i < many.height && j >= 0 && j < many.width;
        return is_inside ? many.labels[i * many.width + j] : 0;
    }
    DEVICE_METHOD int color(int row, int column) const {
        return is_single ? single.color(row, column) : many.colors[(row - many.top) * many.width + column - many.left];
    }
};

// Leaves in scratch->counts for each object of a set the number of the one in the others that equals it, or 0.
APART void find_equals(const Slot& mine, const Slot& theirs, Scratch* scratch) {
    Objects s(mine);
    Places others(theirs);
    // By number: bit 0 for one of mine that differs, then its cells, then those of one of the others.
    u32 *words = (u32*)scratch->counts, *marks = scratch->marks;
    const u32 one_cell = 1 << 2, one_of_others = 1 << 16;
    FOR_EACH(k, MOST_OBJECTS) {
        words[k] = ~0u;
        marks[k] = 0;
    }
    SYNC();
    FOR_EACH(seat, s.seats()) {
        if (s.labels[seat]) lower(&words[s.labels[seat] - 1], seat);
    }
    SYNC();
    // The one at the first location is the only one that can be equal.
    FOR_EACH(k, s.count) words[k] = others.label(s.top + (int)words[k] / s.width, s.left + (int)words[k] % s.width);
    SYNC();
    FOR_EACH(seat, s.seats()) {
        int label = s.labels[seat], row = s.top + seat / s.width, column = s.left + seat % s.width;
        if (!label) continue;
        bool is_like = words[label - 1] && others.label(row, column) == (int)words[label - 1];
        if (!is_like || others.color(row, column) != s.colors[seat]) set_bits(&marks[label - 1], 1);
        add_to(&marks[label - 1], one_cell);
    }
    FOR_EACH(seat, others.many.seats()) {
        int row = others.many.top + seat / others.many.width, column = others.many.left + seat % others.many.width;
        int label = others.label(row, column);
        if (label) add_to(&marks[label - 1], one_of_others);
    }
    SYNC();
    // All its cells are in the other; as many are all of them.
    FOR_EACH(k, s.count) {
        bool is_within = words[k] && !(marks[k] & 1);
        scratch->counts[k] = is_within && (marks[k] & 0xffff) / one_cell == marks[words[k] - 1] >> 16 ? words[k] : 0;
    }
    SYNC();
}

// The objects of the first set that are, or are not, in the second.
DEVICE bool put_common(Slot out, const Slot& mine, const Slot& theirs, bool is_common, Scratch* scratch) {
    find_equals(mine, theirs, scratch);
    FOR_EACH(k, mine.header->count) scratch->counts[k] = (scratch->counts[k] > 0) == is_common;
    SYNC();
    return put_kept(out, Objects(mine), scratch);
}

KERNEL(objects_intersection) { return put_common(out, a[0], a[1], true, scratch); }
KERNEL(objects_difference) { return put_common(out, a[0], a[1], false, scratch); }
KERNEL(objects_remove) { return put_common(out, a[1], a[0], false, scratch); }

// How many objects of a set are in the others.
DEVICE int count_equals(const Slot& mine, const Slot& theirs, Scratch* scratch) {
    find_equals(mine, theirs, scratch);
    int found = 0;
    FOR_EACH(k, mine.header->count) found += scratch->counts[k] > 0;
    return sum_of(found);
}

KERNEL(objects_equality) {
    int count = a[0].header->count;
    return put_bool(out, count == a[1].header->count && count_equals(a[0], a[1], scratch) == count);
}

KERNEL(objects_contained) { return put_bool(out, count_equals(a[1], a[0], scratch) > 0); }

KERNEL(object_other) {
    Objects s(a[0]);
    find_equals(a[0], a[1], scratch);
    int first = MOST_OBJECTS;
    FOR_EACH(k, s.count) first = !scratch->counts[k] && k < first ? k : first;
    first = least(first);
    return first < MOST_OBJECTS && put_taken(out, s, 1 + first);
}
