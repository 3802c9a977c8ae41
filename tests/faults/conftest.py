"""Where the stores lie that faults are done to."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own in it
ROOM = 4 * 2**30  # with less, the relay finds its disk full


@pytest.fixture
def tmp_path(tmp_path: Path) -> Iterator[Path]:
    """In memory where there is room: what a killed process wrote is there, and no trial waits for a disk."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        with tempfile.TemporaryDirectory(dir=MEMORY) as name:
            folder = Path(name) / "store"  # the relay logs beside it
            folder.mkdir()
            yield folder
    else:
        yield tmp_path
