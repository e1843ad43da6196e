"""The story of a task: what fitted, why the search ended, and what speaks for and against each output."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from arcbatt.report.grids import Block, side_by_side
from arcbatt.report.words import broken, counted, printable, probability_in_words, samples_right
from arcbatt.search.enumeration import EndReason
from arcbatt.search.evidence.invariants import likely_invariants
from arcbatt.search.ranking.model import SCALE, load_model
from arcbatt.search.ranking.words import Remark, Side, Surroundings, remarks
from arcbatt.search.solving.solve_task import LEFT_OVER

if TYPE_CHECKING:
    from rich.console import RenderableType

    from arcbatt.arc import Challenge
    from arcbatt.search.solving import SolvedTask
    from arcbatt.search.solving.solved_task import Attempt, SolvingProgram

__all__ = ["attempt_lines", "ending_lines", "evidence_lines", "held_invariants", "story"]

_ATTEMPTS: Final = 2
_ENDS: Final[Mapping[EndReason | None, str]] = {
    EndReason.ANSWERS: "it had found as many programs as it keeps",
    EndReason.EXHAUSTED: "no expression was left",
}
"""Why an enumeration ended before its budget was spent."""


def story(
    solved: SolvedTask, task: Challenge, right: Sequence[Sequence[bool | None]], width: int
) -> Iterator[str | RenderableType]:
    """A task's story as lines and blocks of grids.

    Args:
        solved: what the task came to.
        task: its challenge.
        right: for each test input whether each answer, attempts first, is right; None where the output is unknown.
        width: columns that a line may have; only the texts of programs may be longer.
    """
    for line in ending_lines(solved):
        yield from broken(line, width)
    held = held_invariants(task)
    for index in range(solved.test_count):
        yield ""
        answers = solved.answers(index)
        blocks: list[Block] = [("input", task.inputs[index], None)]
        blocks += [(_title(place, answer), answer.grid, None) for place, answer in enumerate(answers)]
        yield f"test {index + 1}"
        yield side_by_side(blocks)
        for place, answer in enumerate(answers):
            yield from broken(_heading(place, answer, right[index][place]), width)
            for line in evidence_lines(solved, answers, place, held):
                yield from broken(f"  {line}", width)
            yield from _program_lines(solved, answer, width)
    yield ""
    yield from broken("+ speaks for an output, compared with the others shown, - against it, = for neither", width)
    yield from broken("bits: what the program costs; the fewer, the more natural it is", width)


def attempt_lines(solved: SolvedTask, task: Challenge) -> Iterator[str]:
    """A line for each attempt: its heading, and what speaks for and against it."""
    held = held_invariants(task)
    for index in range(solved.test_count):
        answers = solved.answers(index)
        for place, answer in enumerate(answers[:_ATTEMPTS]):
            words = "; ".join(evidence_lines(solved, answers, place, held))
            yield f"test {index + 1} {_heading(place, answer, None)}{': ' if words else ''}{words}"


def held_invariants(task: Challenge) -> dict[str, str]:
    """What each likely invariant of a task says, by its name."""
    return {held.name: held.text for held in likely_invariants(task).held}


def ending_lines(solved: SolvedTask) -> Iterator[str]:
    """What fitted, and why the search ended where the work was not given up."""
    yield _fitted(solved)
    if solved.failure is None:
        yield _ended(solved)


def evidence_lines(
    solved: SolvedTask, answers: Sequence[Attempt], place: int, held: Mapping[str, str]
) -> list[str]:
    """What speaks for and against an answer, each line with its side first; what weighs most comes first.

    Args:
        solved: what the task came to.
        answers: all that are shown at the test input.
        place: of the answer among them, from 0.
        held: see :func:`held_invariants`; an invariant that is missing is told by its name.
    """
    return _sides(_remarks(solved, answers, place, held))


def _fitted(solved: SolvedTask) -> str:
    """How many programs fit, and which families found them."""
    if not solved.programs:
        return "no program was found that fits all demo samples"
    found = sorted(solved.found.items(), key=lambda item: (-item[1], item[0]))
    fits = sum(solved.found.values()) or len(solved.programs)
    by_family = ", ".join(f"{count:,} {family}" for family, count in found)
    return f"{counted(fits, 'program fits', 'programs fit')} all demo samples{': ' if found else ''}{by_family}"


def _ended(solved: SolvedTask) -> str:
    """Why the search ended, and what it did."""
    searches = solved.searches
    did = []
    if searches.enumeration is not None:
        did.append(f"{searches.enumeration.applied:,} expressions were enumerated")
    if searches.evolution is not None:
        did.append(f"{counted(searches.evolution.programs, 'program was', 'programs were')} evolved")
    return "; ".join([_why(solved), *did])


def _why(solved: SolvedTask) -> str:
    enumeration, evolution = solved.searches.enumeration, solved.searches.evolution
    did_search = enumeration is not None or evolution is not None
    if _is_sure(solved):
        if not did_search:
            return "the known programs were sure enough, no search was needed"
        return "the search ended because it was sure"
    if solved.cut_off:
        return "time or memory cut the work off"
    if not did_search:
        return "there was no search"
    if evolution is not None and evolution.right:
        return "the search ended with the first programs that evolution made fit"
    end = enumeration.end if enumeration is not None else None
    return f"the search ended because {_ENDS.get(end, 'its budget was spent')}"


def _is_sure(solved: SolvedTask) -> bool:
    """Whether the answers at each test input are as sure as it takes to end a search."""
    left_over = [
        SCALE - sum(round((answer.probability or 0) * SCALE) for answer in pair) for pair in solved.attempts
    ]  # fmt: skip
    return bool(solved.programs) and max(left_over) <= LEFT_OVER


def _remarks(solved: SolvedTask, answers: Sequence[Attempt], place: int, held: Mapping[str, str]) -> list[Remark]:
    """What there is to say of an answer beside those of its kind."""
    answer = answers[place]
    others = [
        other.features for number, other in enumerate(answers) if number != place and other.basis == answer.basis
    ]  # fmt: skip
    fits = sum(solved.found.values())
    return remarks(answer, Surroundings(load_model(), solved.demo_count, fits, held, others))


def _sides(said: Sequence[Remark]) -> list[str]:
    """Remarks with their sides, what weighs most first; those that are for neither together at the end."""
    lines = [f"{remark.side} {remark.text}" for remark in said if remark.side is not Side.NEITHER]
    neither = [remark.text for remark in said if remark.side is Side.NEITHER]
    return [*lines, f"{Side.NEITHER} {'; '.join(neither)}"] if neither else lines


def _name(place: int) -> str:
    return f"attempt {place + 1}" if place < _ATTEMPTS else f"{place + 1}, not chosen"


def _title(place: int, answer: Attempt) -> str:
    """What stands above a grid, which is often narrow."""
    probability = "" if answer.probability is None else f" {probability_in_words(answer.probability)}"
    return f"{place + 1}:{probability or ' ' + printable(answer.basis)}"


def _heading(place: int, answer: Attempt, is_right: bool | None) -> str:
    parts = []
    if answer.probability is not None:
        parts.append(f"probability {probability_in_words(answer.probability)}")
    if answer.basis == "near":
        parts.append("a near miss" if answer.probability is not None else "a near miss beside programs that fit")
    elif answer.basis != "right":
        parts.append(f"a guess ({answer.basis})")
    if answer.families:
        parts.append(f"by {', '.join(answer.families)}")
    bits = answer.features.get("bits", answer.features.get("near-bits"))
    if bits is not None:
        parts.append(f"{bits} bits")
    if is_right is not None:
        parts.append("RIGHT" if is_right else "wrong")
    return f"{_name(place)}: {', '.join(parts)}"


def _program_lines(solved: SolvedTask, answer: Attempt, width: int) -> Iterator[str]:
    """The cheapest program behind an answer: its text where a search found it, else its name."""
    if not answer.programs:
        return
    md5 = answer.programs[0]
    known: dict[str, SolvingProgram] = {program.md5: program for program in (*solved.near, *solved.programs)}
    program = known.get(md5)
    right = "" if answer.nearness is None else f", {samples_right(answer.nearness[0], solved.demo_count, 'demo')}"
    if program is None:
        yield f"    program {md5[:12]}{right}"
        return
    misses = right if answer.basis == "near" else ""
    yield from broken(f"    {program.name} ({md5[:12]}, {program.source}){misses}", width)
    for line in (program.text or "").splitlines():
        yield f"    {line}"
