"""`cti-relay simulate`, against a relay in this process and against nobody."""

import asyncio
from pathlib import Path

import pytest

from cti_desktop.relay.app import Relay
from cti_desktop.relay.config import load
from cti_desktop.simulator.scenarios import SCENARIOS
from tests.helpers.relay_cli import Keyboard


def test_the_scripts_are_listed(keyboard: Keyboard) -> None:
    """Every script has a name and says what happens."""
    listed = keyboard.gets("simulate", "--list")

    assert [row["scenario"] for row in listed] == list(SCENARIOS)
    assert all(row["about"] for row in listed)


@pytest.mark.parametrize("path", ["", "/", "/hooks/myoperator"])
async def test_calls_are_posted(tmp_path: Path, path: str) -> None:
    """The relay takes them, whether its address or its webhook's was given."""
    keyboard = Keyboard(tmp_path)
    async with Relay(load(Path(keyboard.config), {"CTI_RELAY_SERVER_PORT": "0"})) as relay:
        words = [
            "simulate",
            "--url",
            f"{relay.url}{path}",
            "--token",
            keyboard.made["secret"],
            "--speed",
            "0",
        ]
        said = await asyncio.to_thread(
            keyboard.types, *words, "--scenario", "missed", "--agent-phone", "9999900001"
        )
        checks = await asyncio.to_thread(keyboard.gets, "doctor")

    assert said.splitlines()[-1].endswith(" posted, 0 failed.")
    assert said.splitlines()[0].endswith("200 stored")
    assert [c["says"].partition(":")[0] for c in checks if c["check"] == "unrouted"] == [
        "nobody has +91 99999 00001"
    ]


@pytest.mark.warning_logs("refused for want", "the first since the secrets were changed")
async def test_a_wrong_token(tmp_path: Path) -> None:
    """Webhooks that the relay refuses make exit code 1, with its answer."""
    keyboard = Keyboard(tmp_path)
    async with Relay(load(Path(keyboard.config), {"CTI_RELAY_SERVER_PORT": "0"})) as relay:
        words = ["simulate", "--url", relay.url, "--token", "wrong", "--speed", "0", "--scenario", "whatsapp"]
        said = await asyncio.to_thread(lambda: keyboard.types(*words, code=1))

    assert "the relay did not take all of them: 401" in said


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--scenario", "bogus"], 1, "there is no scenario 'bogus'"),
        (["--url", "http://x"], 2, "--url and --token are needed"),
        (["--url", "http://x", "--token", "t", "--agent-phone", "12"], 1, "'12' is no phone number"),
        (
            ["--url", "http://127.0.0.1:9", "--token", "t", "--speed", "0", "--scenario", "whatsapp"],
            1,
            "no answer at http://127.0.0.1:9/hooks/myoperator. Does a relay run there?",
        ),
    ],
)
def test_wrong_words(keyboard: Keyboard, words: list[str], code: int, said: str) -> None:
    """What is missing or wrong is named, and nothing is posted."""
    assert said in keyboard.types("simulate", *words, code=code)
