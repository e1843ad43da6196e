"""What holds for all tests."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What must stay together on one worker comes first: it takes longest, and the others go on beside it."""
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)
