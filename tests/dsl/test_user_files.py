from __future__ import annotations

import os
from pathlib import Path

import pytest

from arcbatt.dsl.user import load_primitives
from arcbatt.errors import InputError


def test_a_pipe_in_place_of_a_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="pipe: cannot read the primitives: not a regular file"):
        load_primitives(tmp_path / "pipe")
