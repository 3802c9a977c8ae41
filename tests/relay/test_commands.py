"""The table of the administrator's commands, run on a real store."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cti_desktop.relay.commands import COMMANDS, Circumstances, Outcome, command
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.store import Store
from tests.helpers.relay_store import NOW, opened

AT = Circumstances(NOW, "IN", ("myoperator",))


class Office:
    """Runs commands as the relay would."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def outcome(self, name: str, /, **args: object) -> Outcome:
        """What became of a command, through the connection that it says it needs."""
        found = command(name)
        run = self.store.write_now if found.writes else self.store.read_now
        return run(lambda conn: found.run(conn, args, AT))

    def result(self, name: str, /, **args: object) -> Any:  # noqa: ANN401 - JSON
        """What a command answers."""
        return self.outcome(name, **args).result

    def refusal(self, name: str, /, **args: object) -> str:
        """Why a command can't be done."""
        with pytest.raises(Refused) as caught:
            self.outcome(name, **args)
        return str(caught.value)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with one agent."""
    with opened(tmp_path) as store:
        office = Office(store)
        office.result("agent.add", name="Asha Rao", phones=["9999900001"])
        yield office


def test_adding_and_listing_agents(office: Office) -> None:
    """An added agent has an id, and is listed."""
    added = office.result("agent.add", name="Ben", phones=["9999900002"], email="b@e.in", extension="9")

    assert added == {"id": added["id"], "name": "Ben"}
    listed = {agent["name"]: agent for agent in office.result("agent.list")}
    assert list(listed) == ["Asha Rao", "Ben"]
    assert (listed["Ben"]["phones"], listed["Ben"]["extension"]) == (["+919999900002"], "9")


def test_importing_lists_what_it_refused(office: Office) -> None:
    """Good rows are added although bad ones stand between them; nothing of a bad one stays."""
    rows = [
        {"line": 2, "name": "Ben", "phones": ["9999900002"]},
        {"line": 3, "name": "Cid", "phones": ["9999900003", "9999900001"]},
        {"line": 4, "name": "Dev", "phones": ["9999900003"]},
        {"line": 5, "name": "Ben", "phones": []},
    ]
    answer = office.result("agent.import", rows=rows)

    assert [(row["line"], row["name"]) for row in answer["added"]] == [(2, "Ben"), (4, "Dev")]
    assert answer["refused"] == [
        {"line": 3, "name": "Cid", "error": "+919999900001 is Asha Rao's already"},
        {"line": 5, "name": "Ben", "error": "there is an agent named Ben already: names tell agents apart"},
    ]
    assert [agent["name"] for agent in office.result("agent.list")] == ["Asha Rao", "Ben", "Dev"]


def test_a_further_phone(office: Office) -> None:
    """A phone is added to somebody who is there."""
    answer = office.result("agent.phone", agent="asha rao", phones=["9999900009"])

    assert answer["phones"] == ["+919999900001", "+919999900009"]


def test_disabling_ends_everything(office: Office) -> None:
    """The connections to close are named; the agent can't get in until enabled."""
    token = office.result("agent.token", agent="Asha Rao", device="pc")

    outcome = office.outcome("agent.disable", agent="Asha Rao")

    assert outcome.ended_tokens == (token["id"],)
    assert outcome.result["revoked"] == [token["id"]]
    assert "Asha Rao is disabled" in office.refusal("agent.enrol", agent="Asha Rao")
    assert "Asha Rao is disabled" in office.refusal("agent.token", agent="Asha Rao", device="pc")
    office.result("agent.enable", agent="Asha Rao")
    assert office.result("agent.enrol", agent="Asha Rao")["code"]


def test_a_code_has_an_end(office: Office) -> None:
    """The answer has the code and when it ends."""
    answer = office.result("agent.enrol", agent="Asha Rao")

    assert sorted(answer) == ["code", "expires_at"]
    assert (answer["expires_at"] - NOW).total_seconds() == 600


