"""What a device answers, on the host: against the python primitives, and a twin of keys and of their table."""

from __future__ import annotations

import random
from struct import pack, unpack
from typing import Any

import pytest

from arcbatt.engine.cuda.enumeration.answering import answer
from arcbatt.engine.cuda.enumeration.memory import SearchMemory
from arcbatt.engine.cuda.enumeration.rules import Production
from arcbatt.engine.cuda.enumeration.wanted import Answer, Segment, Status, Wanted
from support.device_search import RandomSearch, TwinSearch, entries_of, key_of, with_bytes, with_word
from support.host_device import COMPILER, HostDevice

pytestmark = pytest.mark.skipif(COMPILER is None, reason="no C++ compiler to build the kernels for the host")


@pytest.mark.parametrize("seed", range(40))
def test_random_requests(seed: int) -> None:
    """Some searches, several requests of each one after the other, all searches at a time in one go."""
    rng, device = random.Random(seed), HostDevice()
    searches = [RandomSearch(rng) for _ in range(rng.choice([1, 1, 2, 4]))]
    memories = [search.open(device) for search in searches]
    for _ in range(5):
        wanted = [search.wanted() for search in searches]
        answers = answer(device, list(zip(memories, wanted, strict=True)))
        for search, mine, given in zip(searches, wanted, answers, strict=True):
            search.take(search.check(mine, given))
    for memory in memories:
        memory.close()
        memory.close()
    assert device.held == 0


def test_most_is_told() -> None:
    """Where a primitive gives a value, a device seldom cannot tell."""
    could = unknown = 0
    for seed in range(10):
        device, search = HostDevice(), RandomSearch(random.Random(seed), node_fuel=100_000)
        memory = search.open(device)
        for _ in range(5):
            wanted = search.wanted(blocks=40)
            (given,) = answer(device, [(memory, wanted)])
            search.take(search.check(wanted, given))
        could, unknown = could + search.could, unknown + search.unknown
    assert could > 1_000
    assert unknown < 0.1 * could


def test_hashes_are_those_of_the_native_search() -> None:
    """Of numbers of bytes before, between and after the steps of the hash; as rust/src/value/hash.rs gave them."""
    content = bytes(k * k % 251 for k in range(200))
    known = {
        0: 9962874573049000348, 1: 16781732325618330556, 7: 16613307226117269856, 8: 5936166107752655918,
        9: 12030787032059361236, 15: 7475099514508846439, 16: 4333463078631754222, 17: 4565365695045449570,
        31: 6521485295928819556, 32: 7803159491902684933, 33: 167386869465377631, 63: 13258543924565635726,
        64: 12414197203375836738, 65: 15019773205603113629, 100: 13741413218134625725, 200: 18261457476601575461,
    }  # fmt: skip
    assert {count: with_bytes(with_word(5 << 32, 5), content[:count]) for count in known} == known


@pytest.mark.parametrize(
    ("kind", "form", "values", "key"),
    [
        (7, "count", [-1000, 5], 4158790685588416296),
        (7, "truth", [True, False], 1488683540712981370),
        (3, "offset", [(-1, 1000), (2, -3)], 10789224202891110200),
        (4, "indices", [{(-2, 3), (0, 1), (5, 40)}, {(1, 1)}], 12058399913982996936),
        (5, "object", [{(3, (-1, 0)), (3, (0, 2))}, {(0, (4, 4))}], 18400690271507947375),
        (5, "object", [{(3, (0, 0)), (1, (0, 2)), (0, (5, 1)), (9, (6, 0))}, {(2, (1, 1))}], 4356782046644562757),
    ],
)
def test_keys_are_those_of_the_native_search(kind: int, form: str, values: list[Any], key: int) -> None:
    """As rust/src/search/key.rs gave them."""
    assert key_of(kind, form, values, 2) == key


def answered(device: HostDevice, memory: SearchMemory, search: TwinSearch, wanted: Wanted) -> Answer:
    (given,) = answer(device, [(memory, wanted)])
    search.check(wanted, given)
    return given


