"""Notices: one of each kind."""

from cti_desktop.desktop.notices import Notices
from cti_desktop.desktop.screen import Notice, NoticeCode


def test_one_of_each_kind_till_it_is_read() -> None:
    """The latest counts; a code that nobody knows dismisses nothing."""
    notices = Notices()
    notices.tell(NoticeCode.NOT_WRITTEN, "disk_full")
    notices.tell(NoticeCode.UPDATE, "2.0")
    notices.tell(NoticeCode.NOT_WRITTEN, "io")
    assert ["io", "2.0"] == [notice.detail for notice in notices.all]
    notices.dismiss("unheard of")
    notices.dismiss("update")
    notices.drop(NoticeCode.SET_ASIDE)
    assert [Notice(NoticeCode.NOT_WRITTEN, "io")] == list(notices.all)
    notices.drop(NoticeCode.NOT_WRITTEN)
    assert not notices.all
