from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cti_desktop.core.disposition import Catalogue, Code, Disposition, Fault, Problem
from cti_desktop.core.follow_up import from_wall, to_wall
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.screen import OutboxState, Situation
from cti_desktop.desktop.viewmodels.prompt import Errors, PromptModel, prompt_model
from cti_desktop.wire.policy import Policy
from tests.helpers import situations as s


def prompt_of(*calls: MyCall, **changes: object) -> PromptModel:
    """The prompt that is open."""
    model = prompt_model(s.situation(*calls, **changes), s.ZONE)
    assert model is not None
    return model


def owed(**draft: object) -> MyCall:
    """A call in wrap-up with this draft."""
    return s.with_draft(s.wrap_up(), **draft)


def complained(*found: Problem, call: MyCall) -> Situation:
    """A situation in which a submit was refused for these reasons."""
    return s.situation(call, problems={call.id: found})


def test_nothing_asked() -> None:
    """Without an open prompt there is none to show."""
    assert prompt_model(s.situation(s.ringing())) is None
    assert prompt_model(s.situation(prompt_order=("gone",))) is None


def test_the_first_of_the_queue_is_asked() -> None:
    """One at a time, with its place in the queue."""
    model = prompt_of(s.wrap_up("a"), s.wrap_up("b"), s.wrap_up("c"), prompt_order=("b", "c", "a"))
    assert ("b", "1 of 3") == (model.call_id, model.position)


def test_whose_call_it_is() -> None:
    """Caller, last digits, direction, queue, time and length are all there to prevent a mix-up."""
    model = prompt_of(owed())
    assert "Ananya Deshmukh  …5512" == model.caller.brief
    assert "Incoming  ·  Renewals  ·  15:02  ·  02:26" == model.summary
    assert prompt_of(s.outgoing(owed())).summary.startswith("Outgoing")


def test_choices_come_from_the_catalogue() -> None:
    """In its order, with key and colour; retired ones are not offered."""
    choices = prompt_of(owed()).choices
    assert ["1", "2", "3", "4", "5", "6", "7"] == [choice.key for choice in choices]
    assert ("Not Interested", "#dc2626", False) == (choices[2].label, choices[2].color, choices[2].chosen)


def test_a_retired_choice_stays_where_it_was_chosen() -> None:
    """A draft of yesterday shows what it holds."""
    last = prompt_of(owed(code="telex")).choices[-1]
    assert ("telex", True) == (last.code, last.chosen)


@pytest.mark.parametrize(("color", "key"), [("red; background: url(x)", "12"), ("#12345", "x"), ("", None)])
def test_a_catalogue_cannot_break_the_form(color: str, key: str | None) -> None:
    """A colour that is none becomes grey, a key that is no digit none."""
    catalogue = Catalogue(1, (Code("a", "A\nB", color, key),))
    choice = prompt_of(owed(), catalogue=catalogue).choices[0]
    assert ("A B", "#64748b", "") == (choice.label, choice.color, choice.key)


def test_reasons_of_the_chosen_outcome() -> None:
    """Each with a letter, without retired ones; none before an outcome with reasons is chosen."""
    reasons = prompt_of(owed(code="not_interested", sub_code="competitor")).sub_choices
    assert [("Price", "a"), ("Competitor", "b"), ("No need", "c"), ("Timing", "d")] == [
        (reason.label, reason.key) for reason in reasons
    ]
    assert ["competitor"] == [reason.code for reason in reasons if reason.chosen]
    assert () == prompt_of(owed()).sub_choices
    assert () == prompt_of(owed(code="interested")).sub_choices


def test_what_the_outcome_needs() -> None:
    """Notes and follow-up are marked where the code asks for them."""
    assert prompt_of(owed(code="escalated")).notes_needed
    assert prompt_of(owed(code="follow_up")).follow_up.needed
    plain = prompt_of(owed(code="interested"))
    assert (False, False) == (plain.notes_needed, plain.follow_up.needed)


