// Objects of a set by what functions give for them: the best, and those that meet a condition.
#pragma once
#include "functions.cuh"
#include "objects.cuh"

// ---- measured

// Whether no seat before this one has its color in its object.
DEVICE bool is_first_of_color(const Objects& s, int seat) {
    NOT_UNROLLED for (int other = seat - 1; other >= 0; other--) {
        if (s.labels[other] == s.labels[seat] && s.colors[other] == s.colors[seat]) return false;
    }
    return true;
}

// Takes a seat into what is gathered for its object.
DEVICE void gather(u32* word, const Objects& s, int seat, int measure) {
    switch (measure) {
        case FUNCTION_SIZE: return add_to(word, 1);
        case FUNCTION_NUMCOLORS: return add_to(word, is_first_of_color(s, seat));
        case FUNCTION_COLOR: return lower(word, seat << 8 | s.colors[seat]);
        case FUNCTION_HEIGHT:
        case FUNCTION_UPPERMOST:
        case FUNCTION_LOWERMOST: return set_bits(word, 1u << seat / s.width);
        default: return set_bits(word, 1u << seat % s.width);
    }
}

// What was gathered as the measure of an object within the window.
DEVICE int read_off(u32 word, int measure) {
    switch (measure) {
        case FUNCTION_SIZE:
        case FUNCTION_NUMCOLORS: return (int)word;
        case FUNCTION_COLOR: return word & 255;
        case FUNCTION_HEIGHT:
        case FUNCTION_WIDTH: return last_bit(word) - first_bit(word) + 1;
        case FUNCTION_UPPERMOST:
        case FUNCTION_LEFTMOST: return first_bit(word);
        default: return last_bit(word);
    }
}

// Leaves in scratch->counts the measure of each object, in their order; rows and columns counted from the window's.
APART void measure_all(const Objects& s, int measure, Scratch* scratch) {
    u32* words = (u32*)scratch->counts;
    FOR_EACH(k, s.count) words[k] = measure == FUNCTION_COLOR ? ~0u : 0;
    SYNC();
    FOR_EACH(seat, s.seats()) {
        if (s.labels[seat]) gather(&words[s.labels[seat] - 1], s, seat, measure);
    }
    SYNC();
    FOR_EACH(k, s.count) scratch->counts[k] = read_off(words[k], measure);
    SYNC();
}

// An object by its box in the window, its cells, and those of them that are not at the edge of the box.
struct Shape {
    int top, bottom, left, right, size, inner;

    DEVICE_METHOD Shape(u32 box, u32 cells)
        : top(box & 31), bottom(box >> 5 & 31), left(box >> 10 & 31), right(box >> 15), size(cells & 0xffff),
          inner(cells >> 16) {}
    DEVICE_METHOD int height() const { return bottom - top + 1; }
    DEVICE_METHOD int width() const { return right - left + 1; }
    DEVICE_METHOD int area() const { return height() * width(); }
    DEVICE_METHOD int edge() const {
        return height() == 1 || width() == 1 ? area() : 2 * (height() + width()) - 4;
    }
    DEVICE_METHOD bool has_inside(int i, int j) const { return i != top && i != bottom && j != left && j != right; }
};

// Leaves the shape of each object: its box in scratch->counts, its cells in scratch->marks.
APART void shape_all(const Objects& s, Scratch* scratch) {
    u32 *boxes = (u32*)scratch->counts, *cells = scratch->marks;
    FOR_EACH(k, s.count) boxes[k] = cells[k] = 0;
    SYNC();
    FOR_EACH(seat, s.seats()) {
        if (!s.labels[seat]) continue;
        set_bits(&boxes[s.labels[seat] - 1], 1u << seat / s.width);
        set_bits(&cells[s.labels[seat] - 1], 1u << seat % s.width);
    }
    SYNC();
    FOR_EACH(k, s.count) {
        u32 rows = boxes[k], columns = cells[k];
        boxes[k] = first_bit(rows) | last_bit(rows) << 5 | first_bit(columns) << 10 | last_bit(columns) << 15;
        cells[k] = 0;
    }
    SYNC();
    FOR_EACH(seat, s.seats()) {
        if (!s.labels[seat]) continue;
        int k = s.labels[seat] - 1;
        bool is_inner = Shape(boxes[k], 0).has_inside(seat / s.width, seat % s.width);
        add_to(&cells[k], is_inner ? 1 << 16 | 1 : 1);
    }
    SYNC();
}

// Whether what a function gives for an object depends on its shape.
DEVICE bool is_of_shape(const Slot& function) {
    const Header& h = *function.header;
    bool is_plain = h.count == FUNCTION_SQUARE || h.count == FUNCTION_HLINE || h.count == FUNCTION_VLINE;
    return h.kind == SIZE_OF || h.kind == SAME_AS || (h.kind == PRIMITIVE && is_plain);
}

