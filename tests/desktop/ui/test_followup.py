"""What can be written into the line for a follow-up, in the languages that people read above it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from cti_desktop.core.disposition import Draft
from cti_desktop.desktop.ui import languages
from cti_desktop.desktop.viewmodels.follow_up import follow_up, read
from cti_desktop.desktop.viewmodels.words import prompts as words
from tests.helpers import situations as s

FOLLOW_UP = s.CATALOGUE.codes[1]


@pytest.fixture(params=["en", "hi"])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    """Each of them."""
    languages.use(request.param)
    yield
    languages.use(languages.ENGLISH)


@pytest.mark.usefixtures("language")
@pytest.mark.parametrize("hours", range(0, 24 * 7, 7))
def test_what_is_offered_can_be_written_too(hours: int) -> None:
    """The buttons teach what the line understands, in each language, on each day of the week."""
    now = s.NOW + timedelta(hours=hours)
    model = follow_up(FOLLOW_UP, Draft(), now, s.ZONE)
    for shortcut in model.shortcuts[1:]:
        assert shortcut.at == read(shortcut.label, now, s.ZONE), shortcut.label
    soon = read(model.shortcuts[0].label, now, s.ZONE)  # not rounded up to five minutes
    assert soon is not None
    assert timedelta() <= model.shortcuts[0].at - soon < timedelta(minutes=5)


@pytest.mark.usefixtures("language")
def test_the_hint_is_understood() -> None:
    """Each example in the line itself."""
    for example in words.FOLLOW_UP_HINT.split(", "):
        assert read(example, s.NOW, s.ZONE), example
