import pytest

from cti_desktop.desktop.screen import NoticeCode
from cti_desktop.desktop.viewmodels.words import windows as words


@pytest.mark.parametrize("code", list(NoticeCode))
def test_every_notice_has_words(code: NoticeCode) -> None:
    """Each notice is told in words, without its code."""
    assert code.value not in words.notice(code, "")
    assert words.notice(code, "").endswith(".")


@pytest.mark.parametrize(
    ("detail", "expected"),
    [("disk_full", "The disk is full"), ("read_only", "The disk is read-only"), ("io", "The disk refuses")],
)
def test_storage_trouble_names_its_cause(detail: str, expected: str) -> None:
    """A full disk and a refusing one need different hands."""
    assert words.notice(NoticeCode.NOT_WRITTEN, detail).startswith(expected)


def test_the_old_file_is_named() -> None:
    """Where the damaged store lies is said."""
    assert words.notice(NoticeCode.SET_ASIDE, "/home/meera/old.sqlite").endswith(": /home/meera/old.sqlite")


def test_a_foreign_detail_is_left_out_where_it_says_nothing() -> None:
    """A keyring's own code is nothing for people."""
    assert "keyring_locked" not in words.notice(NoticeCode.NOT_KEPT, "keyring_locked")


@pytest.mark.parametrize(("number", "expected"), [(0, "To do"), (2, "To do (2)")])
def test_tab(number: int, expected: str) -> None:
    """A tab counts only what is there."""
    assert expected == words.tab("To do", number)


def test_what_others_left_is_counted_and_calm() -> None:
    """Whose it is, how much, and when it goes out."""
    one, two = (words.notice(NoticeCode.OTHER_AGENT, "Ravi Nair", count) for count in (1, 2))
    assert one == (
        "Ravi Nair left 1 outcome on this computer that is not sent yet. "
        "It goes out when Ravi Nair signs in here again."
    )
    assert "left 2 outcomes on this computer that are not sent yet. They go out" in two