// What such a function gives for an object.
DEVICE int given_for(const Slot& function, const Shape& shape) {
    int measure = function.header->count, area = shape.area(), size = shape.size;
    if (function.header->kind == SIZE_OF) return measure == FUNCTION_DELTA ? area - size : area;
    if (function.header->kind == SAME_AS && measure == FUNCTION_BOX) return !shape.inner && size == shape.edge();
    bool is_long = measure == FUNCTION_HLINE ? shape.height() == 1
                 : measure == FUNCTION_VLINE ? shape.width() == 1
                 : measure != FUNCTION_SQUARE || shape.height() == shape.width();
    return is_long && size == area;
}

// What calls of a function on the first objects of a set cost: a unit for each, and an eighth of its work. So much work.
APART i64 calling(const Objects& s, int count, const Slot& function, Scratch* scratch) {
    const Header& h = *function.header;
    i64 units = count * calls_of(function);
    if (h.count == FUNCTION_SIZE) return 8 * units;
    shape_all(s, scratch);
    int calls = 0;
    FOR_EACH(k, count) {
        Shape shape(scratch->counts[k], scratch->marks[k]);
        calls += shape.size >> 3;
        if (h.kind == SAME_AS) {  // toindices and the other function, then equality
            int other = h.count == FUNCTION_BOX ? shape.edge() : shape.area();
            calls += (shape.size >> 3) + ((other < shape.size ? other : shape.size) >> 3);
        }
    }
    return 8 * (units + sum_of(calls));
}

WORK(measuring) { return walking(a, scratch) + calling(Objects(a[0]), a[0].header->count, a[1], scratch); }
WORK(sifting_objects) { return lengths(a, scratch) + calling(Objects(a[0]), a[0].header->count, a[1], scratch); }

// Leaves in scratch->counts what a function gives for each object, rows and columns counted from the window's.
APART void find_given(const Objects& s, const Slot& function, Scratch* scratch) {
    if (!is_of_shape(function)) return measure_all(s, function.header->count, scratch);
    shape_all(s, scratch);
    FOR_EACH(k, s.count) scratch->counts[k] = given_for(function, Shape(scratch->counts[k], scratch->marks[k]));
    SYNC();
}

// The number from 1 of the object with the greatest or the least measure, the first of several; there is one. Measures
// are left in scratch->counts.
APART int best_of(const Objects& s, const Slot& function, bool is_greatest, Scratch* scratch) {
    find_given(s, function, scratch);
    int best = 1 << 30;
    FOR_EACH(k, s.count) {
        int rank = (is_greatest ? -scratch->counts[k] : scratch->counts[k]) * 256 + k;
        best = rank < best ? rank : best;
    }
    return 1 + (least(best) & 255);
}

// Whether a function is one of an object that gives an int.
DEVICE bool is_measure(const Slot& function) {
    bool is_plain = function.header->kind == PRIMITIVE && function.header->count <= FUNCTION_COLOR;
    return is_plain || function.header->kind == SIZE_OF;
}

// What there is to add to a measure that was counted from the window.
DEVICE int origin_of(const Objects& s, int measure) {
    switch (measure) {
        case FUNCTION_UPPERMOST:
        case FUNCTION_LOWERMOST: return s.top;
        case FUNCTION_LEFTMOST:
        case FUNCTION_RIGHTMOST: return s.left;
        default: return 0;
    }
}

DEVICE bool put_best(Slot out, Arguments a, bool is_greatest, Scratch* scratch) {
    Objects s(a[0]);
    if (!s.count || !is_measure(a[1])) return false;
    return put_taken(out, s, best_of(s, a[1], is_greatest, scratch));
}

KERNEL(object_argmax) { return put_best(out, a, true, scratch); }
KERNEL(object_argmin) { return put_best(out, a, false, scratch); }

DEVICE bool put_best_measure(Slot out, Arguments a, bool is_greatest, Scratch* scratch) {
    Objects s(a[0]);
    // Of none it is the function of 0, and that fails.
    if (!s.count || !is_measure(a[1])) return false;
    int best = best_of(s, a[1], is_greatest, scratch);
    return put_int(out, origin_of(s, a[1].header->count) + scratch->counts[best - 1]);
}

KERNEL(objects_valmax) { return put_best_measure(out, a, true, scratch); }
KERNEL(objects_valmin) { return put_best_measure(out, a, false, scratch); }

// ---- filtered

DEVICE bool put_measured(Slot out, Arguments a, int measure, Scratch* scratch) {
    Objects s(a[0]);
    measure_all(s, measure, scratch);
    i64 wanted = compared(a[1]);
    FOR_EACH(k, s.count) scratch->counts[k] = scratch->counts[k] == wanted;
    SYNC();
    return put_kept(out, s, scratch);
}

