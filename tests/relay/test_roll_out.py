"""Codes for many agents at once."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.helpers.relay_cli import Keyboard


@pytest.fixture
def keyboard(tmp_path: Path) -> Keyboard:
    """A relay with three agents, one of them out."""
    keyboard = Keyboard(tmp_path / "relay")
    for number, name in enumerate(("Asha", "Ben", "Cid")):
        keyboard.types("agent", "add", name, "--phone", f"+91999990000{number}")
    keyboard.types("agent", "disable", "Cid")
    return keyboard


def test_all_who_never_signed_in_get_a_code(keyboard: Keyboard) -> None:
    """Nobody who has a token, nobody who is disabled; each code another."""
    keyboard.types("agent", "token", "Ben", "--device", "desk")

    codes = keyboard.gets("agent", "codes")

    assert ["Asha"] == [code["name"] for code in codes]
    assert ["+919999900000"] == codes[0]["phones"]


def test_named_agents_get_one_anyway(keyboard: Keyboard) -> None:
    """A second device, a lost laptop. Named twice, there is still one code."""
    keyboard.types("agent", "token", "Ben", "--device", "desk")
    assert ["Ben", "Asha"] == [c["name"] for c in keyboard.gets("agent", "codes", "Ben", "Asha", "Ben")]


def test_codes_are_good_for_as_long_as_was_said(keyboard: Keyboard) -> None:
    """Hours instead of the ten minutes of a single one, and not for ever."""
    (asha, _) = keyboard.gets("agent", "codes", "--hours", "48")
    left = datetime.fromisoformat(asha["expires_at"]) - datetime.now().astimezone()
    assert timedelta(hours=47) < left <= timedelta(hours=48)
    for hours in ("0", "73", "-1"):
        assert "1 to 72 hours" in keyboard.types("agent", "codes", "--hours", hours, code=1)


def test_who_can_not_be_meant_is_named(keyboard: Keyboard) -> None:
    """Disabled or unknown: then nobody gets one."""
    assert "disabled agents can't sign in: Cid" in keyboard.types("agent", "codes", "Asha", "Cid", code=1)
    assert "no agent 'Zoe'" in keyboard.types("agent", "codes", "Zoe", code=1)
