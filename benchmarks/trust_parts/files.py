"""Damaged files of every kind, handed to the real readers: each is accepted or refused with an error of arcbatt.

Readers run in a child that may be killed, with bounds on memory and time; one file in fifty goes through the real
command as well. What is stored beside must stay readable.
"""

from __future__ import annotations

import gzip
import multiprocessing
import os
import random
import resource
import shutil
import subprocess
import time
import warnings
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from arcbatt.errors import ArcbattError
from trust_parts.counted import Counted, Options, Part
from trust_parts.mutations import mutated, mutated_database
from trust_parts.processes import command
from trust_parts.readers import KINDS, Kind, make_seeds

__all__ = ["files"]

MOST_S = 10.0
"""Seconds of CPU time within which a file is accepted or refused."""
_HANGING_S = 60.0
"""Seconds of the wall clock after which a reader hangs; a busy machine may take a while."""
_HANGS = f"lost: not read within {_HANGING_S:g} s"
_DIES = "lost: the reader died"
MOST_BYTES = 1 << 30
"""Memory that a reader may take beyond what the process had."""
_THROUGH_COMMAND = 50
"""One file in so many goes through the real command too."""
_CHUNK = 100


def files(options: Options) -> Part:
    """Damages files of each kind and reads them."""
    folder = options.folder / "files"
    shutil.rmtree(folder, ignore_errors=True)
    seeds = make_seeds(folder, random.Random(options.seed))
    rows, through = [], Counted("damaged files through the real command")
    for kind in KINDS:
        counted = Counted(f"damaged {kind.name} files")
        count = options.share(kind.share)
        reader = _Reading(kind, seeds[kind.name], folder, options.seed)
        reader.check_sound(counted)
        for start in range(0, count, _CHUNK):
            reader.read(range(start, min(start + _CHUNK, count)), counted)
        for number in range(0, count, _THROUGH_COMMAND):
            through.add(reader.through_command(number))
        for number in reader.lost:
            reader.keep(number, options.folder / "lost")
        refused = counted.tried - reader.accepted - len(counted.lost)
        counted.notes.append(f"{reader.accepted:,} accepted, {refused:,} refused")
        print(f"  {counted.line()}", flush=True)
        rows.append(counted)
    return Part("files", [*rows, through])


