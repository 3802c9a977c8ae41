"""What a card says of the caller, from what the relay told."""

from dataclasses import replace
from datetime import timedelta

from cti_desktop.core.events import Caller, Contact, FollowUp, Interaction, Result
from cti_desktop.core.people import Person
from cti_desktop.core.report import Direction
from cti_desktop.desktop.viewmodels.caller import caller_model
from cti_desktop.desktop.viewmodels.card import Chip, Fact, Tone, card_model
from cti_desktop.desktop.viewmodels.known import MAX_LINES, has_history, is_vip, known_chips, known_lines
from tests.helpers import situations as s

ME = Person("a1", "Meera Iyer")
TALK = Interaction(
    "old",
    s.ago(days=3),
    result=Result.TALKED,
    agent=s.RAVI,
    talk_seconds=151,
    outcome="Interested",
    notes="Offer",
)


def lines(**known: object) -> dict[str, str]:
    """What stands on a ringing card of this caller, by label."""
    caller = replace(s.ANANYA, **known)  # type: ignore[arg-type]
    return dict(known_lines(s.ringing("now", caller), ME, s.NOW, s.ZONE))


def chips(**known: object) -> tuple[str, ...]:
    """The short remarks."""
    return known_chips(s.ringing("now", replace(s.ANANYA, **known)), ME)  # type: ignore[arg-type]


def test_the_last_call() -> None:
    """When, how it went, how long, with whom; and the note."""
    said = lines(last_interactions=(TALK,))

    assert said["Last call"].endswith("Interested  ·  02:31  ·  Ravi Nair")
    assert said["Note"] == "Offer"


def test_calls_without_an_outcome() -> None:
    """Missed, or begun by us."""
    missed = Interaction("x", s.ago(hours=1), result=Result.MISSED)
    ours = replace(missed, direction=Direction.OUTGOING)

    assert lines(last_interactions=(missed,))["Last call"].endswith("Missed")
    assert lines(last_interactions=(ours,))["Last call"].endswith("We called")


def test_how_often_today() -> None:
    """The present call counts as well, and is not its own history."""
    calls = tuple(Interaction(f"c{n}", s.ago(minutes=n + 1)) for n in range(2))
    itself = Interaction("now", s.NOW)

    assert lines(last_interactions=(itself, *calls))["Today"] == "3rd call"
    assert "Today" not in lines(last_interactions=(itself, TALK))
    assert lines(last_interactions=calls * 5)["Today"] == "11 calls or more"


def test_a_promise() -> None:
    """Due or overdue, whose, and what was promised."""
    due = FollowUp("f", s.NOW + timedelta(hours=1), ME, "Call with the offer")

    assert lines(open_follow_ups=(due,))["Follow-up"].endswith("you  ·  Call with the offer")
    late = replace(due, due_at=s.ago(hours=2), agent=s.RAVI)
    assert "overdue  ·  Ravi Nair" in lines(open_follow_ups=(late,))["Follow-up"]


def test_who_spoke_last_and_whose_customer() -> None:
    """Told from what the relay says, not from names."""
    mine = replace(TALK, agent=ME)
    contact = Contact("c", "Ananya", owner="Ravi Nair", tags=("gold", "pune", "x"))

    assert "You spoke last" in chips(last_interactions=(mine,))
    assert "You spoke last" not in chips(last_interactions=(TALK, mine))
    assert chips(contact=contact) == ("gold", "pune")
    assert lines(contact=contact)["Belongs to"] == "Ravi Nair"
    assert lines(contact=replace(contact, owner="Meera Iyer"))["Belongs to"] == "you"


def test_what_the_team_keeps_of_them() -> None:
    """Notes and the first of the custom fields, on one line each."""
    contact = Contact(
        "c", "A", notes="Two\nlines", fields=(("Plan", "Gold"), ("City", "Pune"), ("More", "x"))
    )

    assert lines(contact=contact) == {"About them": "Two lines", "Plan": "Gold", "City": "Pune"}


def test_several_contacts() -> None:
    """None is pretended to call: the card offers them below."""
    two = (Contact("a", "Anil Rao"), Contact("b", "Sunil Rao"))

    assert caller_model(Caller("+919999900001", contacts=two)).name == "One of 2 contacts"
    assert lines(contact=None, contacts=two) == {}


def test_asking_and_recovered() -> None:
    """Remarks that pass, or that explain."""
    assert chips(pending=True) == ("Looking up…",)
    assert known_chips(s.closed(caller=Caller("+919811234567", pending=True)), ME) == ()
    assert known_chips(s.closed("recovered:1"), ME) == ("Found in the call log",)


def test_a_masked_number() -> None:
    """It is shown masked, can't be copied, and isn't a withheld one."""
    model = caller_model(Caller(None, masked="+91 ••••• ••001"))

    assert ("Unknown caller", "+91 ••••• ••001", "") == (model.name, model.number, model.copyable)
    assert model.hue == caller_model(Caller(None, masked="+91 ••••• ••001")).hue


def test_nothing_known() -> None:
    """A stranger's card has no panel, and no nobody's last word."""
    assert lines(contact=None) == {}
    assert chips(contact=None) == ()
    assert known_chips(s.ringing(), None) == ()
    assert not has_history(s.ringing())
    assert not is_vip(s.ringing("x", Caller()))


def test_the_panel_stays_small() -> None:
    """However much is known."""
    contact = Contact("c", "A", owner="B", notes="n", fields=(("1", "1"), ("2", "2")))
    today = replace(TALK, at=s.ago(minutes=1))
    promise = FollowUp("f", s.NOW, None, "")

    assert len(lines(contact=contact, last_interactions=(today,), open_follow_ups=(promise,))) == MAX_LINES


def test_all_of_it_stands_on_the_card() -> None:
    """Facts and chips reach the card; what the relay tells replaces what the device remembers."""
    contact = Contact("c", "Ananya", vip=True)
    call = s.ringing("now", replace(s.ANANYA, contact=contact, last_interactions=(TALK,)))
    model = card_model(call, s.situation(s.disposed("local"), call), s.ZONE)

    assert Chip("VIP", Tone.WARN) == model.chips[0]
    assert ["Last call", "Note"] == [fact.label for fact in model.facts]
    assert isinstance(model.facts[0], Fact)


def test_a_promise_that_is_overdue_stands_out() -> None:
    """It is the line to read first; one that is still to come is a line like the others."""

    def tones(due_in: int) -> list[Tone | None]:
        promise = FollowUp("f", s.NOW + timedelta(minutes=due_in), None, "")
        caller = replace(s.ANANYA, open_follow_ups=(promise,), last_interactions=(TALK,))
        return [fact.tone for fact in card_model(s.ringing("now", caller), s.situation(), s.ZONE).facts]

    assert [Tone.WARN, None, None] == tones(-5)
    assert [None, None, None] == tones(5)
