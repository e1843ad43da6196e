"""The one reader and writer of results as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arcbatt.engine.outcome import Failure, FailureKind
from arcbatt.engine.verdict import Verdict
from arcbatt.errors import InputError
from arcbatt.pipeline import KeptProgram, NearestProgram, TaskSummary
from arcbatt.results import FailureGroup, ProgramResult
from arcbatt.results.json_form import from_json, plain, to_json

counts = st.integers(0, 2**63 - 1)
texts = st.text(st.characters(codec="utf-8"), max_size=20)
failures = st.builds(Failure, st.sampled_from(FailureKind), counts, texts, texts)
verdicts = st.builds(Verdict, texts, st.booleans(), st.sampled_from([True, False, None]), counts,
                     st.none() | failures, counts)  # fmt: skip
some = st.lists(verdicts, max_size=3).map(tuple)
results = st.builds(ProgramResult, texts, texts, counts, some, some, st.lists(counts, max_size=3).map(tuple),
                    st.none() | st.floats(0, 1e9))  # fmt: skip
kept = st.builds(KeptProgram, results, st.lists(texts, max_size=2).map(tuple),
                 st.dictionaries(texts, st.none() | counts, max_size=2))  # fmt: skip
groups = st.builds(FailureGroup, st.sampled_from(FailureKind), texts, counts, texts, texts, counts, counts, texts)
summaries = st.builds(
    TaskSummary, texts, texts, counts, counts, counts, counts, candidates=counts, solve_all=st.none() | counts,
    kept=st.lists(kept, max_size=2).map(tuple),
    nearest=st.none() | st.builds(NearestProgram, texts, texts, counts, st.floats(0, 1)),
    failures=st.lists(groups, max_size=2).map(tuple), bugs=st.lists(texts, max_size=2).map(tuple),
)  # fmt: skip


@given(summaries)
def test_what_is_written_is_read_again(summary: TaskSummary) -> None:
    text = to_json(summary)
    again = from_json(TaskSummary, text, "here")
    assert again == summary
    assert [group.message for group in again.failures] == [group.message for group in summary.failures]
    assert to_json(again) == text
    assert json.loads(text) == json.loads(json.dumps(plain(summary)))


def test_the_order_of_a_mapping_changes_no_byte() -> None:
    assert to_json({"b": 1, "a": 2}) == to_json({"a": 2, "b": 1})


VERDICT = plain(Verdict("ab", True, True, 1, None, 2))


@pytest.mark.parametrize("text", [
    "", "{", "nul", "5", "[]", "\udcff", '{"digest": 5}', "[" * 100_000, '{"digest": "ab"}',
    json.dumps({**VERDICT, "fuel": "1"}), json.dumps({**VERDICT, "fuel": 1.5}), json.dumps({**VERDICT, "fuel": True}),
    json.dumps({**VERDICT, "is_right": 1}), json.dumps({**VERDICT, "digest": None}),
    json.dumps({**VERDICT, "failure": {"kind": "unheard", "step": 1, "call": "", "message": ""}}),
])  # fmt: skip
def test_what_is_no_value_of_the_type_is_refused_with_its_place(text: str) -> None:
    data = text.encode("utf-8", "surrogateescape")
    with pytest.raises(InputError, match="here: "):
        from_json(Verdict, data, "here")


@pytest.mark.parametrize("value", [object(), {1, object()}, 1j])
def test_what_json_has_no_form_for_is_refused(value: Any) -> None:
    with pytest.raises(InputError, match="expected JSON data"):
        to_json(value)
