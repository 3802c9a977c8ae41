"""Every pictured state, in every language: nothing is cut, and the language may change while it is up."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.ui import languages
from cti_desktop.desktop.ui.screen import QtScreen
from cti_desktop.desktop.ui.theme import Theme
from cti_desktop.desktop.viewmodels.words import language
from tests.helpers import pseudo
from tests.helpers import situations as s
from tests.screenshots.fitting import unfitting
from tests.screenshots.showing import every_state, showing

# What strangers and colleagues write may be longer than any card.
FOREIGN = ("Renewals and upgrades", "Venkatanarasim", "Thiruvanantha", "Brihanmumbai", "<img src")
LEFT_TO_RIGHT, RIGHT_TO_LEFT = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft


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
    for state in every_state():  # in one test: a test of its own for each costs more than the state
        with showing(state, theme) as windows:
            unfit = [complaint for window in windows for complaint in unfitting(window)]
        found[state.name] = [text for text in unfit if not any(foreign in text for foreign in FOREIGN)]
    return {name: unfit for name, unfit in found.items() if unfit}


@pytest.mark.parametrize("code", ["en", "hi"])
def test_nothing_is_cut(theme: Theme, code: str) -> None:
    """Every label, button, tab and hint shows its full text, in every state."""
    languages.use(code)
    assert {} == complaints(theme)


@pytest.mark.parametrize("direction", [LEFT_TO_RIGHT, RIGHT_TO_LEFT], ids=["left-to-right", "right-to-left"])
def test_longer_words_fit_in_both_directions(
    qapp: QApplication, theme: Theme, direction: Qt.LayoutDirection
) -> None:
    """A language that is a fifth longer than English still fits, from whichever side it is read."""
    with pseudo.spoken(qapp, direction):
        assert {} == complaints(theme)


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
    assert {"सहेजें", "बाद में", "नोट जोड़ें", "साइन आउट"} <= captions(screen)
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
    assert "Asks for the GST invoice" == screen.prompt._notes.toPlainText()
