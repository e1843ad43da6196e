// What a combination of a search is, and what it gives on all samples: a rule of the grammar with an entry for each
// argument. Entries of grids have one record: height and width of each grid, a byte each, then all cells end to end.
// Entries of other forms have a slot for each sample, or one for all.
#pragma once
#include "evaluate.cuh"
#include "keys.cuh"

#define MOST_PLACES 4
#define COLORS 10
#define MOST_NUMBER 1000

// The forms of results, in the order that enumeration/rules.py has.
enum Form { NO_FORM, GRID_FORM, OBJECT_FORM, INDICES_FORM, COLOR_FORM, COUNT_FORM, TRUTH_FORM, OFFSET_FORM };

// What came of a combination: `fuel << 2 | status`.
enum Status { FAILED, KNOWN, NEW, UNKNOWN };
#define LEFT_OUT 0xffffffffu

// What one search asks for in a round.
struct Request {
    i64 start, count;  // number of its first combination in the round, and how many it has
    i64 tile, fresh;   // the same for its tiles, and for its new combinations
    u64* table;        // keys that are known, 0 where none is
    u32* firsts;       // by place in the table: 1 + the first combination that has the key; 0: known before
    u64 mask;          // places of the table less 1
    i64 samples, node_fuel;
    const u8* outputs;  // of the demo samples, which come first: a record of grids
    i64 demos;
    u8* home;  // where records of new combinations go
};

// Some combinations of one block: a rule with a range of entries for each argument.
struct Segment {
    i64 start;    // number of its first combination in the round
    i64 first;    // number of that one in the block
    i64 request;  // whose it is
    i64 kernel;   // 0: there is none
    i64 count;    // of arguments
    i64 form, kind;  // of the result
    i64 grids;       // bit k: argument k is a grid
    i64 is_distinct;  // two arguments are never the same entry
    i64 is_sure;      // without a value it fails; else the search has to look
    i64 twin;         // the digit which with the next one goes over pairs; -1: there is none
    i64 kinds[MOST_PLACES], firsts[MOST_PLACES], sizes[MOST_PLACES];  // of each argument: its kind and range of places
    i64 nesting[MOST_PLACES];                                         // arguments by digit, the slowest first
    const u64* lists[MOST_PLACES];                                    // entries of each argument's kind, by place
};

struct Shared {
    Scratch scratch;
    Header headers[MOST_PLACES], made;
};

// ---- which one it is

// Number of pairs of so many whose first comes before one.
DEVICE u64 pairs_before(u64 first, u64 size) { return first * (2 * size - first + 1) / 2; }

// The places of the entries of a combination, by argument.
DEVICE void find_places(const Segment& s, u64 number, i64* places) {
    for (int digit = (int)s.count - 1; digit >= 0; digit--) {
        i64 argument = s.nesting[digit];
        u64 size = (u64)s.sizes[argument];
        if (digit > 0 && s.twin == digit - 1) {
            u64 pairs = pairs_before(size, size), pair = number % pairs, low = 0, high = size;
            number /= pairs;
            while (high - low > 1) {
                u64 middle = (low + high) / 2;
                if (pairs_before(middle, size) <= pair) low = middle;
                else high = middle;
            }
            places[argument] = s.firsts[argument] + (i64)(low + pair - pairs_before(low, size));
            digit--;
            argument = s.nesting[digit];
            places[argument] = s.firsts[argument] + (i64)low;
        } else {
            places[argument] = s.firsts[argument] + (i64)(number % size);
            number /= size;
        }
    }
}

DEVICE bool is_left_out(const Segment& s, const i64* places) {
    if (!s.is_distinct) return false;
    for (int k = 1; k < s.count; k++) {
        for (int l = 0; l < k; l++) {
            if (s.kinds[k] == s.kinds[l] && places[k] == places[l]) return true;
        }
    }
    return false;
}

// ---- what it gives

DEVICE i64 slot_bytes(bool is_object, bool is_mask) {
    return (i64)sizeof(Header) + (is_mask || is_object ? MASK_BYTES : 0) + (is_object ? SEATS : 0);
}

// Bytes of a slot that holds a value, by its kind.
DEVICE i64 bytes_of(const Header* header) { return slot_bytes(header->kind == OBJECT, header->kind == MASK); }

DEVICE bool is_small(i64 number) { return -MOST_NUMBER <= number && number <= MOST_NUMBER; }

DEVICE bool has_only_colors(const u8* cells, int count) {
    int is_other = 0;
    FOR_EACH(k, count) is_other |= cells[k] >= COLORS;
    return greatest(is_other) == 0;
}

// Whether a value is of a form, as rust/src/search/form.rs has it.
DEVICE bool admits(i64 form, const Slot& slot) {
    const Header& h = *slot.header;
    switch (form) {
        case GRID_FORM: return h.kind == GRID && has_only_colors(slot.body, h.count);
        case OBJECT_FORM:
            return h.kind == OBJECT && h.count > 0 && has_only_colors(slot.body + MASK_BYTES, h.height * h.width);
        case INDICES_FORM: return h.kind == MASK && h.count > 0;
        case COLOR_FORM: return h.kind == INT && h.numbers[0] >= 0 && h.numbers[0] < COLORS;
        case COUNT_FORM: return h.kind == INT && is_small(h.numbers[0]);
        case TRUTH_FORM: return h.kind == BOOL;
        case OFFSET_FORM: return h.kind == PAIR && is_small(h.numbers[0]) && is_small(h.numbers[1]);
        default: return false;
    }
}

