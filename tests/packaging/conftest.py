"""One build for all tests that are given none."""

import faulthandler
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.acme import acme
from tests.helpers.built import Office

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `dev.py build` fills, for the product of the manual: its relay is locked."""
    faulthandler.cancel_dump_traceback_later()  # takes minutes, and has a time limit of its own
    out = tmp_path_factory.mktemp("dist")
    branding = acme(tmp_path_factory.mktemp("lead") / "acme")
    command: list[str | Path] = [
        sys.executable,
        ROOT / "dev.py",
        "build",
        "--untried",
        "--branding",
        branding,
        "--out",
        out,
    ]
    subprocess.run(command, check=True, timeout=900)
    return out


@pytest.fixture(scope="session")
def program(request: pytest.FixtureRequest) -> Path:
    """What `dev.py build` just built, or a build of our own."""
    if given := os.environ.get("CTI_PROGRAM"):
        return Path(given)
    out: Path = request.getfixturevalue("built")
    return out / "cti-desktop" / "cti-desktop"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An open relay with one agent."""
    office = Office(tmp_path / "relay")
    office.open()
    yield office
    office.close()
