"""What holds for all tests."""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first, so that the others go on beside it."""
    items.sort(key=lambda item: item.get_closest_marker("first") is None)
