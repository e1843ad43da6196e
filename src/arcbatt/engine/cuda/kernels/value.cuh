// Values in slots: a header of 32 bytes, then a body as large as the slot's form needs. Little-endian, as the native
// engine reads them (rust/src/seeds.rs has the twin of this layout; layout.py tells the sizes).
//
// A slot without a value (NOTHING) stands for a call that fails or whose arguments or result have no such form: the
// native engine evaluates it, and all that depends on it.
#pragma once
#include "warp.cuh"

enum Kind { NOTHING = 0, INT = 1, BOOL = 2, PAIR = 3, GRID = 4, MASK = 5, OBJECT = 6, OBJECTS = 7, PRIMITIVE = 8,
            FIXED = 9, MATCHER = 10, OTHERWISE = 11, SIZE_OF = 12, SAME_AS = 13, MOVING = 14 };

#define SIDE 30  // most rows and columns of a grid, and of the box of an object
#define SPAN 64  // most rows and columns of the box of a set of locations
#define MASK_BYTES (SPAN * 8)
#define SEATS 912  // bytes for the seats of a grid or a box of SIDE x SIDE, a multiple of 16
#define MOST_OBJECTS 255  // in a set of objects
#define REACH (1 << 28)  // rows and columns of locations lie within this on both sides, so that 32 bits never overflow

struct Header {
    int kind;
    int count;  // elements of a set, cells of a grid; of a function the number in functions.cuh
    union {
        i64 numbers[2];  // INT and BOOL: the first; PAIR: both. Of functions: what functions.cuh says
        struct {
            int top, left;  // MASK, OBJECT, OBJECTS
            int height, width;  // of a grid, of a bounding box; 0 of the empty set. OBJECTS: of a window around all
        };
    };
    i64 fuel;  // of the call that gave it
};

struct Slot {
    Header* header;
    u8* body;  // GRID: bytes row by row. MASK: a word of 64 bits a row of its box, bit 0 its first column; rows beyond
               // the box are 0. OBJECT: the same, then a byte for each seat of the box, row by row. OBJECTS: a byte
               // for each seat of the window, row by row, 0 or the number of the object there, from 1; from byte
               // SEATS on their colors. Objects are numbered by their first cells, row by row, which is canonical order.
};

// What the lanes of a warp share while they work on a call.
struct Scratch {
    union {
        struct {
            int counts[256];
            union {
                struct {
                    u64 rows[SPAN];
                    u64 others[SPAN];
                };
                u32 marks[4 * SPAN];
            };
        };
        unsigned short labels[SEATS];
    };
};

typedef const Slot* Arguments;
#define KERNEL(name) APART bool name(Arguments a, Slot out, Scratch* scratch)

// ---- reading

DEVICE bool is_number(const Slot& slot) { return slot.header->kind == INT || slot.header->kind == BOOL; }
DEVICE i64 number(const Slot& slot) { return slot.header->numbers[0]; }
DEVICE bool is_pair(const Slot& slot) { return slot.header->kind == PAIR; }
DEVICE bool is_near(i64 number) { return -REACH < number && number < REACH; }

// A pair of numbers that rows and columns can be moved by.
DEVICE bool is_place(const Slot& slot) {
    return is_pair(slot) && is_near(slot.header->numbers[0]) && is_near(slot.header->numbers[1]);
}

// An int that fits into a cell. A bool does not: as a cell it would stay one.
DEVICE bool is_cell(const Slot& slot) { return slot.header->kind == INT && number(slot) >= 0 && number(slot) < 256; }

// A number that cells are compared with; a pair equals none of them.
DEVICE i64 compared(const Slot& slot) { return is_number(slot) ? number(slot) : -1; }

struct Grid {
    int height, width;
    const u8* cells;

    DEVICE_METHOD explicit Grid(const Slot& slot)
        : height(slot.header->height), width(slot.header->width), cells(slot.body) {}
    DEVICE_METHOD int at(int i, int j) const { return cells[i * width + j]; }
    DEVICE_METHOD bool holds(i64 i, i64 j) const { return i >= 0 && i < height && j >= 0 && j < width; }
};

// The locations of a mask or an object.
struct Mask {
    int count, top, left, height, width;
    const u64* rows;
    const u8* seats;

    DEVICE_METHOD explicit Mask(const Slot& slot)
        : count(slot.header->count), top(slot.header->top), left(slot.header->left), height(slot.header->height),
          width(slot.header->width), rows((const u64*)slot.body), seats(slot.body + MASK_BYTES) {}
    DEVICE_METHOD int bottom() const { return top + height - 1; }
    DEVICE_METHOD int right() const { return left + width - 1; }
    // The row at this number in any window: bit j stands for the column from + j.
    DEVICE_METHOD u64 bits(int row, int from) const {
        int i = row - top, across = left - from;
        if (i < 0 || i >= height || across >= SPAN || across <= -SPAN) return 0;
        return across >= 0 ? rows[i] << across : rows[i] >> -across;
    }
    DEVICE_METHOD bool has(i64 row, i64 column) const {
        i64 i = row - top, j = column - left;
        return i >= 0 && i < height && j >= 0 && j < width && (rows[i] >> j & 1);
    }
    DEVICE_METHOD int color(int row, int column) const { return seats[(row - top) * width + column - left]; }
};

// A set of objects that share no location. None is empty.
struct Objects {
    int count, top, left, height, width;
    const u8* labels;
    const u8* colors;

