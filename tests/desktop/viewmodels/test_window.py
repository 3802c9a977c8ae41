from dataclasses import replace

from cti_desktop.core.call import EndReason
from cti_desktop.core.events import Caller, Contact
from cti_desktop.core.intents import OpenPrompt, ShowCard
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.intents import EditParked
from cti_desktop.desktop.screen import Notice, NoticeCode, OutboxState, SignedOut, Situation
from cti_desktop.desktop.viewmodels.card import Tone
from cti_desktop.desktop.viewmodels.rows import Badge, Row
from cti_desktop.desktop.viewmodels.window import WindowModel, window_model
from tests.helpers import situations as s


def window_of(*calls: MyCall, **changes: object) -> WindowModel:
    """The main window with these calls."""
    return window_model(s.situation(*calls, **changes), s.ZONE)


def row_of(call: MyCall) -> Row:
    """The call's line among the recent ones."""
    return window_of(call).today[0]


def test_empty() -> None:
    """A new day has no rows, but a name and a connection."""
    model = window_of()
    assert ("Meera Iyer", (), (), ()) == (model.agent, model.today, model.to_do, model.outbox)
    assert "Connected" == model.connection.headline


def test_todays_calls_are_newest_first() -> None:
    """What just happened is at the top; those of yesterday are for the search."""
    yesterday = replace(s.disposed("old"), rang_at=s.ago(hours=20))
    keys = [row.key for row in window_of(yesterday, s.disposed("a"), s.disposed("b")).today]
    assert ["b", "a"] == keys


def test_a_conversation_with_its_outcome() -> None:
    """Name, number, queue, length, time, outcome."""
    row = row_of(s.disposed(label="Follow-up"))
    assert "Ananya Deshmukh" == row.caller.name
    assert "+91 98200 55512  ·  Renewals  ·  02:26" == row.detail
    assert ("14:02", "Follow-up", Badge.PLAIN, "#2563eb") == (
        row.time,
        row.badge,
        row.badge_tone,
        row.badge_color,
    )
    assert row.opens is None


def test_badges() -> None:
    """Live, owed, missed and the rest are told apart."""
    assert ("Incoming call", Badge.LIVE) == (row_of(s.ringing()).badge, row_of(s.ringing()).badge_tone)
    assert ("Outcome open", Badge.WARN) == (row_of(s.wrap_up()).badge, row_of(s.wrap_up()).badge_tone)
    assert ("Missed call", Badge.ALERT) == (row_of(s.closed()).badge, row_of(s.closed()).badge_tone)
    taken = row_of(s.closed(reason=EndReason.ANSWERED_ELSEWHERE, answered_by=s.RAVI))
    assert ("Answered by Ravi Nair", Badge.PLAIN) == (taken.badge, taken.badge_tone)


def test_what_opening_a_row_means() -> None:
    """A live call's card, an owed outcome's prompt."""
    assert ShowCard("call-1") == row_of(s.connected()).opens
    assert OpenPrompt("call-1") == row_of(s.wrap_up()).opens


def test_to_do_is_oldest_first_with_snoozed_ones() -> None:
    """What is owed longest comes first, put aside or not."""
    model = window_of(s.wrap_up("a"), s.disposed("b"), replace(s.wrap_up("c"), snoozed=True))
    assert ["a", "c"] == [row.key for row in model.to_do]


def test_to_do_shows_the_notes_so_far() -> None:
    """A draft helps to remember which call it was."""
    row = window_of(s.with_draft(s.wrap_up(), notes="GST\ninvoice")).to_do[0]
    assert "+91 98200 55512  ·  02:26  ·  GST invoice" == row.detail


def test_outbox_waiting() -> None:
    """What is saved and on its way needs no hand."""
    row = window_of(s.disposed(), outbox=(s.saved(),)).outbox[0]
    assert "+91 98200 55512  ·  Interested  ·  Wants an offer by Friday" == row.detail
    assert ("Waiting", None, "", "") == (row.badge, row.opens, row.discards, row.told)


def test_outbox_refused() -> None:
    """What the relay sent back says why, and can be corrected or thrown away."""
    parked = s.saved(state=OutboxState.PARKED, message="this one was retired")
    row = window_of(s.disposed(), outbox=(parked,)).outbox[0]
    assert "+91 98200 55512  ·  Interested  ·  this one was retired" == row.detail
    assert "this one was retired" == row.told
    assert ("Refused", Badge.ALERT) == (row.badge, row.badge_tone)
    assert EditParked(parked.disposition.id) == row.opens
    assert parked.disposition.id == row.discards


def test_outbox_of_a_forgotten_call() -> None:
    """An outcome outlives what is remembered of its call."""
    assert "Call ended" == window_of(outbox=(s.saved("long gone"),)).outbox[0].caller.name


def test_outbox_of_somebody_unknown() -> None:
    """The number tells whose outcome it is."""
    call = s.disposed(caller=Caller("+919000000007"))
    row = window_of(call, outbox=(s.saved(),)).outbox[0]
    assert ("Unknown caller", True) == (row.caller.name, row.detail.startswith("+91 90000 00007  ·  "))


def test_sign_in_page_takes_over() -> None:
    """Without a token the window asks for one."""
    assert window_of(link=SignedOut()).sign_in is not None
    assert window_of().sign_in is None


def test_notices() -> None:
    """A full disk is serious, a forgetful keyring is not, and a file that was written is good news."""
    notices = (
        Notice(NoticeCode.NOT_WRITTEN, "disk_full"),
        Notice(NoticeCode.NOT_KEPT, "keyring_locked"),
        Notice(NoticeCode.DIAGNOSTICS, "file.zip"),
    )
    found = window_of(notices=notices).notices
    assert [Tone.ALERT, Tone.WARN, Tone.GOOD] == [notice.tone for notice in found]
    assert ["not_written", "not_kept", "diagnostics"] == [notice.code for notice in found]


def test_spoken_row() -> None:
    """A screen reader hears caller, outcome, details and time."""
    assert (
        "Ananya Deshmukh  …5512, Missed call, +91 98200 55512  ·  Renewals, 15:05"
        == row_of(s.closed()).spoken
    )


def test_foreign_text_is_safe_everywhere() -> None:
    """No line break or direction override of anybody's reaches a row."""
    evil = "a\u202e\nb"
    call = s.disposed(label=evil, caller=Caller("+919000000007", evil, Contact("1", evil, evil)), queue=evil)
    situation: Situation = s.situation(call, agent=None, relay_url=evil, outbox=(s.saved(message=evil),))
    assert "\\u202e" not in repr(window_model(situation, s.ZONE))