def test_many_combinations_fill_tiles_and_grow_the_table() -> None:
    """Sums of pairs of numbers: new ones in order over many tiles, then all known, while the table grows."""
    search = TwinSearch(["count"], [Production("add", [0, 0], 0, (0, 1))], 2, 1_000, [])
    device = HostDevice()
    memory = search.open(device)
    rng = random.Random(2)
    values = [[rng.randint(-400, 400), rng.randint(-400, 400)] for _ in range(150)]
    blob, added = entries_of(search, 0, values)
    pairs = 150 * 151 // 2
    block = Segment(0, ((0, 150), (0, 150)), True, 0, 0)
    first = answered(device, memory, search, Wanted([block._replace(length=5_000)], True, b"", blob, [added]))
    assert memory.table is not None
    before, new = memory.table.capacity, len(first.sizes) // 4
    assert new > 2_000
    later = [block._replace(first=5_000, length=pairs - 5_000), block._replace(length=5_000)]
    keys = pack("<1000Q", *range(1, 1_001))
    second = answered(device, memory, search, Wanted(later, False, keys, b"", []))
    outcomes = unpack(f"<{pairs}I", second.outcomes)
    assert all(outcome & 3 != Status.NEW for outcome in outcomes[pairs - 5_000 :])
    assert len(second.sizes) > 2_000
    assert memory.table.capacity > before
    assert memory.table.most == new + 1_000 + len(second.sizes) // 4


