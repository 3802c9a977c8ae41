"""One build for all tests that are given none."""

import faulthandler
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `dev.py build` fills."""
    faulthandler.cancel_dump_traceback_later()  # takes minutes, and has a time limit of its own
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, str(ROOT / "dev.py"), "build", "--untried", "--out", str(out)]
    subprocess.run(command, check=True, timeout=900)
    return out
