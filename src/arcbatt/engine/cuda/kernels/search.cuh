// The steps by which a device works on the requests of searches, all of a round in one launch each (the twin of these
// structs is src/arcbatt/engine/cuda/enumeration/steps.py). What one thread writes and another reads is atomic, or lies in
// different launches.
#pragma once
#include "combinations.cuh"

#define TILE 1024  // combinations whose new ones are counted together

// References that are copied into a list.
struct Adding {
    i64 start;  // number of the first of them in the round
    const u64* source;
    u64* target;
    u64 blob;  // where the records are that references with bit 1 mean by their offsets
};

// Keys that are put into a table; they count as known.
struct Feeding {
    i64 start;  // number of the first of them in the round
    const u64* source;
    u64* table;
    u32* firsts;
    u64 mask;
    u64 zero;  // what a key of 0 means: another key, or 0 for none
};

struct Tally {
    i64 count, bytes;  // of new combinations: how many, and of their records
};

struct Fresh {
    i64 item;    // number of a new combination in the round
    i64 offset;  // of its record, from the home of its request
};

struct Round {
    const Adding* addings;
    i64 adding_count, added;
    const Feeding* feedings;
    i64 feeding_count, fed;
    const Segment* segments;
    i64 segment_count, items;
    const Request* requests;
    i64 request_count, tiles, fresh_count;
    // By combination: what came of it, its key (0: no value), the key's place in the table, bytes of its record.
    u32* outcomes;
    u64* keys;
    u32* places;
    u32* sizes;
    Tally* tallies;  // by tile; after the scan of all tiles before it
    Tally* totals;   // by request
    u8* scratch;     // room for a record, for each warp
    i64 scratch_bytes;
    // By new combination.
    Fresh* fresh;
    u32* fresh_sizes;
    u32* fits;
};

// The last of so many that a condition holds for, which holds for the first and for none after one it does not hold for.
template <class F> DEVICE i64 last_of(i64 count, F holds) {
    i64 low = 0, high = count;
    while (high - low > 1) {
        i64 middle = (low + high) / 2;
        if (holds(middle)) low = middle;
        else high = middle;
    }
    return low;
}

DEVICE const Segment& segment_of(const Round& r, i64 item) {
    return r.segments[last_of(r.segment_count, [&](i64 k) { return r.segments[k].start <= item; })];
}

DEVICE const Request& request_of(const Round& r, i64 item) {
    return r.requests[last_of(r.request_count, [&](i64 k) { return r.requests[k].start <= item; })];
}

// The place of a key in a table, where it is put if it is not there; whether it was not.
DEVICE bool find_place(u64* table, u64 mask, u64 key, u64* place) {
    for (*place = key & mask;; *place = (*place + 1) & mask) {
        u64 known = claim(&table[*place], key);
        if (known == 0 || known == key) return known == 0;
    }
}

// Appends references to lists.
DEVICE void step_add(const Round& r, Shared*) {
    EACH_BY_LANE(item, r.added) {
        const Adding& a = r.addings[last_of(r.adding_count, [&](i64 k) { return r.addings[k].start <= item; })];
        u64 ref = a.source[item - a.start];
        a.target[item - a.start] = ref & 2 ? (a.blob + (ref & ~7ull)) | (ref & 1) : ref;
    }
}

// Puts known keys into tables: from a smaller table, or from the search.
DEVICE void step_feed(const Round& r, Shared*) {
    EACH_BY_LANE(item, r.fed) {
        const Feeding& f = r.feedings[last_of(r.feeding_count, [&](i64 k) { return r.feedings[k].start <= item; })];
        u64 key = f.source[item - f.start], place;
        key = key ? key : f.zero;
        if (key && find_place(f.table, f.mask, key, &place)) f.firsts[place] = 0;
    }
}

// Evaluates every combination: outcome, key and size.
DEVICE void step_evaluate(const Round& r, Shared* shared) {
    u8* record = r.scratch + WARP * r.scratch_bytes;
    EACH_BY_WARP(item, r.items) {
        const Segment& s = segment_of(r, item);
        const Request& q = r.requests[s.request];
        i64 places[MOST_PLACES];
        find_places(s, (u64)(s.first + item - s.start), places);
        u32 outcome = LEFT_OUT, size = 0;
        u64 key = 0;
        if (!is_left_out(s, places)) {
            Outcome given = work_out(s, q, places, record, shared);
            bool has_values = given.status == NEW;
            if (has_values) key = key_of(s, q.samples, given, record, shared);
            outcome = (u32)given.fuel << 2 | (u32)(has_values ? KNOWN : given.status);
            size = (u32)((given.bytes + 7) & ~7ll);
        }
        if (LANE == 0) {
            r.outcomes[item] = outcome;
            r.keys[item] = key;
            r.sizes[item] = size;
        }
    }
}