@pytest.mark.parametrize(
    ("now", "labels"),
    [
        (datetime(2026, 11, 23, 9, 35, 7, tzinfo=UTC), ["In 1 hour", "Tomorrow 10:00", "Mon 30 Nov 10:00"]),
        (datetime(2026, 11, 24, 9, 35, tzinfo=UTC), ["In 1 hour", "Tomorrow 10:00", "Monday 10:00"]),
        (datetime(2026, 11, 28, 9, 35, tzinfo=UTC), ["In 1 hour", "Tomorrow 10:00", "Monday 10:00"]),
        (datetime(2026, 11, 29, 9, 35, tzinfo=UTC), ["In 1 hour", "Tomorrow 10:00", "Mon 7 Dec 10:00"]),
    ],
    ids=["Monday", "Tuesday", "Saturday", "Sunday"],
)
def test_shortcuts(now: datetime, labels: list[str]) -> None:
    """Natural times; on a Sunday tomorrow is that Monday already."""
    assert labels == [shortcut.label for shortcut in prompt_of(owed(), now=now).follow_up.shortcuts]


def test_shortcut_times() -> None:
    """In an hour is rounded up to five minutes; mornings are at ten on the agent's wall."""
    in_an_hour, tomorrow, monday = (shortcut.at for shortcut in prompt_of(owed()).follow_up.shortcuts)
    assert datetime(2026, 11, 23, 16, 10, tzinfo=s.ZONE) == in_an_hour
    assert datetime(2026, 11, 24, 10, tzinfo=s.ZONE) == tomorrow
    assert datetime(2026, 11, 30, 10, tzinfo=s.ZONE) == monday


def test_summer_time_does_not_move_ten_oclock() -> None:
    """The night that has 25 hours lies between."""
    berlin = ZoneInfo("Europe/Berlin")
    model = prompt_model(s.situation(owed(), now=datetime(2026, 10, 24, 12, tzinfo=berlin)), berlin)
    assert model is not None
    assert datetime(2026, 10, 25, 9, tzinfo=UTC) == model.follow_up.shortcuts[2].at


def test_chosen_follow_up() -> None:
    """It says when and how soon, and its shortcut is marked."""
    at = datetime(2026, 11, 24, 10, tzinfo=s.ZONE)
    follow_up = prompt_of(owed(code="follow_up", follow_up_at=at)).follow_up
    assert "Tomorrow 10:00 · in 19 hours" == follow_up.text
    assert [False, True, False] == [shortcut.chosen for shortcut in follow_up.shortcuts]


def test_a_follow_up_that_has_passed_is_not_announced() -> None:
    """Its error says the rest."""
    assert "" == prompt_of(owed(follow_up_at=s.ago(hours=1))).follow_up.text


@pytest.mark.parametrize("zone", [s.ZONE, None])
def test_wall_time_and_back(zone: object) -> None:
    """An input without a zone loses nothing."""
    moment = datetime(2026, 11, 24, 4, 30, tzinfo=UTC)
    assert moment == from_wall(to_wall(moment, zone), zone)  # type: ignore[arg-type]  # a zone or None


def test_errors_in_words() -> None:
    """Each stands beside its field."""
    call = owed(code="not_interested", follow_up_at=s.ago(hours=1))
    said = (Problem("sub_code", Fault.MISSING), Problem("follow_up_at", Fault.IN_THE_PAST))
    model = prompt_model(complained(*said, call=call))
    assert model is not None
    assert (
        Errors(sub_code="Choose a reason, too.", follow_up_at="This time is over. Choose a later one.")
        == model.errors
    )


def test_nothing_is_complained_of_before_a_try() -> None:
    """An empty form is no error."""
    assert Errors() == prompt_of(owed()).errors


def test_a_mended_field_is_not_blamed_any_more() -> None:
    """The complaint goes as soon as its reason does."""
    model = prompt_model(complained(Problem("code", Fault.MISSING), call=owed(code="interested")))
    assert model is not None
    assert Errors() == model.errors


def test_a_refusal_by_the_relay_is_repeated() -> None:
    """Whoever corrects a refused outcome reads why."""
    parked = s.saved("call-1", OutboxState.PARKED, message="retired\nyesterday")
    assert "The relay did not take this: retired yesterday" == prompt_of(owed(), outbox=(parked,)).refused


