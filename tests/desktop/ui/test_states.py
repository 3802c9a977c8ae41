"""Every pictured state, in every language: nothing is cut, and the language may change while it is up."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.ui import languages, paint
from cti_desktop.desktop.ui.buttons import CloseButton
from cti_desktop.desktop.ui.labels import ElidedLabel
from cti_desktop.desktop.ui.naming import NameEdit
from cti_desktop.desktop.ui.paint import Avatar
from cti_desktop.desktop.ui.screen import QtScreen
from cti_desktop.desktop.ui.theme import Theme
from cti_desktop.desktop.viewmodels.words import language
from tests.helpers import pseudo
from tests.helpers import situations as s
from tests.screenshots.fitting import unfitting
from tests.screenshots.showing import Stage, every_state, showing
from tests.screenshots.states import UNKNOWN

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication) -> Iterator[None]:
    """Other tests read English, and 24 hours."""
    locale = QLocale()
    yield
    languages.use(languages.ENGLISH)
    language.use(None, language.Formats())
    QLocale.setDefault(locale)


def complaints(theme: Theme) -> dict[str, list[str]]:
    """What doesn't fit, of our own words, by the state's name."""
    found = {}
    with Stage(theme) as stage:
        for state in every_state():  # in one test: a test of its own for each costs more than the state
            with stage.showing(state) as windows:
                found[state.name] = [complaint for window in windows for complaint in unfitting(window)]
    return {name: unfit for name, unfit in found.items() if unfit}


def test_nothing_is_cut_in_hindi(theme: Theme) -> None:
    """Every label, button, tab and hint shows its full text, in every state. English: test_accessibility."""
    languages.use("hi")
    assert {} == complaints(theme)


def test_nothing_is_cut_at_twice_the_size(tmp_path: Path) -> None:
    """Qt takes its scale from the environment: all states once more, in a process of their own."""
    command = [
        sys.executable,
        "-m",
        "tests.screenshots",
        "--fit",
        "hi",
        "--scale",
        "200",
        "--out",
        str(tmp_path),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert 0 == done.returncode, done.stdout + done.stderr


def test_longer_words_fit_from_right_to_left(qapp: QApplication, theme: Theme) -> None:
    """A language that is a fifth longer than English and read from the other side still fits."""
    with pseudo.spoken(qapp, Qt.LayoutDirection.RightToLeft):
        assert {} == complaints(theme)


def test_a_card_is_turned_round_for_right_to_left(
    qapp: QApplication, theme: Theme, settle: Callable[[], None]
) -> None:
    """Avatar, chips and edge begin at the right; what closes it is at the left."""
    with pseudo.spoken(qapp, Qt.LayoutDirection.RightToLeft):
        state = next(state for state in every_state() if state.name == "connected")
        with showing(state, theme) as windows:
            card = windows[0]
            picture = card.grab().toImage()
            close = card.findChild(CloseButton)
            (avatar,) = card.findChildren(Avatar)
            chips = [chip for chip in card.findChildren(ElidedLabel) if chip.property("role") == "chip"]
            lefts = [chip.mapTo(card, QPoint(0, 0)).x() for chip in chips if chip.isVisible()]
            middle, edge = card.height() // 2, paint.SHADOW + 2
            assert isinstance(close, CloseButton)
            assert close.mapTo(card, QPoint(0, 0)).x() < avatar.mapTo(card, QPoint(0, 0)).x()
            assert [max(lefts), min(lefts)] == lefts
            (name,) = [label for label in card.findChildren(ElidedLabel) if label.property("role") == "title"]
            ink = name.grab().toImage()
            written = [
                x for x in range(ink.width()) if ink.pixelColor(x, ink.height() // 2).lightness() < 128
            ]
            assert max(written) > 0.95 * ink.width()  # a Latin name, too, begins at the avatar
            assert picture.pixelColor(edge, middle) != picture.pixelColor(card.width() - edge, middle)
            assert theme.colors.surface == picture.pixelColor(edge, middle).name()


def captions(screen: QtScreen) -> set[str]:
    """What the visible buttons are called."""
    windows = (*screen.popups(), screen.window)
    return {b.accessibleName() for w in windows for b in w.findChildren(QAbstractButton) if b.isVisible()}


def test_the_language_changes_while_windows_are_up(screen: QtScreen, settle: Callable[[], None]) -> None:
    """Cards, prompt, window and tray speak the chosen language at the next render, in their places."""
    situation = s.situation(s.wrap_up("a"), s.connected("b"))
    screen.render(situation)
    screen.window.appear()
    screen.window.move(30, 40)
    settle()
    assert {"Save", "Later", "Add note", "Sign out"} <= captions(screen)
    screen.render(replace(situation, settings=Settings(language="hi")))
    settle()
    assert {"सेव करें", "बाद में", "नोट जोड़ें", "साइन आउट"} <= captions(screen)
    assert not {"Save", "Later", "Add note", "Sign out"} & captions(screen)
    assert "बंद करें" in {entry.text() for entry in screen.tray.entries()}
    assert (30, 40) == screen.window.pos().toTuple()
    screen.render(replace(situation, settings=Settings(language="en")))
    assert "Save" in captions(screen)


def test_what_is_written_survives_a_change_of_language(screen: QtScreen) -> None:
    """The note of the prompt is still there, in the new prompt."""
    situation = s.situation(s.with_draft(s.wrap_up("a"), notes="Asks for the GST invoice"))
    screen.render(situation)
    screen.render(replace(situation, settings=Settings(language="hi")))
    assert screen.prompt.model is not None
    assert "Asks for the GST invoice" == screen.prompt.model.draft.notes
    assert "Asks for the GST invoice" == screen.prompt._notes.edit.toPlainText()


@pytest.mark.parametrize("state", ["rings", "is over", "missed"])
def test_a_name_that_is_half_typed_survives_a_change_of_language(screen: QtScreen, state: str) -> None:
    """In the new card's form, also where the card stays only for that; it is saved, or left, as before."""
    first = s.ringing("a", UNKNOWN)
    screen.render(s.situation(first))
    card = screen.card("a")
    assert card is not None
    card._naming.begin()
    for edit, text in zip(card.findChildren(NameEdit), ("Asha Tra", "ATL"), strict=True):
        QTest.keyClicks(edit, text)
    ended = replace(s.wrap_up("a", UNKNOWN), shown=True)
    call = {"rings": first, "is over": ended, "missed": s.closed("a", caller=UNKNOWN)}[state]
    newer = [s.closed(f"c{n}") for n in range(4)]
    screen.render(s.situation(call, *newer, settings=Settings(language="hi")))
    made = screen.card("a")
    assert made is not None
    assert made is not card
    assert ["Asha Tra", "ATL"] == [edit.text() for edit in made.findChildren(NameEdit) if edit.isVisible()]
    assert "a" in screen._board.kept
    screen.render(s.situation(*newer, settings=Settings(language="hi")))
    screen.render(s.situation(first, settings=Settings(language="hi")))
    assert ["", ""] == [edit.text() for edit in screen.popups()[0].findChildren(NameEdit)]