KERNEL(objects_colorfilter) { return put_measured(out, a, FUNCTION_COLOR, scratch); }
KERNEL(objects_sizefilter) { return put_measured(out, a, FUNCTION_SIZE, scratch); }

// Whether a function can be asked about objects.
DEVICE bool is_judge(const Slot& function) {
    bool is_matching = is_condition(function) && function.header->count <= FUNCTION_COLOR;
    return is_matching || is_measure(function) || is_of_shape(function);
}

// Leaves in scratch->counts whether objects meet a condition.
APART void judge_all(const Objects& s, const Slot& condition, Scratch* scratch) {
    find_given(s, condition, scratch);
    int origin = origin_of(s, condition.header->count);
    FOR_EACH(k, s.count) scratch->counts[k] = meets(condition, origin + scratch->counts[k]);
    SYNC();
}

KERNEL(objects_sfilter) {
    if (!is_judge(a[1])) return false;
    judge_all(Objects(a[0]), a[1], scratch);
    return put_kept(out, Objects(a[0]), scratch);
}

KERNEL(object_mfilter) {
    if (!is_judge(a[1])) return false;
    judge_all(Objects(a[0]), a[1], scratch);
    return put_taken(out, Objects(a[0]), 0, scratch->counts);
}

// The number from 0 of the first object that meets a condition; as many as there are when none does.
APART int first_meeting(const Objects& s, const Slot& condition, Scratch* scratch) {
    judge_all(s, condition, scratch);
    int first = s.count;
    FOR_EACH(k, s.count) first = scratch->counts[k] && k < first ? k : first;
    return least(first);
}

KERNEL(object_extract) {
    Objects s(a[0]);
    if (!is_judge(a[1])) return false;
    int first = first_meeting(s, a[1], scratch);
    return first < s.count && put_taken(out, s, 1 + first);
}

// Objects after the first that meets the condition are not asked.
WORK(extracting) {
    if (!is_judge(a[1])) return 0;
    int first = first_meeting(Objects(a[0]), a[1], scratch);
    return walking(a, scratch) + calling(Objects(a[0]), first + 1, a[1], scratch);
}

// ---- locations that functions give for each object, joined

// Most locations that all objects together may give: it is within the bounds of a value.
#define MOST_GIVEN 100000

// The locations that a function gives for an object in a row of the window, as bits: bit 0 is the column before it.
DEVICE u64 given_in_row(const Objects& s, int number, int function, const Shape& shape, int i) {
    int step = function == FUNCTION_OUTBOX, top = shape.top - step, bottom = shape.bottom + step;
    if (i < top || i > bottom) return 0;
    u64 ends = 1ULL << (shape.left - step + 1) | 1ULL << (shape.right + step + 1);
    u64 all = columns(shape.width() + 2 * step) << (shape.left - step + 1);
    bool is_edge = i == top || i == bottom;
    switch (function) {
        case FUNCTION_BACKDROP: return all;
        case FUNCTION_CORNERS: return is_edge ? ends : 0;
        case FUNCTION_BOX:
        case FUNCTION_OUTBOX: return is_edge ? all : ends;
    }
    u64 cells = 0;
    NOT_UNROLLED for (int j = shape.left; j <= shape.right; j++) {
        cells |= (u64)(s.labels[i * s.width + j] == number) << (j + 1);
    }
    return function == FUNCTION_DELTA ? all & ~cells : cells;
}

DEVICE bool gives_locations(int function) {
    switch (function) {
        case FUNCTION_BACKDROP:
        case FUNCTION_DELTA:
        case FUNCTION_BOX:
        case FUNCTION_OUTBOX:
        case FUNCTION_CORNERS:
        case FUNCTION_TOINDICES: return true;
        default: return false;
    }
}

KERNEL(objects_mapply) {
    Objects s(a[1]);
    int function = a[0].header->count;
    if (a[0].header->kind != PRIMITIVE || !gives_locations(function)) return false;
    shape_all(s, scratch);
    int most = 0;
    FOR_EACH(k, s.count) most += Shape(scratch->counts[k], 0).area();
    if (sum_of(most) > MOST_GIVEN) return false;
    return put_mask(out, s.top - 1, s.left - 1, s.height + 2, [&](int i) {
        u64 row = 0;
        NOT_UNROLLED for (int k = 0; k < s.count; k++) {
            row |= given_in_row(s, k + 1, function, Shape(scratch->counts[k], 0), i - 1);
        }
        return row;
    });
}

WORK(mapping_objects) { return lengths(a, scratch) + calling(Objects(a[1]), a[1].header->count, a[0], scratch); }