def test_lists_grow_and_keep_what_they_have() -> None:
    search = TwinSearch(["count"], [Production("increment", [0], 0)], 1, 100, [])
    device = HostDevice()
    memory = search.open(device)
    everything = [[k % 997 - 500] for k in range(3_000)]
    for start, end in ((0, 700), (700, 1_500), (1_500, 3_000)):
        blob, (_, refs) = entries_of(search, 0, everything[:end])
        added = [(0, refs[8 * start : 8 * (start + end) // 2]), (0, refs[8 * (start + end) // 2 :])]
        # Those from before lie in an earlier blob.
        given = answered(
            device, memory, search, Wanted([Segment(0, ((0, end),), False, 0, end)], False, b"", blob, added)
        )
        assert len(given.outcomes) == 4 * end
    assert memory.lists[0].capacity == 4_096


def test_a_stretch_of_a_large_block() -> None:
    """Numbers of combinations beyond 32 bits are found, in pairs and out of them."""
    count = 3_000
    production = Production("branch", [2, 1, 1], 0, (1, 2))
    search = TwinSearch(["count", "count", "truth"], [production, production._replace(symmetric=None)], 1, 100, [])
    device = HostDevice()
    memory = search.open(device)
    parts = [
        entries_of(search, 1, [[k % 1000] for k in range(count)]),
        entries_of(search, 2, [[k % 2 == 0] for k in range(count)]),
    ]
    refs = unpack(f"<{count}Q", parts[1][1][1])
    moved = pack(f"<{count}Q", *(ref + len(parts[0][0]) for ref in refs))
    blob, added = parts[0][0] + parts[1][0], [parts[0][1], (2, moved)]
    pairs, whole = count * (count + 1) // 2, ((0, count),) * 3
    spots = [(0, True, 2_999 * pairs + 17), (0, True, 1_500 * pairs - 30), (1, False, count**3 - 60)]
    assert spots[0][2] > 2**32 < spots[2][2]
    wanted = Wanted([Segment(rule, whole, twin, first, 60) for rule, twin, first in spots], False, b"", blob, added)
    (given,) = answer(device, [(memory, wanted)])
    expected, known = [], set()
    for _, is_twin, first in spots:
        for number in range(first, first + 60):
            if is_twin:
                condition, pair = divmod(number, pairs)
                one = next(i for i in range(count) if (i + 1) * (2 * count - i) // 2 > pair)
                other = one + pair - one * (2 * count - one + 1) // 2
            else:
                condition, one, other = number // count**2, number // count % count, number % count
            value = (one if condition % 2 == 0 else other) % 1000
            expected.append(4 * 1 + (Status.KNOWN if value in known else Status.NEW))
            known.add(value)
    assert list(unpack("<180I", given.outcomes)) == expected


def test_outputs_that_fit_are_told() -> None:
    rng, device = random.Random(3), HostDevice()
    grids = [tuple(tuple(rng.randint(0, 9) for _ in range(2 + k)) for _ in range(4)) for k in range(20)]
    wanted_outputs = [grid[::-1] if k not in (2, 5) else ((1, 2),) for k, grid in enumerate(grids[:18])]
    search = TwinSearch(["grid"], [Production("hmirror", [0], 0)], 20, 10_000, wanted_outputs)
    memory = search.open(device)
    blob, added = entries_of(search, 0, [[*grids]])
    given = answered(device, memory, search, Wanted([Segment(0, ((0, 1),), False, 0, 1)], True, b"", blob, [added]))
    assert unpack("<I", given.fits) == (0xFFFF & ~0b100100,)


def test_each_is_answered_as_if_it_were_alone() -> None:
    searches = [RandomSearch(random.Random(seed)) for seed in range(6)]
    apart, together = HostDevice(), HostDevice()
    mine, shared = ([search.open(device) for search in searches] for device in (apart, together))
    for _ in range(3):
        wanted = [search.wanted()._replace(is_kept=False) for search in searches]
        alone = [answer(apart, [asked])[0] for asked in zip(mine, wanted, strict=True)]
        for one, other in zip(answer(together, list(zip(shared, wanted, strict=True))), alone, strict=True):
            assert (one.outcomes, one.sizes, one.fits) == (other.outcomes, other.sizes, other.fits)
            assert len(one.values) == len(other.values)


def test_plain_tuples_do_and_nothing_may_be_asked() -> None:
    search = RandomSearch(random.Random(5))
    device = HostDevice()
    memory = search.open(device)
    wanted = search.wanted()
    plain: Any = ([tuple(segment) for segment in wanted.segments], *wanted[1:])
    (given,) = answer(device, [(memory, plain)])
    search.check(wanted, given)
    assert answer(device, [(memory, Wanted([], True, b"", b"", []))]) == [Answer(b"", b"", b"", b"", 0)]
    assert answer(device, []) == []


def test_a_key_of_zero_counts_as_one() -> None:
    search = RandomSearch(random.Random(5))
    device = HostDevice()
    memory = search.open(device)
    answer(device, [(memory, Wanted([], True, pack("<3Q", 0, 7, 0), b"", []))])
    assert memory.table is not None
    places = unpack(f"<{memory.table.capacity}Q", device.read(memory.table.keys, 0, 8 * memory.table.capacity))
    assert sorted(place for place in places if place) == [1, 7]


def test_records_that_are_not_kept_are_gone() -> None:
    search = TwinSearch(["count"], [Production("increment", [0], 0)], 1, 100, [])
    device = HostDevice()
    memory = search.open(device)
    blob, added = entries_of(search, 0, [[k] for k in range(100)])
    answered(device, memory, search, Wanted([], True, b"", blob, [added]))
    block = Segment(0, ((0, 100),), False, 0, 50)
    before = device.held
    assert answered(device, memory, search, Wanted([block], False, b"", b"", [])).home == 0
    assert device.held == before
    given = answered(device, memory, search, Wanted([block._replace(first=50)], True, b"", b"", []))
    assert device.held == before + len(given.values) > before


@pytest.mark.parametrize(
    "segment",
    [
        Segment(0, ((0, 4), (0, 4)), False, 0, 1), Segment(0, ((0, 3),), False, 0, 1),
        Segment(0, ((0, 3), (0, 3)), False, 5, 5), Segment(0, ((0, 3), (1, 3)), True, 0, 1),
        Segment(1, ((0, 3), (0, 3)), True, 0, 1), Segment(0, ((0, 3), (0, 3)), True, 6, 1),
        Segment(0, ((0, 3), (0, 3)), False, -1, 1), Segment(0, ((2, 1), (0, 3)), False, 0, 0),
    ],
)  # fmt: skip
def test_what_is_no_request_changes_nothing(segment: Segment) -> None:
    productions = [Production("add", [0, 0], 0, (0, 1)), Production("subtract", [0, 0], 0)]
    search = TwinSearch(["count"], productions, 1, 100, [])
    device = HostDevice()
    memory = search.open(device)
    blob, added = entries_of(search, 0, [[k] for k in range(3)])
    with pytest.raises(ValueError, match=r"rule|entries|twins|combinations"):
        answer(device, [(memory, Wanted([segment], True, b"", blob, [added]))])
    assert device.held == 0
    fine = Segment(0, ((0, 3), (0, 3)), False, 0, 9)
    answered(device, memory, search, Wanted([fine], True, b"", blob, [added]))


def test_memory_of_another_device_or_twice_is_refused() -> None:
    search = RandomSearch(random.Random(5))
    one, other = HostDevice(), HostDevice()
    memory, wanted = search.open(one), Wanted([], True, b"", b"", [])
    for device, asked in ((other, [(memory, wanted)]), (one, [(memory, wanted)] * 2)):
        with pytest.raises(ValueError, match="different searches"):
            answer(device, asked)
    with pytest.raises(ValueError, match="fuel"):
        SearchMemory(one, [], 1, 2**28 - 2, b"", 0)
