// Keys of what a combination gives on all samples: the twin of rust/src/search/key.rs and rust/src/value/hash.rs, bit
// for bit. Every lane works out the same key.
#pragma once
#include "value.cuh"

#define WORD_0 0xa0761d6478bd642full
#define WORD_1 0xe7037ed1a0b428dbull
#define WORD_2 0x8ebc6af09c88c6e3ull
#define WORD_3 0x589965cc75374cc3ull

// Both halves of a product, folded into one word.
DEVICE u64 fold(u64 a, u64 b) { return (a * b) ^ high_half(a, b); }
DEVICE u64 with_word(u64 hash, u64 word) { return fold(hash ^ WORD_0, word ^ WORD_1); }

// A word at any place, of which so many bytes count; the others are 0.
DEVICE u64 word_at(const u8* bytes, i64 count) {
    u64 word = 0;
    for (int k = 0; k < 8; k++) word |= k < count ? (u64)bytes[k] << 8 * k : 0;
    return word;
}

// Some bytes, the first of them at a multiple of 8, and their number.
APART u64 with_bytes(u64 hash, const u8* bytes, i64 count) {
    if (count < 16) {
        u64 second = count > 8 ? word_at(bytes + 8, count - 8) : 0;
        return with_word(fold(hash ^ word_at(bytes, count), WORD_2 ^ second), (u64)count);
    }
    u64 first = hash, second = hash ^ WORD_3;
    const u64* words = (const u64*)bytes;
    NOT_UNROLLED for (i64 left = count; left >= 32; left -= 32, words += 4) {
        first = fold(first ^ words[0], WORD_2 ^ words[1]);
        second = fold(second ^ words[2], WORD_0 ^ words[3]);
    }
    // The last bytes, some of them a second time.
    const u8* last = count >= 32 ? bytes + count - 32 : bytes;
    first = fold(first ^ word_at(last, 8), WORD_2 ^ word_at(last + 8, 8));
    second = fold(second ^ word_at(bytes + count - 16, 8), WORD_0 ^ word_at(bytes + count - 8, 8));
    return with_word(fold(first, WORD_1 ^ second), (u64)count);
}

DEVICE u64 with_places(u64 hash, const Mask& places) {
    hash = with_word(hash, (u64)(i64)places.top << 32 | ((u64)(i64)places.left & 0xffffffffull));
    NOT_UNROLLED for (int i = 0; i < places.height; i++) hash = fold(hash ^ places.rows[i], WORD_2);
    return with_word(hash, (u64)places.height);
}

// The colors of an object into `colors`, in the order of its locations; whether they are more than one.
DEVICE bool list_colors(const Mask& object, u8* colors) {
    SYNC();
    FOR_EACH(i, object.height) {
        int at = 0;
        NOT_UNROLLED for (int above = 0; above < i; above++) at += bits_of(object.rows[above]);
        NOT_UNROLLED for (u64 bits = object.rows[i]; bits; bits &= bits - 1) {
            colors[at++] = object.seats[i * object.width + first_bit(bits)];
        }
    }
    SYNC();
    int is_other = 0;
    FOR_EACH(k, object.count) is_other |= colors[k] != colors[0];
    return greatest(is_other) != 0;
}

// A value that is no grid.
APART u64 with_value(u64 key, const Slot& slot, Scratch* scratch) {
    const Header& h = *slot.header;
    if (h.kind == INT || h.kind == BOOL) return with_word(key, (u64)h.numbers[0]);
    if (h.kind == PAIR) return with_word(key ^ 1, (u64)(u32)h.numbers[0] << 32 | (u32)h.numbers[1]);
    Mask places(slot);
    if (h.kind == MASK) return with_places(key ^ 3, places);
    u8* colors = (u8*)scratch->counts;  // as many bytes as an object has cells, and more
    if (!list_colors(places, colors)) return with_places(with_word(key ^ 4, colors[0]), places);
    return with_bytes(with_places(key ^ 5, places), colors, h.count);
}