class _Reading:
    """Files of a kind, made by their numbers, and read."""

    def __init__(self, kind: Kind, seeds: Sequence[bytes], folder: Path, seed: int) -> None:
        self.kind = kind
        self.seeds = seeds
        self.folder = folder
        self.seed = seed
        self.accepted = 0
        self.lost: list[int] = []

    def made(self, number: int, folder: Path) -> Path:
        """Writes the file of a number into a folder; below zero it is a sound one."""
        rng = random.Random(f"{self.seed} {self.kind.name} {number}")
        seed = rng.choice(self.seeds) if number >= 0 else self.seeds[-1 - number]
        if self.kind.name == "database":
            workspace = folder / ".arcbatt"
            shutil.rmtree(workspace, ignore_errors=True)
            shutil.copytree(self.folder / ".arcbatt", workspace)
            path = workspace / "arcbatt.db"
            if number >= 0:
                mutated_database(rng, path)
            return path
        is_zipped = seed[:2] == b"\x1f\x8b"
        text = gzip.decompress(seed) if is_zipped else seed
        suffix = self.kind.suffixes[-1 if b"\n{" in text else 0]
        if number >= 0:
            suffix = rng.choice([suffix, *self.kind.suffixes])
            is_inside = is_zipped and rng.random() < 0.7
            text = mutated(rng, text if is_inside or not is_zipped else seed, self.seeds)
            is_zipped, was_zipped = is_inside, is_zipped
            suffix += ".gz" if was_zipped else ""
        elif is_zipped:
            suffix += ".gz"
        path = folder / f"damaged{suffix}"
        path.write_bytes(gzip.compress(text) if is_zipped else text)
        return path

    def read(self, numbers: range, counted: Counted) -> None:
        """Reads the files of some numbers in a child; one that dies or hangs is a loss, and another goes on."""
        left = list(numbers)
        while left:
            folder = self.folder / "child"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            for name in ("few.py",):
                shutil.copy(self.folder / name, folder / name)
            shutil.copytree(self.folder / "export", folder / "export")
            mine, its = multiprocessing.get_context("fork").Pipe(duplex=False)
            child = multiprocessing.get_context("fork").Process(target=self._in_child, args=(left, folder, its))
            child.start()
            its.close()
            while left:
                number = left[0]
                verdict = self._heard(mine, child)
                left.pop(0)
                self.accepted += verdict == "accepted"
                loss = verdict.partition("lost: ")[2] or None
                if loss is not None:
                    self.lost.append(number)
                counted.add(None if loss is None else f"{self.kind.name} {number}: {loss}")
                if verdict in (_HANGS, _DIES):
                    break  # another child goes on with the next file
            child.join()

    def check_sound(self, counted: Counted) -> None:
        """Reads the sound files: one that is not accepted is a loss, as the damaged ones would tell nothing then."""
        sound = Counted("sound files")
        self.read(range(-len(self.seeds), 0), sound)
        if self.accepted < sound.tried:
            counted.lost.append(f"{sound.tried - self.accepted} of {sound.tried} sound files were not accepted")
        self.accepted = 0

    def _heard(self, said: Connection, child: multiprocessing.process.BaseProcess) -> str:
        try:
            said.recv()  # the file is made
            if said.poll(_HANGING_S):
                found: str = said.recv()
                return found
            child.kill()
            return _HANGS
        except EOFError:
            return _DIES

    def _in_child(self, numbers: Sequence[int], folder: Path, said: Connection) -> None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        warnings.simplefilter("error")
        for number in numbers:
            path = self.made(number, folder)
            _bound_memory()
            said.send("made")
            said.send(_verdict(self.kind, path))
        said.close()

    def through_command(self, number: int) -> str | None:
        """Hands the file of a number to a command; why that is a loss."""
        folder = self.folder / "command"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name in ("few.py", "results.json", "submission.json", "solutions.json"):
            shutil.copy(self.folder / name, folder / name)
        shutil.copytree(self.folder / "export", folder / "export")
        path = self.made(number, folder)
        if self.kind.name == "export":
            shutil.copy(path, folder / "export" / "arcbatt-export.jsonl")
        words = random.Random(number).choice(self.kind.commands)
        named = [path.name if word == "FILE" else word for word in words]
        try:
            done = subprocess.run(
                command(*named), cwd=folder, capture_output=True, stdin=subprocess.DEVNULL, timeout=60,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30)),
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return f"{self.kind.name} {number}: {' '.join(words)} did not end within 60 s"
        told = (done.stderr + done.stdout).decode(errors="replace")
        if done.returncode not in (0, 2) or "Traceback" in told or len(told) > 100_000:
            return f"{self.kind.name} {number}: {' '.join(words)} ended with {done.returncode}: {told[-300:]!r}"
        if done.returncode == 2 and not done.stderr:
            return f"{self.kind.name} {number}: {' '.join(words)} ended with 2 and said nothing"
        return None

    def keep(self, number: int, folder: Path) -> None:
        """Puts the file of a number aside, to be looked at."""
        folder.mkdir(parents=True, exist_ok=True)
        made = self.made(number, folder)
        made.rename(folder / f"{self.kind.name}-{number}{''.join(made.suffixes)}")


def _bound_memory() -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    most = pages * resource.getpagesize() + MOST_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))


def _verdict(kind: Kind, path: Path) -> str:
    """``accepted``, ``refused`` or ``lost: ...``."""
    began = time.process_time()
    try:
        kind.read(path)
        verdict = "accepted"
    except ArcbattError as error:
        verdict = "refused" if str(error) else "lost: refused without a word"
    except BaseException as error:
        verdict = f"lost: {type(error).__name__}: {error!s:.300}"
    seconds = time.process_time() - began
    return verdict if seconds <= MOST_S else f"lost: {verdict} after {seconds:.1f} s of CPU time"

