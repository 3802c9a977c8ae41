"""The words of reminders."""

from cti_desktop.desktop.viewmodels.words import reminders as words


def test_when_it_was_promised() -> None:
    """And by how much that is over."""
    assert "Promised for 10:00" == words.promised("10:00", "")
    assert "Promised for 10:00  ·  2 hours late" == words.promised("10:00", words.late("2 hours"))


def test_how_many_more() -> None:
    """One is one."""
    assert "and 1 more is due" == words.more(1)
    assert "and 2 more are due" == words.more(2)


def test_what_is_spoken() -> None:
    """What to do, and whom."""
    assert "Call back now: Asha" == words.announcement("Asha")
    assert words.tomorrow_help("Tomorrow 10:00").endswith("Tomorrow 10:00")
