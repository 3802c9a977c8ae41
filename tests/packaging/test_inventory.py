"""What a program consists of, and how much of it there may be."""

from hashlib import sha256
from pathlib import Path

import pytest

from cti_desktop.core.errors import ConfigError
from cti_desktop.packaging.inventory import BUDGET_FILES, BUDGET_MB, Inventory


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Two files and a link."""
    (tmp_path / "_internal").mkdir()
    (tmp_path / "_internal" / "b").write_bytes(b"x" * 2000)
    (tmp_path / "a").write_bytes(b"y")
    (tmp_path / "link").symlink_to("a")
    return tmp_path


def test_every_file_is_listed_with_its_hash(program: Path, tmp_path: Path) -> None:
    """In one order, links not counted twice."""
    inventory = Inventory.of(program)
    inventory.write(tmp_path / "contents.txt")

    assert ["_internal/b", "a"] == list(inventory.files)
    assert (1, sha256(b"y").hexdigest()) == inventory.files["a"]
    assert [f"{sha256(b'x' * 2000).hexdigest()}       2000 _internal/b"] == (
        tmp_path / "contents.txt"
    ).read_text().splitlines()[:1]


@pytest.mark.parametrize(("megabytes", "files"), [(0.001, 10), (10, 1)])
def test_a_program_over_its_budget_stops_the_build(program: Path, megabytes: float, files: int) -> None:
    """With how big it is, what is biggest, and what is allowed."""
    with pytest.raises(ConfigError, match=r"0\.0 MB in 2 files \(_internal/b"):
        Inventory.of(program).keep_to_budget(megabytes, files)


def test_the_budget_beats_the_prototype(program: Path) -> None:
    """138 MiB were left of it, trimmed and stripped; and of its 371 files we had half."""
    assert BUDGET_MB < 138 * 1.048576
    assert BUDGET_FILES < 371
    Inventory.of(program).keep_to_budget()
