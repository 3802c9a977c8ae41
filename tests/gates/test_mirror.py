"""Every module of the inner rooms has a test file of its own, in the same place under tests/."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MIRRORED = ("core", "wire", "providers", "desktop/viewmodels", "relay")

# Modules without a test file of their own, each with its reason; one that gets a test must leave the list.
EXCUSED: dict[str, str] = {}


def lacking(root: Path, excused: dict[str, str]) -> list[str]:
    """Name the modules without a test, and the excuses that are no longer deserved."""
    faults = []
    for room in MIRRORED:
        for module in sorted((root / "cti_desktop" / room).rglob("*.py")):
            name = module.relative_to(root / "cti_desktop").as_posix()
            tested = (root / "tests" / name).with_name(f"test_{module.name}").exists()
            if module.name not in {"__init__.py", "__main__.py"} and "migrations" not in module.parts:
                if not tested and name not in excused:
                    faults.append(f"{name} has no test file")
                if tested and name in excused:
                    faults.append(f"{name} is excused but has a test file")
    return faults + [
        f"{name} is excused but gone" for name in excused if not (root / "cti_desktop" / name).exists()
    ]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A project of one module, core/call.py, and its test."""
    for name in ("cti_desktop/core/__init__.py", "cti_desktop/core/call.py", "tests/core/test_call.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def test_every_module_is_mirrored() -> None:
    """The tests mirror the code."""
    assert lacking(ROOT, EXCUSED) == []


def test_missing_test_is_found(tree: Path) -> None:
    """A module whose test file went missing is named."""
    assert lacking(tree, {}) == []

    (tree / "tests/core/test_call.py").unlink()

    assert lacking(tree, {}) == ["core/call.py has no test file"]
    assert lacking(tree, {"core/call.py": "a table"}) == []


def test_excuse_must_stay_deserved(tree: Path) -> None:
    """An excused module that has a test, or is gone, is named."""
    excused = {"core/call.py": "a table", "core/gone.py": "a table"}

    assert lacking(tree, excused) == [
        "core/call.py is excused but has a test file",
        "core/gone.py is excused but gone",
    ]