// Puts the keys into the tables, each with the first combination that has it.
DEVICE void step_insert(const Round& r, Shared*) {
    EACH_BY_LANE(item, r.items) {
        u64 key = r.keys[item], place;
        if (!key) continue;
        const Request& q = request_of(r, item);
        find_place(q.table, q.mask, key, &place);
        lower(&q.firsts[place], (u32)(item - q.start + 1));
        r.places[item] = (u32)place;
    }
}

// A tile: some combinations of one request.
struct Tile {
    const Request* request;
    i64 first, end;  // numbers in the round

    DEVICE_METHOD Tile(const Round& r, i64 tile) {
        request = &r.requests[last_of(r.request_count, [&](i64 k) { return r.requests[k].tile <= tile; })];
        first = request->start + (tile - request->tile) * TILE;
        i64 last = request->start + request->count;
        end = first + TILE < last ? first + TILE : last;
    }
};

DEVICE bool is_new(const Round& r, i64 item) { return (r.outcomes[item] & 3) == NEW; }

// Marks the new combinations, and counts those of each tile.
DEVICE void step_tally(const Round& r, Shared*) {
    EACH_BY_WARP(number, r.tiles) {
        Tile tile(r, number);
        const Request& q = *tile.request;
        Tally mine = {0, 0};
        NOT_UNROLLED for (i64 item = tile.first + LANE; item < tile.end; item += LANES) {
            if (!r.keys[item] || q.firsts[r.places[item]] != (u32)(item - q.start + 1)) continue;
            r.outcomes[item] = (r.outcomes[item] & ~3u) | NEW;
            mine.count++;
            mine.bytes += r.sizes[item];
        }
        mine.count = total_of(mine.count);
        mine.bytes = total_of(mine.bytes);
        if (LANE == 0) r.tallies[number] = mine;
    }
}

// Adds the tallies up: for each tile those of all before it in its request, and those of each request.
DEVICE void step_scan(const Round& r, Shared*) {
    EACH_BY_WARP(number, r.request_count) {
        const Request& q = r.requests[number];
        i64 tiles = (q.count + TILE - 1) / TILE;
        Tally before = {0, 0};
        NOT_UNROLLED for (i64 base = 0; base < tiles; base += LANES) {
            bool is_one = base + LANE < tiles;
            Tally* tally = &r.tallies[q.tile + base + LANE];
            Tally mine = {is_one ? tally->count : 0, is_one ? tally->bytes : 0};
            Tally ahead = {before.count + sum_before(mine.count), before.bytes + sum_before(mine.bytes)};
            if (is_one) *tally = ahead;
            before.count += total_of(mine.count);
            before.bytes += total_of(mine.bytes);
        }
        if (LANE == 0) r.totals[number] = before;
    }
}

// Lists the new combinations in order, with the places of their records; their keys are known from now on.
DEVICE void step_place(const Round& r, Shared*) {
    EACH_BY_WARP(number, r.tiles) {
        Tile tile(r, number);
        const Request& q = *tile.request;
        Tally before = r.tallies[number];
        NOT_UNROLLED for (i64 base = tile.first; base < tile.end; base += LANES) {
            i64 item = base + LANE;
            bool is_one = item < tile.end && is_new(r, item);
            i64 size = is_one ? r.sizes[item] : 0;
            i64 rank = before.count + sum_before(is_one), offset = before.bytes + sum_before(size);
            if (is_one) {
                r.fresh[q.fresh + rank] = Fresh{item, offset};
                r.fresh_sizes[q.fresh + rank] = (u32)size;
                q.firsts[r.places[item]] = 0;
            }
            before.count += total_of(is_one);
            before.bytes += total_of(size);
        }
    }
}

// Evaluates the new combinations again, to where their records stay.
DEVICE void step_keep(const Round& r, Shared* shared) {
    EACH_BY_WARP(number, r.fresh_count) {
        Fresh fresh = r.fresh[number];
        const Segment& s = segment_of(r, fresh.item);
        const Request& q = r.requests[s.request];
        i64 places[MOST_PLACES];
        find_places(s, (u64)(s.first + fresh.item - s.start), places);
        u8* record = q.home + fresh.offset;
        work_out(s, q, places, record, shared);
        u32 fits = s.form == GRID_FORM ? fits_of(q, record) : 0;
        if (LANE == 0) r.fits[number] = fits;
    }
}

// Takes the keys of new combinations out again, before they were placed. No older key lies behind one of them on its way.
DEVICE void step_undo(const Round& r, Shared*) {
    EACH_BY_LANE(item, r.items) {
        if (!is_new(r, item)) continue;
        const Request& q = request_of(r, item);
        q.table[r.places[item]] = 0;
        q.firsts[r.places[item]] = ~0u;
    }
}

// In the order of a round; the last one stands in for those after `scan`.
#define STEPS(STEP) \
    STEP(add) STEP(feed) STEP(evaluate) STEP(insert) STEP(tally) STEP(scan) STEP(place) STEP(keep) STEP(undo)
