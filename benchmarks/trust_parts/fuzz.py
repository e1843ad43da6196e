"""A coverage-guided fuzzer on the readers of text, each for its share of the time; needs `pip install atheris`."""

from __future__ import annotations

import importlib.util
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

from trust_parts.counted import Counted, Options, Part
from trust_parts.readers import make_seeds

__all__ = ["fuzz"]

_SECONDS = {"program": 240, "battery": 60, "task": 120, "submission": 30, "alias": 60, "results": 60, "export": 30}
_MOST_MB = 2048
_MOST_S = 20


def fuzz(options: Options) -> Part:
    """Fuzzes each reader; the seconds are those above, scaled."""
    if importlib.util.find_spec("atheris") is None:
        return Part("fuzz", left_out=["atheris is not installed: pip install atheris"])
    folder = options.folder / "fuzz"
    shutil.rmtree(folder, ignore_errors=True)
    seeds = make_seeds(folder, random.Random(options.seed))
    rows = []
    for kind, seconds in _SECONDS.items():
        corpus = folder / f"corpus-{kind}"
        corpus.mkdir()
        for number, seed in enumerate(seeds[kind]):
            (corpus / f"{number}").write_bytes(seed)
        rows.append(_fuzzed(kind, folder, corpus, options.share(seconds), options.seed + 1))
        print(f"  {rows[-1].line()}", flush=True)
    return Part("fuzz", rows)


def _fuzzed(kind: str, folder: Path, corpus: Path, seconds: int, seed: int) -> Counted:
    root = Path(__file__).parents[1]
    words = [
        sys.executable, "-m", "trust_parts.fuzz_one", kind, str(folder), str(corpus), f"-max_total_time={seconds}",
        f"-rss_limit_mb={_MOST_MB}", f"-timeout={_MOST_S}", "-print_final_stats=1", "-max_len=50000",
        f"-artifact_prefix={folder}/{kind}-", f"-seed={seed}",
    ]  # fmt: skip
    done = subprocess.run(
        words, cwd=folder, capture_output=True, text=True, errors="replace", check=False,
        env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    counted = Counted(f"fuzzed {kind} files, {seconds} s")
    executed = re.search(r"number_of_executed_units:\s*(\d+)", done.stderr)
    coverage = re.findall(r"cov: (\d+)", done.stderr)
    counted.tried = int(executed[1]) if executed else 0
    counted.notes.append(f"coverage {coverage[0]} to {coverage[-1]}" if coverage else "no coverage")
    if done.returncode or not executed:
        counted.lost.append(f"{kind}: ended with {done.returncode}: {done.stderr[-600:]!r}")
    return counted
