// The work of a call, from its arguments: the twins of src/arcbatt/dsl/work.py and of the formulas beside primitives.
#pragma once
#include "value.cuh"

#define WORK(name) APART i64 name(Arguments a, Scratch* scratch)

// Cells of all objects of a set.
APART i64 cells_in(const Objects& s) {
    int found = 0;
    FOR_EACH(seat, s.seats()) found += s.labels[seat] > 0;
    return sum_of(found);
}

// Number of elements; a number has none.
DEVICE i64 length_of(const Slot& slot) {
    switch (slot.header->kind) {
        case PAIR: return 2;
        case GRID: return slot.header->height;
        case MASK:
        case OBJECT:
        case OBJECTS: return slot.header->count;
        default: return 0;
    }
}

// Elements of the elements; one that is no container counts 1.
DEVICE i64 members_of(const Slot& slot) {
    switch (slot.header->kind) {
        case PAIR: return 2;
        case GRID: return slot.header->count;
        case MASK:
        case OBJECT: return 2 * (i64)slot.header->count;
        case OBJECTS: return cells_in(Objects(slot));
        default: return 0;
    }
}

DEVICE bool is_set(const Slot& slot) {
    return slot.header->kind == MASK || slot.header->kind == OBJECT || slot.header->kind == OBJECTS;
}
DEVICE i64 cells_of(const Slot& slot) { return is_set(slot) ? length_of(slot) : members_of(slot); }
DEVICE i64 sorting_of(const Slot& slot) { return is_set(slot) && slot.header->count > 1 ? members_of(slot) : 0; }

// A count times a factor to a power, 0 for a factor that is no positive int.
DEVICE i64 times(i64 count, const Slot& factor, int power) {
    if (factor.header->kind != INT || number(factor) <= 0) return 0;
    i64 capped = number(factor) < (1 << 20) ? number(factor) : 1 << 20;
    return power == 1 ? count * capped : count * capped * capped;
}

WORK(none) { return 0; }
WORK(length) { return length_of(a[0]); }
WORK(length_of_second) { return length_of(a[1]); }
WORK(lengths) { return length_of(a[0]) + length_of(a[1]); }
WORK(members) { return members_of(a[0]); }
WORK(cells) { return cells_of(a[0]); }
WORK(cells_of_both) { return cells_of(a[0]) + cells_of(a[1]); }
WORK(sorting) { return sorting_of(a[0]); }
WORK(comparing) { return cells_of(a[0]) < cells_of(a[1]) ? cells_of(a[0]) : cells_of(a[1]); }
WORK(walking) { return length_of(a[0]) + sorting_of(a[0]) + length_of(a[1]) + sorting_of(a[1]); }
WORK(pouring) { return length_of(a[0]) + length_of(a[1]) + (is_set(a[0]) ? 0 : sorting_of(a[1])); }
WORK(searching) { return is_set(a[1]) ? cells_of(a[0]) : members_of(a[1]); }
WORK(inserting) { return cells_of(a[0]) + length_of(a[1]); }
WORK(grid_and_second) { return cells_of(a[0]) + length_of(a[1]); }
WORK(grid_and_last) { return cells_of(a[0]) + length_of(a[2]); }
WORK(grid_and_move) { return cells_of(a[0]) + 3 * length_of(a[1]); }
WORK(patch_and_cells) { return length_of(a[0]) + cells_of(a[1]); }
WORK(grids_and_patch) { return cells_of(a[0]) + cells_of(a[1]) + length_of(a[2]); }
WORK(stretched) { return cells_of(a[0]) + times(cells_of(a[0]), a[1], 1); }
WORK(enlarged) { return cells_of(a[0]) + times(cells_of(a[0]), a[1], 2); }
WORK(around) { return cells_of(a[0]) * (1 + length_of(a[2])); }
WORK(boxed) { return length_of(a[0]) + (i64)a[0].header->height * a[0].header->width; }
WORK(matching) { return cells_of(a[0]) + length_of(a[1]) * (1 + cells_of(a[0]) / 16); }
WORK(sweep) {
    i64 pairs = length_of(a[0]) * length_of(a[1]), both = 32 * (length_of(a[0]) + length_of(a[1]));
    return pairs < both ? pairs : both;
}
WORK(blank) {
    if (!is_pair(a[1])) return 0;
    i64 height = a[1].header->numbers[0], width = a[1].header->numbers[1], most = 1LL << 40;
    height = height < 0 ? 0 : height > most ? most : height;
    width = width < 1 ? 1 : width > most ? most : width;
    return height > most / width ? most : height * width;
}

// Locations on the way between two places: 1 and the greater of the two distances.
DEVICE i64 distance(i64 down, i64 across) {
    down = down < 0 ? -down : down;
    across = across < 0 ? -across : across;
    return 1 + (down > across ? down : across);
}

WORK(connecting) {
    if (!is_place(a[0]) || !is_place(a[1])) return 0;
    const i64 *from = a[0].header->numbers, *to = a[1].header->numbers;
    return distance(from[0] - to[0], from[1] - to[1]);
}
WORK(shooting) {
    if (!is_place(a[1])) return 0;
    return 42 * distance(a[1].header->numbers[0], a[1].header->numbers[1]);
}