    DEVICE_METHOD explicit Objects(const Slot& slot)
        : count(slot.header->count), top(slot.header->top), left(slot.header->left), height(slot.header->height),
          width(slot.header->width), labels(slot.body), colors(slot.body + SEATS) {}
    DEVICE_METHOD int seats() const { return height * width; }
};

// ---- writing; what they return says whether the value has such a form

DEVICE bool put_number(Slot out, Kind kind, i64 first, i64 second = 0) {
    if (LANE == 0) {
        out.header->kind = kind;
        out.header->count = 0;
        out.header->numbers[0] = first;
        out.header->numbers[1] = second;
    }
    return true;
}

DEVICE bool put_int(Slot out, i64 value) { return put_number(out, INT, value); }
DEVICE bool put_bool(Slot out, bool value) { return put_number(out, BOOL, value); }
DEVICE bool put_pair(Slot out, i64 first, i64 second) { return put_number(out, PAIR, first, second); }

DEVICE void put_box(Slot out, Kind kind, int count, int top, int left, int height, int width) {
    if (LANE == 0) {
        out.header->kind = kind;
        out.header->count = count;
        out.header->top = top;
        out.header->left = left;
        out.header->height = height;
        out.header->width = width;
    }
}

// The grid whose cells a function gives by row and column.
template <class F> DEVICE bool put_grid(Slot out, i64 height, i64 width, F cell) {
    if (height < 1 || height > SIDE || width < 1 || width > SIDE) return false;
    int columns = (int)width, count = (int)(height * width);
    FOR_EACH(place, count) out.body[place] = (u8)cell(place / columns, place % columns);
    put_box(out, GRID, count, 0, 0, (int)height, columns);
    return true;
}

// The set of locations whose rows of bits a function gives, in a window of up to 64 x 64 that may be too large.
// The rows of the window beyond `height` are not asked for.
template <class F> DEVICE bool put_mask_as(Slot out, Kind kind, i64 top, i64 left, int height, F row) {
    u64 mine[SPAN / LANES], all = 0;
    int count = 0, first = SPAN, last = -1;
    for (int k = 0; k < SPAN / LANES; k++) {
        int i = LANE + k * LANES;
        mine[k] = i < height ? row(i) : 0;
        if (mine[k]) {
            all |= mine[k];
            count += bits_of(mine[k]);
            first = i < first ? i : first;
            last = i > last ? i : last;
        }
    }
    all = any_of(all);
    count = sum_of(count);
    first = least(first);
    last = greatest(last);
    u64* rows = (u64*)out.body;
    if (!count) {
        FOR_EACH(i, SPAN) rows[i] = 0;
        put_box(out, kind, 0, 0, 0, 0, 0);
        return true;
    }
    int skipped = first_bit(all), width = last_bit(all) - skipped + 1, rows_used = last - first + 1;
    top += first;
    left += skipped;
    if (!is_near(top) || !is_near(left) || (kind == OBJECT && (rows_used > SIDE || width > SIDE))) return false;
    for (int k = 0; k < SPAN / LANES; k++) {  // each row moves up by as many as are empty before the first
        int i = LANE + k * LANES;
        rows[i >= first ? i - first : i + SPAN - first] = mine[k] >> skipped;
    }
    put_box(out, kind, count, (int)top, (int)left, rows_used, width);
    return true;
}

template <class F> DEVICE bool put_mask(Slot out, i64 top, i64 left, int height, F row) {
    return put_mask_as(out, MASK, top, left, height, row);
}

// The object on the locations that the rows give, with the color of each by row and column.
template <class F, class C> DEVICE bool put_object(Slot out, i64 top, i64 left, int height, F row, C color) {
    if (!put_mask_as(out, OBJECT, top, left, height, row)) return false;
    SYNC();
    Mask made(out);
    int seats = made.height * made.width;
    u8* colors = out.body + MASK_BYTES;
    FOR_EACH(seat, seats) {
        int i = seat / made.width, j = seat % made.width;
        colors[seat] = made.rows[i] >> j & 1 ? (u8)color(made.top + i, made.left + j) : 0;
    }
    return true;
}

// ---- counting

// How often each color stands in a grid, in scratch->counts.
APART void count_colors(const Slot& slot, Scratch* scratch) {
    const u8* cells = slot.body;
    int count = slot.header->count;
    // Each lane owns colors, not cells: nothing is written by two.
    FOR_EACH(color, 256) scratch->counts[color] = 0;
    SYNC();
#if LANES == 1
    for (int place = 0; place < count; place++) scratch->counts[cells[place]]++;
#else
    // Grids have few colors: the greatest tells how far to look.
    int most = 0;
    FOR_EACH(place, count) most = cells[place] > most ? cells[place] : most;
    most = greatest(most);
    FOR_EACH(color, most + 1) {
        int found = 0;
        NOT_UNROLLED for (int place = 0; place < count; place++) found += cells[place] == color;
        scratch->counts[color] = found;
    }
#endif
    SYNC();
}

// The most frequent color of a grid, of several the smallest.
APART int most_color(const Slot& slot, Scratch* scratch) {
    count_colors(slot, scratch);
    int best = 0;
    FOR_EACH(color, 256) {
        int rank = scratch->counts[color] * 256 + 255 - color;
        best = rank > best ? rank : best;
    }
    best = greatest(best);
    SYNC();
    return 255 - best % 256;
}
