"""`cti-relay agent fetch`, against a stand-in for MyOperator's API."""

import asyncio

import pytest

from cti_desktop.relay.cli.panel import row_of
from tests.helpers.relay_cli import Keyboard
from tests.helpers.vendor import TOKEN, vendor

USERS = [
    {
        "uuid": "u1",
        "name": "Asha Rao",
        "contact_number": "9999911101",
        "country_code": "91",
        "extension": "11",
    },
    {"uuid": "u2", "name": "Ravi Nair", "contact_number": "+919999911102", "email": "ravi@example.com"},
    {"uuid": "u3", "name": "", "contact_number": "9999911103"},
]


async def test_the_panels_agents_are_added_once(keyboard: Keyboard, monkeypatch: pytest.MonkeyPatch) -> None:
    """With phones and ids; a dry run only shows them, and who is there is left alone."""
    monkeypatch.setenv("MYOP_TOKEN", TOKEN)
    async with vendor() as server:
        server.users = USERS
        monkeypatch.setenv("CTI_RELAY_VENDOR_TOKEN", "env:MYOP_TOKEN")
        monkeypatch.setenv("CTI_RELAY_VENDOR_URL", server.url)
        shown = await asyncio.to_thread(keyboard.types, "agent", "fetch", "--dry-run")
        said = [await asyncio.to_thread(keyboard.types, "agent", "fetch") for _ in range(2)]

    assert shown == "Asha Rao  +919999911101\nRavi Nair  +919999911102\n"
    assert said == ["2 added, 0 refused.\n", "0 added, 0 refused.\n"]
    listed = keyboard.gets("agent", "list")
    assert [("Asha Rao", ["+919999911101"], "11"), ("Ravi Nair", ["+919999911102"], None)] == [
        (agent["name"], agent["phones"], agent["extension"]) for agent in listed
    ]


def test_without_a_token(keyboard: Keyboard) -> None:
    """Says what to set."""
    assert "set vendor.token in relay.toml" in keyboard.types("agent", "fetch", code=1)


def test_a_user_as_a_row() -> None:
    """The panel's country code and number make one phone; nobody is added twice."""
    expected = {"name": "Asha Rao", "phones": ["+919999911101"], "extension": "11", "provider_id": "u1"}

    assert row_of(USERS[0], set()) == expected
    assert row_of(USERS[0], {"+919999911101"}) is None
    assert row_of(USERS[2], set()) is None
    assert row_of({"name": "No Phone"}, set()) == {"name": "No Phone", "phones": []}
