from dataclasses import replace
from datetime import timedelta

import pytest

from cti_desktop.core.call import EndReason
from cti_desktop.core.events import Caller
from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.screen import Connecting, OutboxState
from cti_desktop.desktop.viewmodels.card import (
    GLANCE,
    READ,
    CardAction,
    CardModel,
    Chip,
    Fact,
    Tone,
    card_model,
    talk_time,
)
from tests.helpers import situations as s


def card_of(call: MyCall, *others: MyCall) -> CardModel:
    """The card of `call`, with `others` known before it."""
    return card_model(call, s.situation(*others, call), s.ZONE)


def actions(model: CardModel) -> list[CardAction]:
    """What can be done with a card."""
    return [button.action for button in model.buttons]


STATES = [
    (s.ringing(), "Incoming call", Tone.RINGING, None),
    (s.outgoing(s.ringing()), "Outgoing call", Tone.TALKING, None),
    (s.connected(), "On the call", Tone.TALKING, None),
    (s.outgoing(s.connected()), "On the call", Tone.TALKING, None),
    (
        s.closed(reason=EndReason.ANSWERED_ELSEWHERE, answered_by=s.RAVI),
        "Answered by Ravi Nair",
        Tone.QUIET,
        2,
    ),
    (s.closed(reason=EndReason.ANSWERED_ELSEWHERE), "Answered by a colleague", Tone.QUIET, 2),
    (s.closed(), "Missed call", Tone.ALERT, None),
    (s.outgoing(s.closed()), "No answer", Tone.QUIET, 5),
    (s.closed(reason=EndReason.VOICEMAIL), "Went to voicemail", Tone.ALERT, None),
    (s.closed(reason=EndReason.REJECTED), "Declined", Tone.QUIET, 2),
    (s.closed(reason=EndReason.UNKNOWN), "Call ended", Tone.QUIET, 5),
    (s.disposed(), "Saved", Tone.GOOD, 2),
    (replace(s.disposed(), disposed_via="provider"), "Saved in phone system", Tone.GOOD, 5),
    (s.wrap_up(), "Call ended", Tone.QUIET, None),
]


@pytest.mark.parametrize(
    ("call", "headline", "tone", "lingers"), STATES, ids=[f"{i}-{x[1]}" for i, x in enumerate(STATES)]
)
def test_states(call: MyCall, headline: str, tone: Tone, lingers: float | None) -> None:
    """Each state has its words and its feel; what is over goes by itself, what was missed stays."""
    model = card_of(call)
    assert (headline, tone) == (model.headline, model.tone)
    assert (None if lingers is None else timedelta(seconds=lingers)) == model.lingers


def test_ringing_counts_from_the_ring_and_talking_from_the_answer() -> None:
    """The timer's base is the moment that matters."""
    assert s.ago(seconds=7) == card_of(s.ringing()).since
    assert s.ago(seconds=151) == card_of(s.connected()).since


def test_a_finished_conversation_stands_still() -> None:
    """What the provider says of the length counts more than our own stamps."""
    model = card_of(s.disposed())
    assert (None, "02:26") == (model.since, model.length)
    assert timedelta(seconds=146) == talk_time(
        replace(s.disposed(), info=replace(s.info(), talk_seconds=None))
    )


def test_a_missed_call_says_when() -> None:
    """In the timer's place stands the time of the ring."""
    assert "15:05" == card_of(s.closed()).length


def test_a_call_that_was_not_answered_has_no_length() -> None:
    """A provider's zero seconds of talk are no conversation."""
    assert talk_time(replace(s.closed(), info=replace(s.info(), talk_seconds=0))) is None


def test_header_and_chips() -> None:
    """Queue, line and company are there to be seen."""
    model = card_of(s.ringing())
    assert "Renewals" == model.queue
    assert (Chip("Sales – Mumbai"), Chip("Deshmukh Textiles")) == model.chips


def test_a_line_without_a_label_is_shown_as_a_number() -> None:
    """Without a label the number that was dialled says which line it was."""
    model = card_of(s.ringing(did_label=None, did="+918046000000"))
    assert Chip("+91 80 4600 0000") == model.chips[0]


def test_outcome_comes_first_among_the_chips() -> None:
    """What was saved is repeated."""
    assert Chip("Interested", Tone.GOOD) == card_of(s.disposed()).chips[0]


def test_a_missed_call_tells_who_took_it_later() -> None:
    """A call that moved on and was answered there needs no call back."""
    assert Chip("Answered by Ravi Nair") == card_of(s.closed(answered_by=s.RAVI)).chips[0]


def test_a_call_without_an_end_says_so() -> None:
    """Nobody is to wonder why the card went."""
    assert Chip("The end was not reported") == card_of(s.closed(reason=EndReason.UNKNOWN)).chips[0]


