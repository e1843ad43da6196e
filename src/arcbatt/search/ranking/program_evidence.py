"""What is known of programs that fit, beside what they give: their prior and the evidence about each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arcbatt.arc import Challenge
from arcbatt.engine import Engine
from arcbatt.search.evidence.batch import Batch
from arcbatt.search.evidence.exchanged_colors import ExchangedColors, exchanged_colors
from arcbatt.search.evidence.literals import CHOICES
from arcbatt.search.evidence.meter import EvidenceMeter
from arcbatt.search.evidence.refit import RefitEvidence, refit
from arcbatt.search.evidence.symmetries import symmetries_of_tests, symmetries_passed
from arcbatt.search.prior import load_prior
from arcbatt.search.ranking.leads import Lead

__all__ = ["ProgramEvidence", "evidence_about"]


@dataclass(frozen=True, slots=True)
class ProgramEvidence:
    """Numbers about a program that is right on all demo samples of a task; None where the meter did not afford one.

    Attributes:
        bits: of the prior, rounded.
        symmetries: under how many of the 7 symmetries of the square it is right on all demo samples.
        symmetric_tests: for each test input under how many of them its output follows; None where it has none.
        exchanges: what it does where colors are exchanged that it does not name; None also where there are none.
        refit: how well the demo samples determine its literals.
        choices: how well they determine its flags and the functions that it hands on.
    """

    bits: int
    symmetries: int | None = None
    symmetric_tests: tuple[int | None, ...] | None = None
    exchanges: ExchangedColors | None = None
    refit: RefitEvidence | None = None
    choices: RefitEvidence | None = None


def evidence_about(
    engine: Engine, task: Challenge, leads: Sequence[Lead], meter: EvidenceMeter
) -> list[ProgramEvidence]:
    """The evidence about each of some programs that are right on all demo samples.

    The cheap kinds come first, so that a meter that runs empty leaves out the dear ones.

    Args:
        engine: runs the programs.
        task: the challenge.
        leads: the programs, those that matter most first.
        meter: what may be spent.
    """
    if not leads:
        return []
    prior = load_prior()
    batch = Batch.of([lead.program for lead in leads], [_demo_fuel(task, lead) for lead in leads])
    symmetries = symmetries_passed(engine, task, batch, meter)
    exchanges = exchanged_colors(engine, task, batch, meter)
    symmetric_tests = symmetries_of_tests(engine, task, batch, [lead.outputs for lead in leads], meter)
    refits = refit(engine, task, batch, meter)
    choices = refit(engine, task, batch, meter, CHOICES)
    bits = [prior.program_bits(lead.program, task) // prior.units_per_bit for lead in leads]
    rows = zip(bits, symmetries, symmetric_tests, exchanges, refits, choices, strict=True)
    return [ProgramEvidence(*row) for row in rows]


def _demo_fuel(task: Challenge, lead: Lead) -> int:
    return sum(verdict.fuel for verdict in lead.verdicts[: len(task.demo)])
