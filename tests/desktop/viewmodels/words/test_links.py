from datetime import timedelta

import pytest

from cti_desktop.desktop.reasons import Trouble
from cti_desktop.desktop.viewmodels.words import links as words


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_has_words(trouble: Trouble) -> None:
    """Each reason for having no link is told in words, without its code."""
    text = words.reason(trouble)
    assert text[-1] in ".?"
    assert "_" not in text


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0, ""), (1, "1 saved outcome waits to be sent"), (2, "2 saved outcomes wait to be sent")],
)
def test_waiting(number: int, expected: str) -> None:
    """Nothing is said of nothing."""
    assert expected == words.waiting(number)


def test_saved_here_reassures() -> None:
    """Offline, the agent hears that nothing is lost, with or without something saved."""
    assert "1 saved outcome waits to be sent; nothing is lost." == words.saved_here(1)
    assert "What you save is kept and sent later." == words.saved_here(0)


@pytest.mark.parametrize(("seconds", "expected"), [(0, "trying now"), (12, "next try in 12\u00a0s")])
def test_next_try(seconds: int, expected: str) -> None:
    """The countdown ends in `trying now`."""
    assert expected == words.next_try(timedelta(seconds=seconds))


def test_open_matters_are_joined() -> None:
    """What waits and what was refused stand in one line."""
    assert "1 saved outcome waits to be sent · 2 outcomes were refused" == words.open_matters(1, 2)
    assert "1 outcome was refused" == words.open_matters(0, 1)


@pytest.mark.parametrize(
    ("number", "expected"), [(0, ""), (1, "1 outcome still open"), (3, "3 outcomes still open")]
)
def test_owed(number: int, expected: str) -> None:
    """One and many."""
    assert expected == words.owed(number)


def test_a_sentence_has_a_capital_and_a_full_stop() -> None:
    """What is a part elsewhere can stand by itself."""
    assert "Trying now." == words.sentence("trying now")
