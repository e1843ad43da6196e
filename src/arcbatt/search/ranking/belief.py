"""Belief: the answers at each test input of a task with the probability that they are right, as programs come in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from arcbatt.arc import Challenge, Grid
from arcbatt.engine import Engine
from arcbatt.search.evidence.invariants import HeldInvariant, LikelyInvariants, likely_invariants
from arcbatt.search.evidence.meter import EvidenceMeter
from arcbatt.search.prior import load_prior
from arcbatt.search.ranking.answers import Answer, answers_at
from arcbatt.search.ranking.candidates import Candidate, Candidates
from arcbatt.search.ranking.features import answer_features, none_features
from arcbatt.search.ranking.leads import Lead
from arcbatt.search.ranking.model import SCALE, Model, load_model
from arcbatt.search.ranking.near_answers import near_answers, near_features
from arcbatt.search.ranking.program_evidence import ProgramEvidence, evidence_about

__all__ = ["Belief", "Believed"]

MOST_ANSWERS = 32
"""Candidates, those that most programs give first, that evidence is gathered for; the others could hardly matter."""
MOST_VOICES = 4
"""Voices of each, the cheapest first."""
MOST_NEAR = 192
"""Outputs of near misses at a test input that are weighed, those of the nearest programs."""


@dataclass(frozen=True, slots=True)
class Believed:
    """An answer with what speaks for and against it.

    Attributes:
        answer: output and programs, the cheapest first.
        probability: that it is right, in 1/10,000; the answers at a test input exclude each other.
        features: the numbers that the model weighed.
        evidence: about each of its programs, in their order.
        broken: the likely invariants that it breaks.
    """

    answer: Answer
    probability: int
    features: Mapping[str, int]
    evidence: tuple[ProgramEvidence, ...]
    broken: tuple[HeldInvariant, ...]


class Belief:
    """What is believed of a task. It depends on the task, the candidates and the calls so far, not on the machine.

    Args:
        engine: runs programs for the evidence about them.
        task: the challenge.
        fuel: what the evidence may spend, in the units of the engine.
        model: weighs it; None for the one of the package.
    """

    def __init__(self, engine: Engine, task: Challenge, fuel: int, model: Model | None = None) -> None:
        self._engine = engine
        self._task = task
        self._demos = len(task.demo)
        self._meter = EvidenceMeter(fuel)
        self._model = model or load_model()
        self._prior = load_prior()
        self._bits: dict[str, int] = {}
        self._known: dict[str, ProgramEvidence] = {}
        self._invariants: LikelyInvariants | None = None
        self._broken: dict[tuple[int, Grid], tuple[HeldInvariant, ...]] = {}

    @property
    def invariants(self) -> LikelyInvariants:
        """Those that hold on the demo samples."""
        if self._invariants is None:
            self._invariants = likely_invariants(self._task)
        return self._invariants

    def broken(self, index: int, output: Grid) -> tuple[HeldInvariant, ...]:
        """The likely invariants that an output for a test input breaks."""
        key = (index, output)
        if key not in self._broken:
            self._broken[key] = self.invariants.broken(self._task.inputs[index], output)
        return self._broken[key]

    def answers(self, candidates: Candidates) -> list[list[Believed]]:
        """For each test input the answers that candidates give, the more probable first; none where none answers."""
        matter = self._those_that_matter(candidates)
        return [self._at(candidates, matter, index) for index in range(len(self._task.test))]

    def near(self, leads: Sequence[Lead], index: int) -> list[Believed]:
        """The answers of near misses at a test input, the more probable first, as if nothing fitted.

        Args:
            leads: programs that are not right on all demo samples, in any order.
            index: number of the test input, from 0.
        """
        answers = near_answers(list({lead.program.md5: lead for lead in leads}.values()), index)[:MOST_NEAR]
        broken = [self.broken(index, answer.output) for answer in answers]
        features = [
            near_features(answer, breaks, self.bits(answer.leads[0]), self._demos)
            for answer, breaks in zip(answers, broken, strict=True)
        ]
        probabilities = self._model.probabilities([*features, {"near-none": 1}])
        believed = [
            Believed(Answer(one.output, one.leads, len(one.leads), ()), probability, numbers, (), breaks)
            for one, probability, numbers, breaks in zip(answers, probabilities, features, broken, strict=True)
        ]
        # Of equals the nearer stays first.
        return sorted(believed, key=lambda one: -self._model.score(one.features))

    def programs(self, candidates: Candidates) -> list[Lead]:
        """Programs that fit and could matter, each once.

        Those of the likeliest answers come first, those that answer no test input last; of those of one answer the
        known ones before the found ones, the cheaper first.
        """
        silent = [one for one in candidates if all(output is None for output in one.outputs)]
        order = {lead.program.md5: (-1, lead) for one in silent for lead in one.voices}
        for found in self.answers(candidates):
            for one in found:
                for lead in one.answer.voices:
                    probability, _ = order.get(lead.program.md5, (0, lead))
                    order[lead.program.md5] = (max(probability, one.probability), lead)
        ranked = sorted(order.values(), key=lambda item: (-item[0], not item[1].is_known, *self._order(item[1])))
        return [lead for _, lead in ranked]

    def bits(self, lead: Lead) -> int:
        """Bits of a program's prior, rounded down."""
        return self._order(lead)[0] // self._prior.units_per_bit

    def left_over(self, candidates: Candidates) -> int:
        """The probability, in 1/10,000, that both best answers at the least sure test input are wrong."""
        return max(SCALE - sum(one.probability for one in found[:2]) for found in self.answers(candidates))

    def _those_that_matter(self, candidates: Candidates) -> list[Candidate]:
        """Candidates with their cheapest voices, about all of which the evidence is known."""
        most = sorted(candidates.answering, key=lambda candidate: -candidate.count)[:MOST_ANSWERS]
        chosen = [Candidate(one.outputs, self._voices(one), one.count, one.families) for one in most]
        new = {lead.program.md5: lead for one in chosen for lead in one.voices if lead.program.md5 not in self._known}
        found = evidence_about(self._engine, self._task, list(new.values()), self._meter)
        self._known.update(zip(new, found, strict=True))
        return chosen

    def _voices(self, candidate: Candidate) -> list[Lead]:
        """The cheapest voices, and the cheapest known one if it is not among them: people look for its name."""
        ordered = sorted(candidate.voices, key=self._order)
        chosen = ordered[:MOST_VOICES]
        if not any(lead.is_known for lead in chosen):
            chosen += [lead for lead in ordered[MOST_VOICES:] if lead.is_known][:1]
        return chosen

    def _order(self, lead: Lead) -> tuple[int, str]:
        md5 = lead.program.md5
        if md5 not in self._bits:
            self._bits[md5] = self._prior.program_bits(lead.program, self._task)
        return self._bits[md5], md5

    def _at(self, candidates: Candidates, matter: Sequence[Candidate], index: int) -> list[Believed]:
        answers = answers_at(matter, index)
        if not answers:
            return []
        broken = [self.broken(index, answer.output) for answer in answers]
        features = [
            answer_features(answer, self._known, breaks, candidates, self._task, index)
            for answer, breaks in zip(answers, broken, strict=True)
        ]
        none = none_features(self._demos, features)
        probabilities = self._model.probabilities([*features, none])
        believed = [
            self._believed(*numbers) for numbers in zip(answers, probabilities, features, broken, strict=True)
        ]
        return sorted(believed, key=lambda one: (-self._model.score(one.features), self._order(one.answer.voices[0])))

    def _believed(
        self, answer: Answer, probability: int, features: Mapping[str, int], broken: tuple[HeldInvariant, ...]
    ) -> Believed:
        voices = tuple(sorted(answer.voices, key=self._order))
        evidence = tuple(self._known[lead.program.md5] for lead in voices)
        return Believed(
            Answer(answer.output, voices, answer.count, answer.families), probability, features, evidence, broken
        )
