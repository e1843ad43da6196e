"""The file of counts: it is what the library gives, and another one is refused with a reason."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from arcbatt.errors import InputError
from arcbatt.search.prior import counts as module
from arcbatt.search.prior import load_counts, load_prior, read_counts

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "src" / "arcbatt" / "search" / "prior" / "counts.json").read_text(encoding="utf-8")


def test_fitting_again_gives_the_file_byte_for_byte() -> None:
    spec = importlib.util.spec_from_file_location("fit_prior", ROOT / "tools" / "fit_prior.py")
    assert spec is not None
    assert spec.loader is not None
    tool = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.fitted(load_counts().date) == TEXT, "the library has changed: run python tools/fit_prior.py"


def test_the_file_is_read_once() -> None:
    assert load_prior() is load_prior()
    assert read_counts(TEXT, "f") == load_counts()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TEXT.replace('"format": 1', '"format": 2'), "expected counts of format 1, got format 2.*fit_prior"),
        (TEXT[: len(TEXT) // 2], "^f: "),
        ("{}", "^f: .*format"),
        ("[]", "^f: "),
        (TEXT.replace('"references": ', '"references": -'), "expected counts from 0 .*got -"),
        (TEXT.replace('"references": ', '"references": 0.5e-'), "^f: "),
        (TEXT.replace('"rarest"', '"rare"'), "expected counts of known roles.*rare"),
        (TEXT.replace('"#pair": {', '"#couple": {', 1), "known roles and literals.*couple"),
        (TEXT.replace('"rarest"', '"ra\\nre"'), r"known roles.*ra\\nre"),
        (TEXT.replace('"references": ', f'"references": {10**30}'), "expected counts from 0 .*got 1000000"),
    ],
)
def test_other_files_are_refused(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told) as caught:
        read_counts(text, "f")
    assert str(caught.value).isprintable()


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(InputError, match=r"^f: "):
        read_counts(b"\xff\xfe" + TEXT.encode(), "f")


def test_a_missing_file_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    load_counts.cache_clear()
    monkeypatch.setattr(module, "files", lambda _: tmp_path)
    with pytest.raises(InputError, match=r"expected the counts of the prior.*install arcbatt again"):
        load_counts()
    monkeypatch.undo()
    load_counts.cache_clear()
