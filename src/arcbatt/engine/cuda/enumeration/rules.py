"""Which productions of a grammar a device can evaluate, and how."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from arcbatt.dsl.registry import REGISTRY
from arcbatt.engine.cuda.coverage import kernels_by_call

__all__ = ["MOST_PLACES", "Production", "Rule", "rules_of"]

MOST_PLACES: Final = 4
"""Most arguments of a production."""
_LETTERS: Final = {
    "grid": "G", "object": "O", "indices": "M", "color": "N", "count": "N", "truth": "N", "offset": "N",
}  # fmt: skip
"""The forms of values by the letters that kernels know them by."""
_NUMBERS: Final = {form: number for number, form in enumerate(_LETTERS, 1)}
"""The forms as ``enum Form`` of ``kernels/combinations.cuh`` has them; 0 is any other."""
_SURE: Final = {
    "rot90": "grid", "rot180": "grid", "rot270": "grid", "hmirror": "grid", "vmirror": "grid", "dmirror": "grid",
    "cmirror": "grid", "tophalf": "grid", "bottomhalf": "grid", "lefthalf": "grid", "righthalf": "grid",
    "trim": "grid", "compress": "grid", "crop": "grid offset offset", "subgrid": "object/indices grid",
    "hconcat": "grid grid", "vconcat": "grid grid", "cellwise": "grid grid color", "hupscale": "grid color/count",
    "vupscale": "grid color/count", "upscale": "grid color/count", "downscale": "grid color/count",
    "replace": "grid color color", "switch": "grid color color", "canvas": "color offset",
    "fill": "grid color object/indices", "underfill": "grid color object/indices", "cover": "grid object/indices",
    "paint": "grid object", "underpaint": "grid object",
}  # fmt: skip
"""Primitives for which the native search has kernels of its own (``rust/src/search/kernels``), and for which forms of
arguments these give exactly what a device gives: no value here is no value there, for the same work."""


class Production(NamedTuple):
    """A primitive for arguments of certain kinds, given by their numbers; as the native search is handed it.

    Attributes:
        primitive: its name.
        arguments: 1 to 4 kinds.
        result: the kind of its result.
        symmetric: two arguments that may change places, the first before the second.
        is_distinct: whether combinations with the same entry twice are left out.
    """

    primitive: str
    arguments: Sequence[int]
    result: int
    symmetric: tuple[int, int] | None = None
    is_distinct: bool = False


class Rule(NamedTuple):
    """A production as a device sees it.

    Attributes:
        kernel: the number of its kernel; 0 when there is none, so that a device can tell nothing.
        form: the number of its result's form.
        kind: the kind of its result.
        kinds: the kinds of its arguments.
        grids: as bits which arguments are grids.
        nesting: arguments from the one that changes last to the one that changes with every combination.
        symmetric: the place in ``nesting`` of the first of two symmetric arguments that stand side by side; -1 without.
        is_distinct: as the production has it.
        is_sure: whether a kernel that has no value tells that the native search has none.
    """

    kernel: int
    form: int
    kind: int
    kinds: tuple[int, ...]
    grids: int
    nesting: tuple[int, ...]
    symmetric: int
    is_distinct: bool
    is_sure: bool

    @property
    def is_covered(self) -> bool:
        """Whether a device can evaluate it."""
        return self.kernel > 0


def rules_of(forms: Sequence[str], productions: Sequence[Production]) -> list[Rule]:
    """The rules of a grammar in the order of its productions.

    Args:
        forms: of each kind by its number, such as ``grid``.
        productions: see there.
    """
    return [_rule(forms, Production(*production)) for production in productions]


def _rule(forms: Sequence[str], production: Production) -> Rule:
    mine, result = [forms[kind] for kind in production.arguments], forms[production.result]
    are_grids = [form == "grid" for form in mine]
    nesting = sorted(range(len(mine)), key=lambda place: not are_grids[place])
    symmetric = -1
    if production.symmetric is not None:
        first, second = map(nesting.index, production.symmetric)
        symmetric = first if second == first + 1 else -1
    is_sure = result == "grid" and _is_like(_SURE.get(production.primitive, ""), mine)
    return Rule(
        _kernel(production.primitive, mine, result, is_sure), _NUMBERS.get(result, 0), production.result,
        tuple(production.arguments), sum(is_grid << place for place, is_grid in enumerate(are_grids)), tuple(nesting),
        symmetric, production.is_distinct, is_sure,
    )  # fmt: skip


def _kernel(primitive: str, mine: Sequence[str], result: str, is_sure: bool) -> int:
    letters = [_LETTERS.get(form, "") for form in (*mine, result)]
    if not all(letters) or len(mine) > MOST_PLACES or REGISTRY[primitive].theme == "user":
        return 0
    kernel = kernels_by_call().get((primitive, "".join(letters[:-1])))
    if kernel is None or kernel.gives != letters[-1]:
        return 0
    # The native search's own kernels take other arguments in another way than the primitive.
    has_own = result == "grid" and primitive in _SURE and _has_grids_of(_SURE[primitive], mine)
    return 0 if has_own and not is_sure else kernel.number


def _is_like(pattern: str, mine: Sequence[str]) -> bool:
    wanted = pattern.split()
    return len(wanted) == len(mine) and all(
        form in choice.split("/") for form, choice in zip(mine, wanted, strict=True)
    )


def _has_grids_of(pattern: str, mine: Sequence[str]) -> bool:
    return [choice == "grid" for choice in pattern.split()] == [form == "grid" for form in mine]
