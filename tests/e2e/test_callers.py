"""What two agents know of one caller: real relay, real desktops, MyOperator's API on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cti_desktop.core.errands import DIAL, RECORDING, REVEAL, Errand
from cti_desktop.core.events import Caller
from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.report import Direction
from cti_desktop.desktop.intents import Wish
from cti_desktop.desktop.screen import ReplyState, Situation, Waiting
from cti_desktop.desktop.wishes import merged_contacts, new_contact, unmerged_contacts
from cti_desktop.relay import admin
from cti_desktop.relay.app import Relay
from cti_desktop.relay.config import PrivacyConfig, RelayConfig, ServerConfig, StoreConfig
from cti_desktop.relay.vendor_config import VendorConfig
from cti_desktop.simulator.calls import SimulatedCall
from cti_desktop.simulator.facts import Posted, SimAgent
from cti_desktop.simulator.poster import Credentials, Poster
from tests.helpers.crm import crm
from tests.helpers.desktop import Desktop, running
from tests.helpers.vendor import KEY, TOKEN, Vendor, logged, vendor

ASHA = SimAgent("Asha Verma", "+919999911101", "asha@example.in", "10")
RAVI = SimAgent("Ravi Nair", "+919999911102", "ravi@example.in", "11")
CALLER = "+919811234567"


@pytest.fixture(autouse=True)
def _secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYOP_TOKEN", TOKEN)
    monkeypatch.setenv("MYOP_KEY", KEY)


class Team:
    """Two agents, their relay and its vendor."""

    def __init__(self, root: Path, api: Vendor) -> None:
        secret = "env:MYOP_KEY"
        self.root = root
        self.config = RelayConfig(
            server=ServerConfig(port=0),
            store=StoreConfig(f"sqlite:///{root / 'relay.sqlite3'}"),
            path=root / "relay.toml",
            vendor=VendorConfig("env:MYOP_TOKEN", "c1", "i1", secret, secret, api.url, f"{api.url}/dial"),
        )
        self.secret = str(self.do("secret.add", source="myoperator")["secret"])
        for who in (ASHA, RAVI):
            self.do("agent.add", name=who.name, phones=[who.phone], email=who.email, extension=who.extension)
        self.tokens = {
            who: str(self.do("agent.token", agent=who.name, device="pc")["token"]) for who in (ASHA, RAVI)
        }

    def do(self, command: str, **args: object) -> dict[str, object]:
        """What the administrator types while the relay is down."""
        return dict(admin.run_here(self.config, command, args))

    async def post(self, relay: Relay, posted: list[Posted]) -> None:
        """MyOperator sends webhooks."""
        async with Poster(f"{relay.url}/hooks/myoperator", Credentials(self.secret)) as poster:
            for webhook in posted:
                assert (await poster.post(webhook)).accepted

    @asynccontextmanager
    async def desktop(self, who: SimAgent, relay: Relay, device: str = "pc") -> AsyncIterator[Desktop]:
        """A computer of an agent."""
        async with running(self.root / f"{who.name}-{device}", relay.url, token=self.tokens[who]) as found:
            await found.screen.online()
            yield found


@asynccontextmanager
async def team(root: Path) -> AsyncIterator[tuple[Team, Vendor]]:
    """All of them, the relay not started yet."""
    async with vendor() as api:
        yield await asyncio.to_thread(Team, root, api), api


def caller(situation: Situation) -> Caller:
    """Who the latest call is from."""
    return situation.calls[-1].info.caller


def name(situation: Situation) -> str:
    """What the latest card says."""
    contact = caller(situation).contact if situation.calls else None
    return contact.name if contact else ""


async def test_a_contact_made_offline_is_everybodys_later(tmp_path: Path) -> None:
    """One agent names the caller while the relay is down; once it is back, her colleague's card has it."""
    async with team(tmp_path) as (office, _), AsyncExitStack() as stack:
        relay = await stack.enter_async_context(Relay(office.config))
        asha = await stack.enter_async_context(office.desktop(ASHA, relay))
        ravi = await stack.enter_async_context(office.desktop(RAVI, relay))
        now = datetime.now(UTC)
        await office.post(relay, SimulatedCall(caller=CALLER).ring(ASHA, now))
        call = (await asha.screen.shows(lambda s: s.calls)).calls[0]
        port = relay.port
        await relay.stop()
        await asha.screen.shows(lambda s: isinstance(s.link, Waiting))
        asha.emit(Wish(new_contact("e-1", call.id, CALLER, "Zubin Traders", "")))
        await asha.screen.shows(lambda s: name(s) == "Zubin Traders")

        again = Relay(replace(office.config, server=ServerConfig(port=port)))
        relay = await stack.enter_async_context(again)
        await asha.screen.online()
        await ravi.screen.online()
        await asha.screen.shows(lambda s: "con_" in str(caller(s).contact))
        await office.post(relay, SimulatedCall(caller=CALLER, seed=2).ring(RAVI, now + timedelta(seconds=1)))
        assert name(await ravi.screen.shows(lambda s: s.calls)) == "Zubin Traders"


