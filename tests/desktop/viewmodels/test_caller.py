from dataclasses import replace

import pytest

from cti_desktop.core.events import Caller, Contact
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.viewmodels.board import card_models
from cti_desktop.desktop.viewmodels.caller import HUES, caller_model, initials
from cti_desktop.desktop.viewmodels.prompt import prompt_model
from cti_desktop.desktop.viewmodels.reminder import reminder_models
from cti_desktop.desktop.viewmodels.veil import veiled_caller
from cti_desktop.desktop.viewmodels.words import language
from tests.helpers import situations as s
from tests.helpers.situations import ANANYA


def test_known_caller() -> None:
    """Name, number as people write it, place, initials, last digits, company."""
    model = caller_model(ANANYA)
    assert "Ananya Deshmukh" == model.name
    assert "+91 98200 55512  ·  Pune, IN" == model.details
    assert "AD" == model.initials
    assert "Ananya Deshmukh  …5512" == model.brief
    assert "+919820055512" == model.copyable
    assert "Deshmukh Textiles" == model.company


def test_unknown_caller_keeps_the_number() -> None:
    """Nobody knows the name, but the number can be read and copied."""
    model = caller_model(Caller("+919811234567"))
    assert ("Unknown caller", "+91 98112 34567", "", "+919811234567") == (
        model.name,
        model.details,
        model.initials,
        model.copyable,
    )


def test_withheld_number() -> None:
    """A hidden number is said to be hidden, and nothing can be copied."""
    model = caller_model(Caller())
    assert ("Number withheld", "The caller hides their number", "") == (
        model.name,
        model.details,
        model.copyable,
    )
    assert "Number withheld" == model.brief


@pytest.mark.parametrize("short", ["198", "1800 11", "7001"])
def test_a_short_number_can_be_read(short: str) -> None:
    """An extension or a service hides nothing; there is none to call back, so none to copy."""
    model = caller_model(Caller(written=short))
    assert ("Unknown caller", short, "") == (model.name, model.details, model.copyable)


def test_words_for_a_withheld_number_are_no_number() -> None:
    """Whatever a relay calls it."""
    assert caller_model(Caller()) == caller_model(Caller(written="anonymous"))


def test_colour_belongs_to_the_number() -> None:
    """The same number has one colour, whatever it is called; colours are in range."""
    named, unnamed = caller_model(ANANYA), caller_model(Caller(ANANYA.number))
    assert named.hue == unnamed.hue
    hues = {caller_model(Caller(f"+9198200{n:05}")).hue for n in range(200)}
    assert set(range(HUES)) == hues


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ananya Deshmukh", "AD"),
        ("asha", "A"),
        ("Maria del Carmen", "MC"),
        ("अनन्या देशमुख", "अ"),
        ("3M India", "I"),
        ("🎉 42", ""),
        ("", ""),
    ],
)
def test_initials(name: str, expected: str) -> None:
    """Two capitals, or one letter of a script without any, or nothing."""
    assert expected == initials(name)


def test_foreign_text_is_one_safe_line() -> None:
    """Line breaks and direction overrides of a name never reach the screen; markup stays as it is written."""
    model = caller_model(Caller("+919000000007", "x\ny", Contact("1", "Eve\u202e\n<b>Bold</b>")))
    assert "Eve <b>Bold</b>" == model.name
    assert "x y, IN" == model.place


def test_a_name_of_invisible_characters_is_no_name() -> None:
    """A contact whose name shows nothing is an unknown caller."""
    assert "Unknown caller" == caller_model(Caller("+919000000007", None, Contact("1", "\u200b\u202e "))).name


@pytest.mark.parametrize(
    ("caller", "digits"),
    [
        (Caller(masked="+91 ••••• ••512"), "…512"),
        (veiled_caller(ANANYA), "…512"),
        (Caller(written="198"), "198"),
        (Caller(masked="hidden"), ""),
    ],
    ids=["masked", "veiled", "short", "nothing"],
)
def test_what_is_left_of_a_number_tells_callers_apart(caller: Caller, digits: str) -> None:
    """Beside Save, too, where names are initials only, or nobody is known; what was revealed is not told."""
    assert digits == caller_model(caller, "+919820055599").last_digits


def test_numbers_are_read_from_the_left_in_every_language() -> None:
    """In one that is read from the right, their groups would change places."""
    language.use(None, language.Formats(right_to_left=True))
    try:
        assert "\u2066+91 98200 55512\u2069" == caller_model(ANANYA).number
        assert "+919820055512" == caller_model(ANANYA).copyable
    finally:
        language.use(None, language.Formats())
    assert "+91 98200 55512" == caller_model(ANANYA).number
    assert "\u2066+91 98200 55512\u2069" == caller_model(Caller("+919820055512", "حیدرآباد")).number


def test_a_place_turns_no_line_round() -> None:
    """Written from the right, it stands behind the number all the same; in its own language it leads."""
    caller = Caller("+919820055512", "حیدرآباد")
    assert "\u2068حیدرآباد\u2069, IN" == caller_model(caller).place
    language.use(None, language.Formats(right_to_left=True))
    try:
        assert "حیدرآباد, IN" == caller_model(caller).place
    finally:
        language.use(None, language.Formats())


@pytest.mark.parametrize("digits", [True, False])
def test_what_leaves_a_card_has_no_digits_where_the_team_says_so(digits: bool) -> None:
    """Cards, prompts and reminders; what is read on the card itself stays as it is."""
    due = replace(s.disposed("c"), follow_up_at=s.ago(hours=1), remind_at=s.ago(hours=1))
    situation = s.situation(s.ringing("a"), s.wrap_up("b"), due, settings=Settings(notify_numbers=digits))
    prompt = prompt_model(situation)
    assert prompt is not None
    (card,), (reminder,) = card_models(situation), reminder_models(situation)
    for model in (card.spoken, prompt.spoken, reminder.spoken):
        assert ("Ananya Deshmukh" in model, "5512" in model) == (True, digits)
    assert all("5512" in caller.brief for caller in (card.caller, prompt.caller, reminder.caller))
