"""What survives: kills, damaged files, want of everything, random programs, hours of work, faults of a network.

    python benchmarks/trust.py [--only PART ...] [--quick] [--seed N] [--json FILE]

Each part prints how many things were tried and how many survived, and what did not. Exit status 1 if anything was lost.
A part that cannot be tried here says why; that is no loss. `--quick` tries a small share of each.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from trust_parts.counted import Options, Part

PARTS = ("kills", "files", "fuzz", "resources", "programs", "soak", "network")
"""Each is a function of this name in a module of this name."""
_QUICK = 0.01


def main() -> int:
    """Tries the parts and prints what survived; the exit status."""
    asked = _asked()
    reports, status = [], 0
    with tempfile.TemporaryDirectory(prefix="trust-") as made:
        folder = (asked.folder or Path(made)).resolve()
        stores = tuple(asked.store or ["sqlite", "postgres"])
        scale = asked.scale or (_QUICK if asked.quick else 1.0)
        options = Options(asked.seed, scale, stores, asked.load, asked.minutes * (0.01 if asked.quick else 1), folder)
        for name in asked.only or PARTS:
            part_folder = folder / name
            part_folder.mkdir(parents=True, exist_ok=True)
            print(f"{name}", flush=True)
            began = time.monotonic()
            part = _part(name)(replace(options, folder=part_folder))
            status |= _told(part)
            reports.append(_json_of(part, round(time.monotonic() - began, 1)))
            if asked.json:
                asked.json.write_text(json.dumps({"seed": asked.seed, "parts": reports}, indent=1) + "\n")
    return status


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=PARTS, help="a part; repeatable (default: all)")
    parser.add_argument("--quick", action="store_true", help="a small share of each")
    parser.add_argument("--scale", type=float, help="share of the full numbers, 0.1 say; may be above 1")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the counts as JSON")
    parser.add_argument("--store", action="append", choices=("sqlite", "postgres"),
                        help="repeatable; postgres is a server of its own (default: both)")  # fmt: skip
    parser.add_argument("--load", type=int, default=0, metavar="N", help="busy processes beside the kills")
    parser.add_argument("--minutes", type=float, default=60.0, help="of the soak")
    parser.add_argument("--folder", type=Path, help="where to work; what was lost stays there")
    return parser.parse_args()


def _part(name: str) -> Callable[[Options], Part]:
    found: Callable[[Options], Part] = getattr(importlib.import_module(f"trust_parts.{name}"), name)
    return found


def _told(part: Part) -> int:
    """Prints a part; 1 if anything was lost."""
    for row in part.rows:
        print(row.line())
        for loss in row.lost[:20]:
            print(f"  lost: {loss}")
    for why in part.left_out:
        print(f"  not tried: {why}")
    sys.stdout.flush()
    return int(any(row.lost for row in part.rows))


def _json_of(part: Part, seconds: float) -> dict[str, object]:
    rows = [
        {"what": row.what, "tried": row.tried, "survived": row.tried - len(row.lost), "notes": row.notes,
         "lost": row.lost}
        for row in part.rows
    ]  # fmt: skip
    return {"part": part.name, "seconds": seconds, "rows": rows, "not tried": list(part.left_out)}


if __name__ == "__main__":
    sys.exit(main())
