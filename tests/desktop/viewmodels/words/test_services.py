"""The words of what is asked from a call."""

from cti_desktop.desktop.viewmodels.words import services as words


def test_what_is_told_of() -> None:
    """Where, who and why stand in the sentence."""
    assert words.opened("s3.example.com") == "Opened in your browser: s3.example.com"
    assert words.revealed("Asha", "14:32") == "Shown to Asha, 14:32; this was noted."
    assert words.refused("the line is cut") == "Not done: the line is cut"
