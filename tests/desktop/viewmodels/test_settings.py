import msgspec
import pytest

from cti_desktop.desktop.screen import Hops, LatencyFigures
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.viewmodels.settings import (
    ACTIVE,
    POINTER,
    Field,
    Kind,
    Machine,
    changes_of,
    settings_model,
)
from tests.helpers import situations as s


def fields(machine: Machine | None = None, **changes: object) -> dict[str, Field]:
    """Every field by its key."""
    model = settings_model(s.situation(**changes), machine or Machine())
    return {field.key: field for section in model.sections for field in section.fields}


def test_every_setting_is_there() -> None:
    """Whoever adds one must show it; where to pop is one question."""
    assert set(Settings.__struct_fields__) - {"follow"} == set(fields())


def test_values_are_those_that_count() -> None:
    """As they are in force."""
    found = fields(settings=Settings(corner="top-left", sound=True, card_seconds=30))
    assert ("top-left", True, 30) == tuple(found[k].value for k in ("corner", "sound", "card_seconds"))


def test_what_it_has_fixed_is_locked() -> None:
    """Only that."""
    found = fields(locked=frozenset({"sound", "follow"}))
    assert {"sound", "screen"} == {key for key, field in found.items() if field.locked}


@pytest.mark.parametrize(
    ("settings", "value"),
    [
        (Settings(), POINTER),
        (Settings(follow="active-window"), ACTIVE),
        (Settings(screen="DP-1"), "DP-1"),
        (Settings(screen="DP-7"), "DP-7"),
    ],
)
def test_the_screen_is_one_question(settings: Settings, value: str) -> None:
    """To follow, or one by its name; one that is unplugged stays chosen and says so."""
    field = fields(Machine(("DP-1", "eDP-1")), settings=settings)["screen"]
    assert value == field.value
    assert value in dict(field.choices)
    assert ("DP-7 (not connected)" in dict(field.choices).values()) is (value == "DP-7")


def test_every_choice_can_be_made() -> None:
    """No field offers what the settings would refuse."""
    for key, field in fields(Machine(("DP-1",))).items():
        values = [value for value, _ in field.choices] if field.kind is Kind.CHOICE else [field.value]
        for value in values:
            msgspec.convert(changes_of(key, value), Settings)


def test_to_follow_again_forgets_the_name() -> None:
    """Two settings change at once."""
    assert {"screen": "", "follow": "active-window"} == changes_of("screen", ACTIVE)
    assert {"screen": "DP-1"} == changes_of("screen", "DP-1")
    assert {"sound": True} == changes_of("sound", True)


def test_lengths_and_volumes_hold_what_is_set() -> None:
    """A value that IT chose is among them, even if nobody else would choose it."""
    found = fields(settings=Settings(card_seconds=7, sound_volume=33))
    assert "7\u00a0s" == dict(found["card_seconds"].choices)[7]
    assert "33 %" == dict(found["sound_volume"].choices)[33]


def test_a_shortcut_without_effect_says_why() -> None:
    """Beside its field."""
    found = fields(Machine(wrong={"shortcut": "Another program has it."}))
    assert ("Another program has it.", "") == (found["shortcut"].wrong, found["privacy_shortcut"].wrong)


def test_todays_latency() -> None:
    """Once there is any."""
    figures = LatencyFigures(23, whole=Hops(0.04, 0.2))
    text = settings_model(s.situation(latency=figures)).latency
    assert "Today, since the start: 23 pops, 40\u00a0ms; at most 200\u00a0ms for 19 of 20" == text
    assert "" == settings_model(s.situation()).latency


@pytest.mark.parametrize(
    ("proxy", "fine"), [("", True), ("none", True), ("http://proxy:3128", True), ("http://a..b:1", False)]
)
def test_a_proxy_that_cannot_be_one_says_so(proxy: str, *, fine: bool) -> None:
    """Beside its field, with how to write it."""
    assert fine is ("http://host:port" not in fields(settings=Settings(proxy=proxy))["proxy"].wrong)
