// Numbers, pairs of them, truth, and choices between values of any form.
#pragma once
#include "work.cuh"

// Whether a sum, difference or product stays within 64 bits; the result then.
DEVICE bool added(i64 a, i64 b, i64* result) {
    *result = (i64)((u64)a + (u64)b);
    return ((a ^ *result) & (b ^ *result)) >= 0;
}

DEVICE bool subtracted(i64 a, i64 b, i64* result) {
    *result = (i64)((u64)a - (u64)b);
    return ((a ^ b) & (a ^ *result)) >= 0;
}

DEVICE bool multiplied(i64 a, i64 b, i64* result) {
    i64 most = 3037000499LL;  // the root of 2 ** 63
    if (a < -most || a > most || b < -most || b > most) return false;
    *result = a * b;
    return true;
}

DEVICE bool divided(i64 a, i64 b, i64* result) {
    if (!b || (b == -1 && a < -9223372036854775807LL)) return false;
    *result = a / b - (a % b != 0 && (a < 0) != (b < 0));
    return true;
}

typedef bool (*Operation)(i64, i64, i64*);

// An operation member by member; a number beside a pair applies to both members.
template <class F> DEVICE bool put_each(Slot out, const Slot& a, const Slot& b, F operation) {
    if (!(is_number(a) || is_pair(a)) || !(is_number(b) || is_pair(b))) return false;
    i64 first, second = 0;
    if (!operation(number(a), number(b), &first)) return false;
    if (is_number(a) && is_number(b)) return put_int(out, first);
    i64 mine = a.header->numbers[is_pair(a)], theirs = b.header->numbers[is_pair(b)];
    return operation(mine, theirs, &second) && put_pair(out, first, second);
}

// The same with one operand fixed.
template <class F> DEVICE bool put_one(Slot out, const Slot& a, F operation) {
    return put_each(out, a, a, [&](i64 number, i64, i64* result) { return operation(number, result); });
}

KERNEL(number_add) { return put_each(out, a[0], a[1], added); }
KERNEL(number_subtract) { return put_each(out, a[0], a[1], subtracted); }
KERNEL(number_multiply) { return put_each(out, a[0], a[1], multiplied); }
KERNEL(number_divide) { return put_each(out, a[0], a[1], divided); }

KERNEL(number_invert) {
    return put_one(out, a[0], [](i64 number, i64* result) { return subtracted(0, number, result); });
}

KERNEL(number_double) {
    return put_one(out, a[0], [](i64 number, i64* result) { return added(number, number, result); });
}

KERNEL(number_halve) {
    return put_one(out, a[0], [](i64 number, i64* result) { return divided(number, 2, result); });
}

KERNEL(number_increment) {
    return put_one(out, a[0], [](i64 number, i64* result) { return added(number, 1, result); });
}

KERNEL(number_decrement) {
    return put_one(out, a[0], [](i64 number, i64* result) { return subtracted(number, 1, result); });
}

DEVICE i64 sign_of(i64 number) { return (number > 0) - (number < 0); }

KERNEL(number_crement) {
    return put_one(out, a[0], [](i64 number, i64* result) { return added(number, sign_of(number), result); });
}

KERNEL(number_sign) {
    return put_one(out, a[0], [](i64 number, i64* result) {
        *result = sign_of(number);
        return true;
    });
}

KERNEL(number_even) { return is_number(a[0]) && put_bool(out, (number(a[0]) & 1) == 0); }
KERNEL(number_positive) { return is_number(a[0]) && put_bool(out, number(a[0]) > 0); }

KERNEL(number_greater) {
    if (is_number(a[0]) && is_number(a[1])) return put_bool(out, number(a[0]) > number(a[1]));
    if (!is_pair(a[0]) || !is_pair(a[1])) return false;
    const i64 *mine = a[0].header->numbers, *theirs = a[1].header->numbers;
    return put_bool(out, mine[0] != theirs[0] ? mine[0] > theirs[0] : mine[1] > theirs[1]);
}

KERNEL(number_equality) {
    const i64 *mine = a[0].header->numbers, *theirs = a[1].header->numbers;
    if (is_pair(a[0]) != is_pair(a[1])) return put_bool(out, false);
    return put_bool(out, mine[0] == theirs[0] && (is_number(a[0]) || mine[1] == theirs[1]));
}

KERNEL(number_astuple) {
    return a[0].header->kind == INT && a[1].header->kind == INT && put_pair(out, number(a[0]), number(a[1]));
}

KERNEL(number_toivec) { return a[0].header->kind == INT && put_pair(out, number(a[0]), 0); }
KERNEL(number_tojvec) { return a[0].header->kind == INT && put_pair(out, 0, number(a[0])); }

KERNEL(pair_first) { return is_pair(a[0]) && put_int(out, a[0].header->numbers[0]); }
KERNEL(pair_last) { return is_pair(a[0]) && put_int(out, a[0].header->numbers[1]); }
KERNEL(pair_size) { return is_pair(a[0]) && put_int(out, 2); }

KERNEL(pair_maximum) {
    const i64* both = a[0].header->numbers;
    return is_pair(a[0]) && put_int(out, both[0] > both[1] ? both[0] : both[1]);
}

KERNEL(pair_minimum) {
    const i64* both = a[0].header->numbers;
    return is_pair(a[0]) && put_int(out, both[0] < both[1] ? both[0] : both[1]);
}

// ---- values of any form

// False, 0 and the empty set are false; other values here are true.
DEVICE bool is_true(const Slot& slot) {
    if (is_number(slot)) return number(slot) != 0;
    return is_pair(slot) || slot.header->count > 0;
}

DEVICE bool put_copy(Slot out, const Slot& from) {
    const Header& h = *from.header;
    if (h.kind == INT || h.kind == BOOL || h.kind == PAIR) return put_number(out, (Kind)h.kind, h.numbers[0], h.numbers[1]);
    put_box(out, (Kind)h.kind, h.count, h.top, h.left, h.height, h.width);
    int bytes = h.kind == GRID ? h.count : MASK_BYTES + (h.kind == OBJECT ? h.height * h.width : 0);
    FOR_EACH(place, bytes) out.body[place] = from.body[place];
    return true;
}

KERNEL(any_identity) { return put_copy(out, a[0]); }
KERNEL(any_flip) { return put_bool(out, !is_true(a[0])); }
KERNEL(any_both) { return put_copy(out, a[is_true(a[0])]); }
KERNEL(any_either) { return put_copy(out, a[!is_true(a[0])]); }
KERNEL(any_branch) { return put_copy(out, a[is_true(a[0]) ? 1 : 2]); }