def test_what_waits_is_not_refused() -> None:
    """An outcome on its way is no complaint."""
    assert "" == prompt_of(owed(), outbox=(s.saved("call-1"),)).refused


def test_saving() -> None:
    """While the disk is asked, the form is told so."""
    assert prompt_of(owed(), saving=frozenset({"call-1"})).saving
    assert not prompt_of(owed(), saving=frozenset({"other"})).saving


def test_spoken() -> None:
    """A screen reader hears the question and whose call it is."""
    assert "How did it go? Ananya Deshmukh  …5512" == prompt_of(owed()).spoken


def test_the_draft_is_handed_through() -> None:
    """The form begins with what was entered before."""
    call = owed(code="interested", notes="GST invoice")
    assert call.draft == prompt_of(call).draft


def test_more_reasons_than_letters() -> None:
    """The twenty-seventh reason has no key, but it is there."""
    code = s.CATALOGUE.codes[2]
    many = replace(code, sub_codes=tuple(replace(code.sub_codes[0], code=f"r{n}") for n in range(27)))
    reasons = prompt_of(owed(code=many.code), catalogue=Catalogue(1, (many,))).sub_choices
    assert ["z", ""] == [reason.key for reason in reasons[-2:]]


def test_time_left_follows_the_clock() -> None:
    """How soon is by the situation's own clock."""
    at = s.NOW + timedelta(minutes=30)
    assert prompt_of(owed(follow_up_at=at)).follow_up.text.endswith("in 30 minutes")


def test_a_countdown_says_what_it_leads_to() -> None:
    """The team's code, until the draft is good for itself."""
    until = s.NOW + timedelta(seconds=30)
    policy = Policy("timed", 60, "resolved")
    countdown = prompt_of(replace(owed(), wrap_up_until=until), policy=policy).countdown
    assert countdown is not None
    assert ("Saves “Resolved” in 00:30", 0.5) == (countdown.text(s.NOW), countdown.share(s.NOW))
    assert 0 == countdown.share(until + timedelta(seconds=5))
    chosen = replace(owed(code="interested"), wrap_up_until=until)
    own = prompt_of(chosen, policy=policy).countdown
    assert own is not None
    assert "Interested" == own.label
    aside = prompt_of(replace(owed(), wrap_up_until=until), policy=Policy("timed", 60)).countdown
    assert aside is not None
    assert "Put aside in 00:30" == aside.text(s.NOW)


def test_nothing_counts_down_without_a_policy() -> None:
    """Not even what an earlier policy began."""
    assert prompt_of(replace(owed(), wrap_up_until=s.NOW)).countdown is None


def test_when_to_be_asked_again() -> None:
    """The agent's choice, unless the team requires the outcome."""
    later = prompt_of(owed()).later
    assert ("In 5 minutes", s.NOW + timedelta(minutes=5)) == later.choices[0]
    assert ("When I open it", None) == later.choices[-1]
    assert () == prompt_of(owed(), policy=Policy("required")).later.choices


def test_a_correction_says_so() -> None:
    """It can be left as it was."""
    call = replace(s.disposed(), correcting=True)
    model = prompt_of(call, prompt_order=(call.id,))
    assert ("Correct the outcome", "Keep it") == (model.title, model.later.label)


def test_the_next_in_the_queue_can_be_turned_to() -> None:
    """If there is one."""
    assert "b" == prompt_of(owed(), s.wrap_up("b")).next_call
    assert prompt_of(owed()).next_call is None


def test_last_used_outcomes_are_suggested_until_one_is_chosen() -> None:
    """They are a start."""
    used = [
        replace(s.disposed(str(n)), saved=Disposition(str(n), str(n), code, None, "", None, s.ago(hours=n)))
        for n, code in enumerate(("resolved", "interested"))
    ]
    assert 2 == len(prompt_of(*used, owed()).suggestions)
    assert () == prompt_of(*used, owed(code="resolved")).suggestions
