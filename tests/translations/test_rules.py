"""What the agent reads stands among the words and is read when it is shown; the rules for it bite."""

import ast
from pathlib import Path

import pytest

from tests.translations.rules import frozen, stray
from tests.translations.sources import ROOT, WORDS

DESKTOP = ROOT / "cti_desktop" / "desktop"
ROOMS = (DESKTOP / "ui", DESKTOP / "viewmodels")
# What looks like words and isn't, each with its module: of files, styles, fonts, patterns, languages, D-Bus.
NO_WORDS = {
    ("caller.py", "Lo"),
    ("languages.py", "English"),
    ("theme.py", "Fusion"),
    ("languages.py", "M"),
    ("languages.py", "ddd MMM d, yyyy"),
    ("languages.py", "ddd d MMM yyyy"),
    ("languages.py", "h:mm ap"),
    ("motion.py", "AnimationDurationFactor"),
    ("motion.py", "False"),
    ("session_bus.py", "Read"),
}

# Modules that show nothing: their texts are names of fonts, and of what the session bus knows.
SHOW_NOTHING = frozenset({"fonts", "sharing_bus"})


def shown_by() -> list[Path]:
    """The modules that show words: view-models and widgets."""
    return sorted(path for room in ROOMS for path in room.rglob("*.py") if WORDS not in path.parents)


@pytest.mark.parametrize("path", shown_by(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_words_stand_among_the_words(path: Path) -> None:
    """No view-model and no widget has a text of its own, and none keeps a word beyond its showing."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = [complaint for complaint in stray(tree) if (path.name, complaint[1]) not in NO_WORDS]
    assert [] == [complaint for complaint in found if path.stem not in SHOW_NOTHING]
    assert [] == list(frozen(tree))


@pytest.mark.parametrize(
    "code",
    [
        'X = "Save"',
        'f"in {n} s"',
        'say({"one": "&Retry now"})',
        'times.count(2, "missed call", "")',
        'label.setText("saved it")',
        'label.setText("&save")',
    ],
)
def test_stray_words_are_found(code: str) -> None:
    """A text that only an English reader gets is a fault."""
    assert list(stray(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        'X = "disk_full"',
        'f"{a} · {b}"',
        '"""A docstring."""',
        'translate("Calls", "Saved")',
        'QKeySequence("Ctrl+Return")',
        'COLOR = "#0B1220"',
        'resource("icons/app.svg")',
        'f"{at:%H:%M}"',
        'os.environ["XDG_RUNTIME_DIR"]',
    ],
)
def test_codes_are_no_words(code: str) -> None:
    """What no person reads needs no translation."""
    assert [] == list(stray(ast.parse(code)))


IMPORT = "from cti_desktop.desktop.viewmodels.words import calls as words\n"


@pytest.mark.parametrize(
    "code",
    [
        IMPORT + "LABELS = {1: words.SAVED}",
        IMPORT + "class A:\n    title: str = words.SAVED",
        IMPORT + "def show(text=words.SAVED): ...",
        "from cti_desktop.desktop.viewmodels.words.calls import SAVED",
    ],
)
def test_frozen_words_are_found(code: str) -> None:
    """A constant, a default or an imported name would keep the language of the start."""
    assert list(frozen(ast.parse(code)))


@pytest.mark.parametrize(
    "code", [IMPORT + "def show():\n    return words.SAVED", IMPORT + "show = lambda: words.SAVED"]
)
def test_words_may_be_read_when_they_are_shown(code: str) -> None:
    """Within a function the word is of the language of the moment."""
    assert [] == list(frozen(ast.parse(code)))