def test_a_token_for_a_device(office: Office) -> None:
    """A device's new token ends its old one."""
    first = office.result("agent.token", agent="Asha Rao", device=" pc ")
    outcome = office.outcome("agent.token", agent="Asha Rao", device="pc")

    assert sorted(first) == ["id", "token"]
    assert outcome.ended_tokens == (first["id"],)
    listed = [(row["id"], row["agent"], row["device"]) for row in office.result("token.list")]
    assert sorted(listed) == sorted([(i, "Asha Rao", "pc") for i in (first["id"], outcome.result["id"])])
    assert "token" not in office.result("token.list")[0]


@pytest.mark.parametrize("device", ["", "  ", "x" * 101])
def test_a_device_needs_a_name(office: Office, device: str) -> None:
    """A token without a device could not be told from others."""
    assert "1 to 100 characters" in office.refusal("agent.token", agent="Asha Rao", device=device)


def test_revoking(office: Office) -> None:
    """Revoking names the connection to close, once."""
    token = office.result("agent.token", agent="Asha Rao", device="pc")

    first, second = (office.outcome("token.revoke", id=token["id"]) for _ in range(2))

    assert (first.ended_tokens, first.result) == ((token["id"],), {"id": token["id"], "was_valid": True})
    assert (second.ended_tokens, second.result) == ((), {"id": token["id"], "was_valid": False})


def test_a_rotation(office: Office) -> None:
    """A secret is added, the old one retired; the list shows both and neither's text."""
    old = office.result("secret.add", source="myoperator")
    new = office.result("secret.add", source="myoperator")
    office.result("secret.retire", id=old["id"])

    listed = {row["id"]: row for row in office.result("secret.list")}
    assert [listed[s["id"]]["retired_at"] for s in (old, new)] == [NOW, None]
    assert old["secret"] not in repr(listed)
    assert "is the last secret" in office.refusal("secret.retire", id=new["id"])
    office.result("secret.retire", id=new["id"], force=True)


def test_a_secret_needs_a_configured_source(office: Office) -> None:
    """A secret for a source that no URL leads to helps nobody."""
    assert "there is no source 'pbx' in the configuration" in office.refusal("secret.add", source="pbx")


def test_names_for_numbers(office: Office) -> None:
    """Contacts and the labels of our numbers can be added and listed."""
    contact = office.result("contact.add", name="Asha Traders", phones=["9820055512"])
    did = office.result("did.label", number="02240001000", label="Sales")

    assert [row["id"] for row in office.result("contact.list")] == [contact["id"]]
    assert office.result("did.list") == [did] == [{"number": "+912240001000", "label": "Sales"}]


def test_the_doctors_questions(office: Office) -> None:
    """Facts can be gathered, and a write tried."""
    office.result("doctor.touch")

    assert [agent.name for agent in office.result("doctor.facts").agents] == ["Asha Rao"]


CALLERS = [
    "contact.list",
    "contact.duplicates",
    "contact.page",
    "contact.count",
    "owed.list",
    "outcome.page",
]
UPKEEP = ["audit.list", "quarantine.list", "events.tail"]
NEEDED: dict[str, dict[str, Any]] = {"outcome.page": {"after": {}}, "events.tail": {"limit": 5}}


def test_commands_that_only_read_do_not_write(office: Office) -> None:
    """Every command that says it only reads works on a connection that refuses writes."""
    reading = [name for name, found in COMMANDS.items() if not found.writes]

    assert reading == [
        "agent.list",
        "token.list",
        "secret.list",
        *CALLERS,
        *UPKEEP,
        "did.list",
        "doctor.facts",
    ]
    for name in reading:
        with contextlib.suppress(Refused):  # there is nothing to show
            office.result(name, **NEEDED.get(name, {}))


def test_an_unknown_command_is_a_newer_one(office: Office) -> None:
    """A cti-relay that was updated while the relay runs is told to restart it."""
    assert "older than this command" in office.refusal("agent.promote")