async def test_a_call_back_from_the_card_to_the_next_pop(tmp_path: Path) -> None:
    """MyOperator is asked and rings the agent, its webhooks pop the outgoing call; a broken one is told."""
    async with team(tmp_path) as (office, api), AsyncExitStack() as stack:
        relay = await stack.enter_async_context(Relay(office.config))
        asha = await stack.enter_async_context(office.desktop(ASHA, relay))
        now = datetime.now(UTC)
        missed = SimulatedCall(caller=CALLER)
        await office.post(relay, [*missed.ring(ASHA, now), *missed.hang_up(now + timedelta(seconds=9))])
        call = (await asha.screen.shows(lambda s: s.calls and s.calls[0].was_missed)).calls[0]
        assert {DIAL, RECORDING, REVEAL} <= set(asha.screen.now.policy.errands)

        api.broken = True
        asha.emit(Wish(Errand("e-1", DIAL, call.id)))
        no = await asha.screen.shows(lambda s: state(s, call.id, DIAL) is ReplyState.FAILED)
        assert no.replies[call.id, DIAL].code == "vendor"
        api.broken = False
        asha.emit(Wish(Errand("e-2", DIAL, call.id)))
        await asha.screen.shows(lambda s: state(s, call.id, DIAL) is ReplyState.DONE)
        assert [(d["number"], d["reference_id"]) for d in api.dialled] == [(CALLER, "e-2")]
        back = SimulatedCall("v2", caller=CALLER, client_ref_id="e-2")
        await office.post(relay, back.ring(ASHA, now + timedelta(seconds=20)))
        popped = await asha.screen.shows(lambda s: len(s.calls) == 2 and s.calls[1].shown)
        assert popped.calls[1].info.direction is Direction.OUTGOING


async def test_behind_the_mask_and_back(tmp_path: Path) -> None:
    """The number reaches this screen only when it is asked for, and no file ever."""
    async with team(tmp_path) as (office, _), AsyncExitStack() as stack:
        config = replace(office.config, privacy=PrivacyConfig(("agent",), reveal=True))
        relay = await stack.enter_async_context(Relay(config))
        asha = await stack.enter_async_context(office.desktop(ASHA, relay))
        await office.post(relay, SimulatedCall(caller=CALLER).ring(ASHA, datetime.now(UTC)))
        call = (await asha.screen.shows(lambda s: s.calls and s.calls[0].shown)).calls[0]
        assert (call.info.caller.number, call.info.caller.masked) == (None, "+91 ••••• ••567")
        asha.emit(Wish(Errand("e-1", REVEAL, call.id)))
        shown = await asha.screen.shows(lambda s: state(s, call.id, REVEAL) is ReplyState.DONE)
        assert shown.replies[call.id, REVEAL].text == CALLER
        rows = await asyncio.to_thread(admin.run, config, "audit.list", {})

    [row] = [row for row in rows if row["what"] == "number.reveal"]
    assert (row["what"], row["subject"], row["agent"]) == ("number.reveal", call.id, ASHA.name)
    assert row["who"].startswith("agt_")
    files = [file for file in (tmp_path / f"{ASHA.name}-pc").rglob("*") if file.is_file()]
    assert files
    assert not [file for file in files if b"9811234567" in file.read_bytes()]


