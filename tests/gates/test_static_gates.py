"""The static gates bite: import contracts, mypy and ruff, each over a planted violation."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent

SMUGGLED = {
    "cti_desktop/core/planted.py": "import sqlite3\nimport msgspec\n",
    "cti_desktop/wire/planted.py": "import asyncio\nimport cti_desktop.providers.planted\n",
    "cti_desktop/providers/planted.py": "import logging\nimport cti_desktop.relay\n",
    "cti_desktop/desktop/planted.py": "import cti_desktop.relay\nimport qasync, httpx\n",
    "cti_desktop/desktop/viewmodels/planted.py": "from PySide6 import QtCore\nimport threading\n",
    "cti_desktop/desktop/ui/planted_a.py": "import cti_desktop.desktop.ui.planted_b\n",
    "cti_desktop/desktop/ui/planted_b.py": "import cti_desktop.desktop.ui.planted_a\n",
    "cti_desktop/relay/planted.py": "import cti_desktop.simulator\nimport PySide6\n",
    "cti_desktop/simulator/planted.py": "import uvicorn\n",
    "cti_desktop/stray.py": "",
}

FOUND = [
    "cti_desktop.core.planted -> sqlite3",
    "cti_desktop.core.planted -> msgspec",
    "cti_desktop.wire.planted -> asyncio",
    "cti_desktop.wire.planted -> cti_desktop.providers.planted",
    "cti_desktop.providers.planted -> logging",
    "cti_desktop.providers.planted -> cti_desktop.relay",
    "cti_desktop.desktop.planted -> cti_desktop.relay",
    "cti_desktop.desktop.planted -> qasync",
    "cti_desktop.desktop.planted -> httpx",
    "cti_desktop.desktop.viewmodels.planted -> PySide6",
    "cti_desktop.desktop.viewmodels.planted -> threading",
    "No cycles are allowed in cti_desktop.desktop.ui",
    "cti_desktop.relay.planted -> cti_desktop.simulator",
    "cti_desktop.relay.planted -> PySide6",
    "cti_desktop.simulator.planted -> uvicorn",
    "- cti_desktop.stray",
]


@pytest.fixture(scope="module")
def contracts(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """Check the import contracts over a copy of the code with everything of SMUGGLED in it."""
    folder = tmp_path_factory.mktemp("smuggled")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(
        ROOT / "cti_desktop", folder / "cti_desktop", ignore=shutil.ignore_patterns("__pycache__")
    )
    for path, text in SMUGGLED.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    command = [str(PROGRAMS / "lint-imports"), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("words", FOUND)
def test_import_contract_bites(contracts: subprocess.CompletedProcess[str], words: str) -> None:
    """A forbidden import breaks a contract, and the report names it."""
    assert contracts.returncode == 1
    assert words in contracts.stdout


MISTYPED = {
    "def f(x): return x": "[no-untyped-def]",
    "def f(x: list) -> None: ...": "[type-arg]",
    "def f(x: int | None) -> int: return x + 1": "[operator]",
    "x = 1  # type: ignore": "[unused-ignore]",
    "import json\ndef f() -> int: return json.loads('1')": "[no-any-return]",
    "def f(x: int) -> None:\n    if x:\n        y = 1\n    print(y)": "[possibly-undefined]",
}


def test_mypy_bites(tmp_path: Path) -> None:
    """Code that is untyped, half typed or wrongly typed does not pass."""
    modules = [str(tmp_path / f"mistyped_{number}.py") for number in range(len(MISTYPED))]
    for module, text in zip(modules, MISTYPED, strict=True):
        Path(module).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", *modules]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 1
    assert [code for code in MISTYPED.values() if code not in result.stdout] == []


UNCLEAN = [
    (
        "cti_desktop/desktop/x.py",
        "import asyncio\n\nasyncio.create_task(print())\n",
        "TID251 `asyncio.create_task`",
    ),
    (
        "cti_desktop/desktop/ui/x.py",
        "from PySide6.QtWidgets import QLabel\n",
        "TID251 `PySide6.QtWidgets.QLabel`",
    ),
    ("cti_desktop/desktop/x.py", "from qasync import asyncSlot\n", "TID251 `qasync.asyncSlot`"),
    ("cti_desktop/relay/x.py", "import qasync\n\nqasync.asyncClose\n", "TID251 `qasync.asyncClose`"),
    ("cti_desktop/core/x.py", "def find():\n    pass\n", "D103"),
    ("cti_desktop/core/x.py", "value = 1\n", "D100"),
    ("cti_desktop/core/x.py", "try:\n    pass\nexcept Exception:\n    pass\n", "BLE001"),
    ("cti_desktop/core/x.py", "from .call import Call\n", "TID252"),
    ("cti_desktop/core/x.py", "from typing import Any\n\n\ndef f(x: Any):\n    pass\n", "ANN401"),
    ("tests/core/test_x.py", "def test_it():\n    assert True\n", "D103"),
    ("tests/core/test_x.py", "class TestIt:\n    def test_it(self):\n        assert True\n", "D102"),
]


@pytest.mark.parametrize(("path", "text", "words"), UNCLEAN)
def test_ruff_bites(path: str, text: str, words: str) -> None:
    """What the house rules forbid does not pass."""
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--no-cache",
        "--output-format=concise",
        "--stdin-filename",
        path,
    ]
    result = subprocess.run(command, cwd=ROOT, input=text, capture_output=True, text=True, check=False)

    assert result.returncode == 1
    assert words in result.stdout


def test_label_factory_may_make_labels() -> None:
    """The one module that makes labels plain text by construction may import QLabel."""
    path, text = "cti_desktop/desktop/ui/labels.py", "from PySide6.QtWidgets import QLabel\n"
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--no-cache",
        "--select",
        "TID251",
        "--stdin-filename",
        path,
    ]
    result = subprocess.run(command, cwd=ROOT, input=text, capture_output=True, text=True, check=False)

    assert (result.returncode, "TID251" in result.stdout) == (0, False)
