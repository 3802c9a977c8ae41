"""The words of the day."""

from cti_desktop.desktop.viewmodels.words import day as words


def test_how_many_were_found() -> None:
    """One is one; a search that was cut says so."""
    assert "1 call" == words.found(1, cut=False)
    assert "5,000 calls or more" == words.found(5000, cut=True)


def test_what_is_spoken_of_the_figures() -> None:
    """Name and value of each."""
    assert "Calls: 3, Interested 2" == words.summary([words.figure("Calls", "3"), words.bar("Interested", 2)])


def test_whose_calls_they_are() -> None:
    """Above a history."""
    assert "Calls with Asha  …0001" == words.calls_of("Asha  …0001")