async def test_two_entries_made_one_and_two_again(tmp_path: Path) -> None:
    """On one card; the colleague who talks with the same customer sees it."""
    async with team(tmp_path) as (office, _), AsyncExitStack() as stack:
        for entry in ("Anil Rao", "Anil K. Rao"):
            await asyncio.to_thread(office.do, "contact.add", name=entry, phones=[CALLER])
        relay = await stack.enter_async_context(Relay(office.config))
        asha = await stack.enter_async_context(office.desktop(ASHA, relay))
        ravi = await stack.enter_async_context(office.desktop(RAVI, relay))
        await office.post(relay, SimulatedCall(caller=CALLER).ring([ASHA, RAVI], datetime.now(UTC)))
        call = (await asha.screen.shows(lambda s: s.calls and caller(s).duplicate)).calls[0]
        pair = call.info.caller.duplicate
        assert pair is not None
        asha.emit(Wish(merged_contacts("m", call.id, pair.keep, pair.other)))
        await ravi.screen.shows(lambda s: s.calls and name(s) and not caller(s).contacts)
        asha.emit(Wish(unmerged_contacts("u", call.id, "m")))
        await ravi.screen.shows(lambda s: len(caller(s).contacts) == 2)
        await asha.screen.shows(lambda s: not s.replies.get((call.id, "contact.merge")))


async def test_what_is_owed_is_owed_at_another_computer(tmp_path: Path) -> None:
    """The one at which the conversation was taken burned down; the ledger and a new one know of it."""
    async with team(tmp_path) as (office, _), AsyncExitStack() as stack:
        relay = await stack.enter_async_context(Relay(office.config))
        now, call = datetime.now(UTC), SimulatedCall(caller=CALLER)
        async with office.desktop(ASHA, relay):
            await office.post(relay, [*call.ring(ASHA, now), *call.answer(ASHA, now)])
        await office.post(relay, call.hang_up(now + timedelta(seconds=30)))
        owed = await asyncio.to_thread(admin.run, office.config, "owed.list", {})
        assert [(row["agent"], row["number"], row["state"]) for row in owed] == [(ASHA.name, CALLER, "owed")]
        new = await stack.enter_async_context(office.desktop(ASHA, relay, "laptop"))
        (mine,) = (await new.screen.shows(lambda s: s.calls)).calls
        assert mine.state is LegState.WRAP_UP


def state(situation: Situation, call_id: str, what: str) -> ReplyState | None:
    """How far a wish came."""
    reply = situation.replies.get((call_id, what))
    return reply.state if reply else None


@pytest.mark.warning_logs("recovered from the call log")
async def test_a_recovered_stranger_gets_a_name(tmp_path: Path) -> None:
    """A call that no webhook told of: found in the call log, and then in the CRM; nobody waits for ever."""
    async with team(tmp_path) as (office, api), crm() as directory, AsyncExitStack() as stack:
        directory.body = b'{"name":"Zubin Traders"}'
        file = tmp_path / "lookups.toml"
        file.write_text(
            f'[[source]]\nkind = "http"\nname = "crm"\nurl = "{directory.url}/{{digits}}"\n'
            'allow = ["127.0.0.1"]\n[source.read]\nname = "name"\n',
            encoding="utf-8",
        )
        began = int((datetime.now(UTC) - timedelta(hours=1)).timestamp())
        api.log = [logged(began, CALLER.removeprefix("+"), agent=RAVI.name)]
        relay = await stack.enter_async_context(Relay(replace(office.config, lookups=file)))
        ravi = await stack.enter_async_context(office.desktop(RAVI, relay))
        now = await ravi.screen.shows(lambda s: name(s) == "Zubin Traders")
        assert (now.calls[0].state, caller(now).pending) == (LegState.WRAP_UP, False)
