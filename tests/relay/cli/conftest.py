"""What all commands' tests need."""

from pathlib import Path

import pytest

from tests.helpers.relay_cli import Keyboard


@pytest.fixture
def keyboard(tmp_path: Path) -> Keyboard:
    """A relay that was just made."""
    return Keyboard(tmp_path / "relay")
