"""A coverage-guided fuzzer on one reader; a process of its own, since libFuzzer ends the one that it runs in.

    python -m trust_parts.fuzz_one KIND FOLDER LIBFUZZER-OPTIONS

KIND is a kind of `readers.py`. In FOLDER are what the readers need and the corpus. It ends with 0 when the time is
over, and with another status at the first input that a reader neither accepts nor refuses.
"""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["arcbatt"]):
    from arcbatt.errors import ArcbattError
    from trust_parts.readers import KINDS, parse_file


def main() -> None:
    """Reads what the fuzzer makes until the time is over."""
    name, folder, *options = sys.argv[1:]
    (kind,) = (kind for kind in KINDS if kind.name == name)
    path = Path(folder) / f"fuzzed-{os.getpid()}{kind.suffixes[0]}"
    warnings.simplefilter("error")

    def read(data: bytes) -> None:
        path.write_bytes(data)
        try:
            if name in ("program", "battery"):
                parse_file(path)  # without the store, which would take most of the time
            else:
                kind.read(path)
        except ArcbattError as error:
            if not str(error):
                raise AssertionError("refused without a word") from error

    atheris.Setup([sys.argv[0], *options], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
