"""What a result belongs to: the samples of a task, by their digest; the id is a name for them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from arcbatt.errors import InputError

if TYPE_CHECKING:
    from arcbatt.arc import Task

__all__ = ["MAX_ID", "TaskKey", "is_digest"]

MAX_ID = 200
"""Longest id of a task, in characters."""

_DIGEST = re.compile(r"[0-9a-f]{32}")


def is_digest(value: object) -> bool:
    """Whether a value is a digest of samples: 32 lower-case hexadecimal digits."""
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


@dataclass(frozen=True, slots=True)
class TaskKey:
    """A task as results name it.

    Attributes:
        digest: of its samples, see :attr:`arcbatt.arc.Task.digest`; 32 hexadecimal digits.
        id: its id, 1 to :data:`MAX_ID` printable characters.
        demo_count: number of demo samples, at least 1.
        test_count: number of test samples.

    Raises:
        InputError: a field is out of these bounds.

    Example:
        >>> TaskKey.of(load_set("arc1-train")["67a3c6ac"])
        TaskKey(digest='b83b70cf852d95b2fe98169f3d2f8bf0', id='67a3c6ac', demo_count=3, test_count=1)
    """

    digest: str
    id: str
    demo_count: int
    test_count: int

    def __post_init__(self) -> None:
        if not is_digest(self.digest):
            raise InputError(f"task: expected a digest of 32 hexadecimal digits, got {self.digest!r:.80}")
        if not isinstance(self.id, str) or not 0 < len(self.id) <= MAX_ID or not self.id.isprintable():
            raise InputError(f"task id: expected 1 to {MAX_ID} printable characters, got {self.id!r:.80}")
        for count, least in ((self.demo_count, 1), (self.test_count, 0)):
            if type(count) is not int or not least <= count < 2**31:
                raise InputError(f"task {self.id}: expected a number of samples, got {count!r:.80}")

    @classmethod
    def of(cls, task: Task) -> TaskKey:
        """The key of a task."""
        return cls(task.digest, task.id, len(task.demo), len(task.test))