// The values of the entries of a combination, handed out sample by sample.
struct Reader {
    const u8* records[MOST_PLACES];
    i64 offsets[MOST_PLACES];  // of the next value in a record
    bool are_one[MOST_PLACES];
    bool is_one;  // all of them have one value for all samples

    // False when some entry has no form here.
    DEVICE_METHOD bool open(const Segment& s, const i64* places, i64 samples) {
        is_one = true;
        for (int k = 0; k < s.count; k++) {
            u64 ref = s.lists[k][places[k]];
            if (!ref) return false;
            records[k] = (const u8*)(ref & ~7ull);
            offsets[k] = s.grids >> k & 1 ? 2 * samples : 0;
            are_one[k] = ref & 1;
            is_one = is_one && are_one[k];
        }
        return true;
    }

    DEVICE_METHOD void next(const Segment& s, i64 sample, Slot* a, Header* headers) {
        for (int k = 0; k < MOST_ARGUMENTS; k++) {
            if (k >= s.count) {
                a[k] = a[0];
            } else if (s.grids >> k & 1) {
                int height = records[k][2 * sample], width = records[k][2 * sample + 1];
                a[k] = Slot{&headers[k], (u8*)records[k] + offsets[k]};
                put_box(a[k], GRID, height * width, 0, 0, height, width);
                offsets[k] += height * width;
            } else {
                u8* slot = (u8*)records[k] + offsets[k];
                a[k] = Slot{(Header*)slot, slot + sizeof(Header)};
                if (!are_one[k]) offsets[k] += bytes_of(a[k].header);
            }
        }
    }
};

struct Outcome {
    Status status;
    i64 fuel;
    i64 bytes;  // of the record
    i64 rounds;  // calls: one for each sample, or one for all
};

// Evaluates a combination into a record, for which there is room. NEW where there are values; whether they are known is
// another question.
APART Outcome work_out(const Segment& s, const Request& q, const i64* places, u8* record, Shared* shared) {
    Reader reader;
    if (!s.kernel || !reader.open(s, places, q.samples)) return Outcome{UNKNOWN, 0, 0, 0};
    bool is_grid = s.form == GRID_FORM;
    Outcome given = {NEW, 0, is_grid ? 2 * q.samples : 0, !is_grid && reader.is_one ? 1 : q.samples};
    NOT_UNROLLED for (i64 round = 0; round < given.rounds; round++) {
        u8* room = record + given.bytes;
        Slot a[MOST_ARGUMENTS], out = {is_grid ? &shared->made : (Header*)room, is_grid ? room : room + sizeof(Header)};
        reader.next(s, round, a, shared->headers);
        SYNC();  // nobody reads any more what the kernel is going to write
        i64 work = 0;
        bool has_value = apply(s.kernel, a, out, &shared->scratch, &work);
        SYNC();
        given.fuel += 1 + (work >> 3);
        if (!has_value && !s.is_sure) return Outcome{UNKNOWN, 0, 0, 0};
        if (given.fuel > q.node_fuel) return Outcome{FAILED, q.node_fuel + 1, 0, 0};
        if (!has_value || !admits(s.form, out)) return Outcome{FAILED, given.fuel, 0, 0};
        if (LANE == 0) {
            out.header->fuel = 1 + (work >> 3);
            if (is_grid) {
                record[2 * round] = (u8)out.header->height;
                record[2 * round + 1] = (u8)out.header->width;
            }
        }
        given.bytes += is_grid ? out.header->count : bytes_of(out.header);
    }
    SYNC();
    return given;
}

// The key of what a combination gave; never 0.
DEVICE u64 key_of(const Segment& s, i64 samples, const Outcome& given, u8* record, Shared* shared) {
    u64 key = with_word((u64)s.kind << 32, (u64)s.kind);
    if (s.form == GRID_FORM) {
        key = with_bytes(key, record, given.bytes);
    } else {
        i64 step = given.rounds == samples ? given.bytes / samples : 0;
        NOT_UNROLLED for (i64 sample = 0; sample < samples; sample++) {
            u8* slot = record + sample * step;
            key = with_value(key, Slot{(Header*)slot, slot + sizeof(Header)}, &shared->scratch);
        }
    }
    return key ? key : 1;
}

// Bit d of the result: the record of grids equals the output of demo sample d, of the first 16.
DEVICE u32 fits_of(const Request& q, const u8* record) {
    const u8 *mine = record + 2 * q.samples, *theirs = q.outputs + 2 * q.demos;
    u32 fits = 0;
    for (int d = 0; d < q.demos && d < 16; d++) {
        const u8 *size = record + 2 * d, *wanted = q.outputs + 2 * d;
        if (size[0] == wanted[0] && size[1] == wanted[1]) {
            int is_other = 0;
            FOR_EACH(k, size[0] * size[1]) is_other |= mine[k] != theirs[k];
            if (!greatest(is_other)) fits |= 1u << d;
        }
        mine += size[0] * size[1];
        theirs += wanted[0] * wanted[1];
    }
    return fits;
}
