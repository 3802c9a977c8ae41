"""The words of what is known of a caller."""

from cti_desktop.desktop.viewmodels.words import callers


def test_sentences() -> None:
    """Counts and times are put into words."""
    assert callers.overdue("Mon 16:30") == "Mon 16:30, overdue"
    assert callers.several(2) == "One of 2 contacts"
    assert callers.many_calls(11) == "11 calls or more"