def test_earlier_calls_of_the_number_are_remembered() -> None:
    """When, with what outcome and how long the caller was here last; and the how manieth call it is today."""
    earlier = s.disposed("old", "Follow-up")
    assert (Fact("Last call", "14:02  ·  Follow-up  ·  02:26"),) == card_of(s.ringing(), earlier).facts
    facts = card_of(s.ringing(), s.disposed("older"), earlier).facts
    assert Fact("Today", "3rd call") == facts[1]


def test_a_missed_call_before_this_one_is_remembered_as_missed() -> None:
    """Somebody who calls again after being missed should hear an apology."""
    assert "15:05  ·  Missed call" == card_of(s.ringing(), s.closed("old")).facts[0].text


def test_an_owed_outcome_before_this_call_is_mentioned() -> None:
    """The agent owes the last one still."""
    assert "Outcome still open" in card_of(s.ringing(), s.wrap_up("old")).facts[0].text


@pytest.mark.parametrize("caller", [Caller("+919999900001"), Caller()])
def test_nothing_is_remembered_of_others(caller: Caller) -> None:
    """Another number's calls are none of this caller's, and two withheld numbers are two strangers."""
    other = s.disposed("old", caller=caller)
    assert () == card_of(s.ringing(caller=caller if caller.number is None else s.ANANYA), other).facts


def test_an_outcome_that_could_not_be_sent_says_where_it_is() -> None:
    """Without a connection it is saved here, long enough to be read; with one, it is on its way: saved."""
    call, item = replace(s.disposed("c"), shown=True), s.saved("c")
    kept = card_model(call, s.situation(outbox=(item,), link=Connecting()), s.ZONE)
    assert ("Saved on this computer", Tone.QUIET, READ) == (kept.headline, kept.tone, kept.lingers)
    assert "It will be sent when the line is back" == kept.footer
    refused = s.saved("c", OutboxState.PARKED)
    for situation in (
        s.situation(outbox=(item,)),
        s.situation(link=Connecting()),
        s.situation(outbox=(refused,), link=Connecting()),
    ):
        sent = card_model(call, situation, s.ZONE)
        assert ("Saved", Tone.GOOD, "") == (sent.headline, sent.tone, sent.footer)


def test_actions_while_it_lasts() -> None:
    """Notes and the number always; closing by hand during a conversation."""
    note, copy, over = CardAction.ADD_NOTE, CardAction.COPY_NUMBER, CardAction.CLOSE_CALL
    assert [note, copy] == actions(card_of(s.ringing()))
    assert [note, copy, over] == actions(card_of(s.connected()))
    assert [note] == actions(card_of(s.ringing(caller=Caller())))


def test_a_ring_that_never_ends_can_be_closed_by_hand() -> None:
    """After a minute and a half the end was lost rather than late."""
    stuck = replace(s.ringing(), rang_at=s.ago(seconds=91))
    assert CardAction.CLOSE_CALL in actions(card_of(stuck))


def test_actions_when_it_is_over() -> None:
    """What was missed is to be seen; the rest needs nothing."""
    assert [CardAction.DISMISS, CardAction.COPY_NUMBER] == actions(card_of(s.closed()))
    assert [] == actions(card_of(s.closed(reason=EndReason.ANSWERED_ELSEWHERE)))


def test_only_one_action_is_primary() -> None:
    """At most one button stands out."""
    for call, *_ in STATES:
        assert sum(button.primary for button in card_of(call).buttons) <= 1


def test_answered_elsewhere_lasts_two_seconds_at_least() -> None:
    """Long enough to be read."""
    assert timedelta(seconds=2) <= GLANCE


def test_spoken() -> None:
    """A screen reader hears state, caller and queue."""
    assert "Incoming call, Ananya Deshmukh  …5512, Renewals" == card_of(s.ringing()).spoken


def test_a_leg_that_was_never_heard_of_has_no_timer() -> None:
    """Without any stamp nothing is counted."""
    assert card_of(MyCall(s.info(), LegState.RINGING)).since is None


def test_what_came_too_late_was_missed() -> None:
    """No timer, no ghost of a ring: a card that stays until it is seen, whatever became of the call."""
    late = replace(s.ringing(), late=True)
    lost = replace(s.closed(reason=EndReason.UNKNOWN), late=True)
    for call in (late, lost, replace(s.closed(), late=True)):
        model = card_of(call)
        assert ("You missed this call", Tone.ALERT, None, None) == (
            model.headline,
            model.tone,
            model.lingers,
            model.since,
        )
        assert CardAction.DISMISS in actions(model)
    taken = s.closed(reason=EndReason.ANSWERED_ELSEWHERE, answered_by=s.RAVI)
    assert "Answered by Ravi Nair" == card_of(replace(taken, late=True)).headline
