from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from cti_desktop.desktop.ui import languages
from cti_desktop.desktop.viewmodels.words import calls, language, links


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication) -> Iterator[None]:
    """Other tests read English, and 24 hours."""
    locale = QLocale()
    yield
    languages.use(languages.ENGLISH)
    language.use(None, language.Formats())
    QLocale.setDefault(locale)


def first_entry() -> str:
    """What Qt's own menu of an input begins with."""
    edit = QLineEdit()
    return edit.createStandardContextMenu().actions()[0].text()


def test_every_language_calls_itself_by_its_own_name() -> None:
    """Whoever reads no English finds their language all the same."""
    names = [(choice.code, choice.name) for choice in languages.available()]
    assert [("", "As on this computer"), ("en", "English"), ("hi", "हिन्दी")] == names


def test_hindi_speaks_with_plurals() -> None:
    """Constants, texts with a number, and Qt's own words follow the choice at once."""
    assert "hi" == languages.use("hi") == languages.in_use()
    assert "कॉल आ रही है" == calls.INCOMING
    assert ("1 परिणाम बाकी है", "2 परिणाम बाकी हैं") == (links.owed(1), links.owed(2))
    assert first_entry().startswith("वापस लें")


def test_english_again() -> None:
    """Nothing of another language stays."""
    languages.use("hi")
    languages.use("en")
    assert "Incoming call" == calls.INCOMING
    assert first_entry().startswith("&Undo")


@pytest.mark.parametrize(("asked", "expected"), [("hi", "hi"), ("en", "en"), ("tlh", "en")])
def test_the_environment_decides_for_the_system(
    monkeypatch: pytest.MonkeyPatch, asked: str, expected: str
) -> None:
    """Tests and packagers can ask for a language; an unknown one is English."""
    monkeypatch.setenv(languages.ENVIRONMENT, asked)
    assert expected == languages.use()


def test_a_choice_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the agent chose is not overruled."""
    monkeypatch.setenv(languages.ENVIRONMENT, "en")
    assert "hi" == languages.use("hi")


def test_both_languages_run_from_left_to_right(qapp: QApplication) -> None:
    """The direction is the language's."""
    languages.use("hi")
    assert Qt.LayoutDirection.LeftToRight is qapp.layoutDirection()


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("en_IN", language.Formats(twelve_hours=True, lakhs=True)),
        ("hi_IN", language.Formats(twelve_hours=True, lakhs=True)),
        ("en_US", language.Formats(twelve_hours=True, month_first=True)),
        ("en_GB", language.Formats()),
        ("de_DE", language.Formats(decimal=",", thousands=".")),
        ("C", language.Formats()),
    ],
)
def test_figures_are_written_as_the_locale_does(locale: str, expected: language.Formats) -> None:
    """Clock, order of day and month, and decimal sign come from the computer's region."""
    assert expected == languages.formats(QLocale(locale))
