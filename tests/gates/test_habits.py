"""The house rules of habits.py hold in the tree, and each of them bites."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.gates import habits

ROOT = Path(__file__).resolve().parents[2]
PURE = ("cti_desktop/core", "cti_desktop/wire", "cti_desktop/providers", "cti_desktop/desktop/viewmodels")
MOST_LINES = 300

# Modules of more than MOST_LINES lines, each with its reason; a shorter one must leave the list.
LONG_MODULES = {"dev.py": "all of a checkout's commands in one file, which runs before anything is installed"}
SAYS_NOTHING = {"common", "data", "helper", "helpers", "manager", "misc", "util", "utils"}

Rule = Callable[[ast.AST], Iterator[habits.Complaint]]
EVERYWHERE: list[Rule] = [habits.endless_connects, habits.frozen_waits, habits.long_functions]


def modules(*folders: str) -> list[Path]:
    """List the Python files under some folders of the project."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def complaints(rule: Rule, *folders: str) -> list[str]:
    """Apply a rule to every module of some folders."""
    return [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in modules(*folders)
        for line, text in rule(ast.parse(path.read_text(encoding="utf-8")))
    ]


@pytest.mark.parametrize("rule", EVERYWHERE)
def test_everywhere(rule: Rule) -> None:
    """The rules for all code hold in all code."""
    assert complaints(rule, "cti_desktop", "tests") == []


def test_desktop_runs_one_event_loop() -> None:
    """No dialog of the desktop runs an event loop of its own."""
    assert complaints(habits.modal_loops, "cti_desktop/desktop", "tests/desktop") == []


def test_items_of_layouts_stay_with_qt() -> None:
    """No widget holds what Qt deletes behind its back."""
    assert complaints(habits.layout_items, "cti_desktop/desktop", "tests/desktop") == []


def test_tests_never_sleep() -> None:
    """Tests wait for events, not for time to pass. Benchmarks measure over time, and may let it pass."""
    found = complaints(habits.sleeps, "tests")
    assert [text for text in found if not Path(text).is_relative_to("tests/bench")] == []


def test_pure_code_has_no_clock() -> None:
    """The domain, the wire, the providers and the view-models are told what time it is."""
    assert complaints(habits.clocks, *PURE) == []


def test_modules_stay_readable() -> None:
    """Modules are short, and the list of those that are not stays true."""
    lengths = {
        str(path.relative_to(ROOT).as_posix()): len(path.read_text(encoding="utf-8").splitlines())
        for path in [*modules("cti_desktop"), ROOT / "dev.py"]
    }

    assert {
        name: lines for name, lines in lengths.items() if lines > MOST_LINES and name not in LONG_MODULES
    } == {}
    assert [name for name in LONG_MODULES if lengths.get(name, 0) <= MOST_LINES] == []


def test_names_say_something() -> None:
    """No production module is called utils, or the like of it."""
    assert [path for path in modules("cti_desktop") if path.stem in SAYS_NOTHING] == []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (habits.modal_loops, "dialog.exec()"),
        (habits.modal_loops, "self.box.exec_()"),
        (habits.endless_connects, "async def f():\n  async for link in websockets.connect(url):\n    pass"),
        (habits.frozen_waits, "async def f(qtbot):\n  qtbot.waitUntil(done)"),
        (habits.frozen_waits, "async def f(qtbot):\n  with qtbot.waitSignal(done):\n    pass"),
        (habits.sleeps, "time.sleep(1)"),
        (habits.sleeps, "async def f():\n  await asyncio.sleep(0.1)"),
        (habits.clocks, "when = datetime.now(tz=UTC)"),
        (habits.clocks, "when = time.monotonic()"),
        (habits.long_functions, "def f():\n" + "  step()\n" * 60),
        (habits.layout_items, "while item := self.grid.takeAt(0):\n  pass"),
    ],
)
def test_rule_bites(rule: Rule, text: str) -> None:
    """Each rule finds what it forbids."""
    assert [line for line, _ in rule(ast.parse(text))] != []


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (habits.modal_loops, "connection.execute(query)"),
        (habits.endless_connects, "async def f():\n  async for frame in link:\n    pass"),
        (habits.frozen_waits, "def f(qtbot):\n  qtbot.waitUntil(done)"),
        (habits.sleeps, "async def f():\n  await asyncio.sleep(0)"),
        (habits.clocks, "when = self.now()"),
        (habits.long_functions, "def f():\n" + "  step()\n" * 59),
        (habits.layout_items, "place = layout.indexOf(widget)"),
    ],
)
def test_rule_spares(rule: Rule, text: str) -> None:
    """No rule finds fault with its permitted neighbour."""
    assert list(rule(ast.parse(text))) == []
