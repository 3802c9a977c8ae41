"""Webhook to outcome with nothing but real parts: relay, stores, sockets. Only the screen is a fake."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cti_desktop.core.disposition import Draft
from cti_desktop.core.intents import SubmitDraft
from cti_desktop.core.lifecycle import LegState
from cti_desktop.desktop import places, settings
from cti_desktop.desktop.credentials import InKeyring
from cti_desktop.desktop.intents import RetryNow, SignIn, SignOut
from cti_desktop.desktop.reasons import SignInProblem
from cti_desktop.desktop.screen import Connecting, Online, SignedOut, Situation, Waiting
from cti_desktop.desktop.settings import Settings
from cti_desktop.relay import admin
from cti_desktop.relay.app import Relay
from cti_desktop.relay.backup import back_up, restore
from cti_desktop.relay.config import RelayConfig, ServerConfig, StoreConfig
from cti_desktop.simulator.calls import SimulatedCall
from cti_desktop.simulator.facts import Posted, SimAgent
from cti_desktop.simulator.poster import Credentials, Poster
from tests.helpers.certificates import NAME, make_certificate
from tests.helpers.connect_proxy import ConnectProxy
from tests.helpers.desktop import Desktop, running
from tests.helpers.keyrings import GoodKeyring

ASHA = SimAgent("Asha Verma", "+919999911101", "asha@example.in", "10")
CALLER = "+919999900001"


class Office:
    """A relay with its files, which can be stopped and started again on the same port."""

    def __init__(self, root: Path) -> None:
        self.file = root / "relay.sqlite3"
        self.server = ServerConfig(port=0)
        self.config = RelayConfig(
            server=self.server, store=StoreConfig(f"sqlite:///{self.file}"), path=root / "relay.toml"
        )
        self.secret = str(self.do("secret.add", source="myoperator")["secret"])
        self.do("agent.add", name=ASHA.name, phones=[ASHA.phone], email=ASHA.email)
        self.do("contact.add", name="Asha Traders", phones=[CALLER])

    def do(self, command: str, **args: object) -> dict[str, Any]:
        """What the administrator types while the relay is down."""
        return dict(admin.run_here(self.config, command, args))

    async def ask(self, command: str, **args: object) -> dict[str, Any]:
        """What the administrator types while the relay runs."""
        return dict(await asyncio.to_thread(admin.run, self.config, command, args))

    async def tokens(self) -> list[dict[str, Any]]:
        """What `token list` says while the relay runs."""
        return list(await asyncio.to_thread(admin.run, self.config, "token.list", {}))

    def relay(self, port: int = 0) -> Relay:
        """A relay, to be started."""
        return Relay(replace(self.config, server=replace(self.server, port=port)))

    async def post(self, relay: Relay, posted: Sequence[Posted]) -> None:
        """MyOperator sends webhooks."""
        async with Poster(f"{relay.url}/hooks/myoperator", Credentials(self.secret)) as poster:
            for webhook in posted:
                receipt = await poster.post(webhook)
                assert receipt.accepted, receipt

    def dispositions(self) -> list[tuple[str, str, str]]:
        """What the relay's file holds."""
        with closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as db:
            return db.execute("SELECT id, code, notes FROM dispositions ORDER BY id").fetchall()


def is_prompted(situation: Situation) -> bool:
    """Whether a prompt is open."""
    return bool(situation.prompt_order)


async def test_from_webhook_to_stored_disposition(tmp_path: Path) -> None:
    """Enrol, ring, answer, end, dispose; then again while the relay is down, which is caught up with once."""
    office = await asyncio.to_thread(Office, tmp_path)
    now = datetime.now(UTC)
    async with office.relay() as relay, running(tmp_path, "", keeper=keyring()) as desktop:
        code = await office.ask("agent.enrol", agent=ASHA.name)
        await desktop.screen.shows(lambda s: isinstance(s.link, SignedOut))
        desktop.emit(SignIn(relay.url, code["code"]))
        online = await desktop.screen.online()
        assert online.agent is not None
        assert ASHA.name == online.agent.name

        call = SimulatedCall(caller=CALLER)
        await office.post(relay, call.ring(ASHA, now))
        popped = await desktop.screen.shows(lambda s: s.calls and s.calls[0].shown)
        contact = popped.calls[0].info.caller.contact
        assert (LegState.RINGING, "Asha Traders") == (popped.calls[0].state, contact and contact.name)
        await office.post(relay, call.answer(ASHA, now))
        await desktop.screen.shows(lambda s: s.calls[0].state is LegState.CONNECTED)
        await office.post(relay, call.hang_up(now + timedelta(seconds=30)))
        prompted = await desktop.screen.shows(is_prompted)
        (call_id,) = prompted.prompt_order

        draft = Draft("interested", notes="wants a quote")
        desktop.emit(SubmitDraft(call_id, draft, "00000000-0000-4000-8000-000000000001"))
        await desktop.screen.shows(lambda s: not s.prompt_order and not s.outbox)
        first = await asyncio.to_thread(office.dispositions)
        assert [("00000000-0000-4000-8000-000000000001", "interested", "wants a quote")] == first

        second = SimulatedCall(caller="+919999900002", seed=2)
        await office.post(relay, [*second.ring(ASHA, now), *second.answer(ASHA, now)])
        await office.post(relay, second.hang_up(now + timedelta(seconds=60)))
        (second_id,) = (await desktop.screen.shows(is_prompted)).prompt_order
        port = relay.port
        await relay.stop()
        await desktop.screen.shows(lambda s: isinstance(s.link, Waiting))
        desktop.emit(SubmitDraft(second_id, draft, "00000000-0000-4000-8000-000000000002"))
        offline = await desktop.screen.shows(lambda s: s.outbox)
        assert () == offline.prompt_order

        async with office.relay(port):
            desktop.emit(RetryNow())
            await desktop.screen.shows(lambda s: s.link == Online() and not s.outbox)
    stored = await asyncio.to_thread(office.dispositions)
    assert ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"] == [
        id_ for id_, _, _ in stored
    ]


async def test_a_second_agent_behind_a_proxy_with_a_private_authority(tmp_path: Path) -> None:
    """Enrolment and link go the same way; of the first agent's list, the second never sees a line."""
    office = await asyncio.to_thread(Office, tmp_path)
    await asyncio.to_thread(lambda: office.do("agent.add", name="Ravi Nair", phones=["+919999911102"]))
    make_certificate(tmp_path)
    pem, where = tmp_path / "server.pem", places.under(tmp_path)
    where.make()
    async with ConnectProxy.listening() as proxy:
        settings.save(where.settings, Settings(ca_file=str(pem), proxy=proxy.url))
        async with running(tmp_path, "", keeper=keyring()) as desktop:
            async with office.relay() as relay:
                await sign_in(desktop, office, relay.url, ASHA.name)
                await office.post(relay, SimulatedCall(caller=CALLER).ring(ASHA, datetime.now(UTC)))
                await desktop.screen.shows(lambda s: s.calls)
                desktop.emit(SignOut())
                await desktop.screen.shows(lambda s: isinstance(s.link, SignedOut))
            assert [] == proxy.asked  # this machine's own relay needs none
            desktop.screen.situations.clear()
            office.server = ServerConfig(port=0, tls_certificate=pem, tls_key=pem)
            async with office.relay() as relay:
                await sign_in(desktop, office, f"https://{NAME}:{relay.port}", "Ravi Nair")
    linking = [s for s in desktop.screen.situations if isinstance(s.link, Connecting | Online)]
    assert {("Ravi Nair", ())} == {(s.agent and s.agent.name, s.calls) for s in linking}
    assert [f"{NAME}:{relay.port}"] * 2 == proxy.asked


async def sign_in(desktop: Desktop, office: Office, url: str, name: str) -> None:
    """With a fresh code; returns when everything has come."""
    code = await office.ask("agent.enrol", agent=name)
    desktop.emit(SignIn(url, code["code"]))
    await desktop.screen.online()


async def test_signing_out_ends_the_token_at_the_relay(tmp_path: Path) -> None:
    """At once where it is reached, else by the next sign-in; what waits to be sent goes out then."""
    office = await asyncio.to_thread(Office, tmp_path)
    now, outcome = datetime.now(UTC), "00000000-0000-4000-8000-000000000001"
    async with running(tmp_path, "", keeper=keyring()) as desktop:
        async with office.relay() as relay:
            await sign_in(desktop, office, relay.url, ASHA.name)
            desktop.emit(SignOut())
            out = await desktop.screen.shows(lambda s: isinstance(s.link, SignedOut))
            assert SignedOut() == out.link
            assert [True] == [token["revoked_at"] is not None for token in await office.tokens()]
            await sign_in(desktop, office, relay.url, ASHA.name)
            call = SimulatedCall(caller=CALLER)
            await office.post(relay, [*call.ring(ASHA, now), *call.answer(ASHA, now)])
            await office.post(relay, call.hang_up(now + timedelta(seconds=30)))
            (call_id,) = (await desktop.screen.shows(is_prompted)).prompt_order
            port = relay.port
        await desktop.screen.shows(lambda s: isinstance(s.link, Waiting))
        desktop.emit(SubmitDraft(call_id, Draft("interested", notes="quote"), outcome))
        await desktop.screen.shows(lambda s: s.outbox)
        desktop.emit(SignOut())
        out = await desktop.screen.shows(lambda s: isinstance(s.link, SignedOut))
        assert SignedOut(SignInProblem.NOT_ENDED) == out.link
        async with office.relay(port) as relay:
            await sign_in(desktop, office, relay.url, ASHA.name)
            await desktop.screen.shows(lambda s: s.link == Online() and not s.outbox)
            tokens = await office.tokens()
    assert [True, True, False] == [token["revoked_at"] is not None for token in tokens]
    assert [(outcome, "interested", "quote")] == await asyncio.to_thread(office.dispositions)


async def test_what_happened_while_away_is_known_but_does_not_pop(tmp_path: Path) -> None:
    """Calls that came and went without us are shown as missed, none of them ever as ringing."""
    office = await asyncio.to_thread(Office, tmp_path)
    token = (await asyncio.to_thread(lambda: office.do("agent.token", agent=ASHA.name, device="desk")))[
        "token"
    ]
    now = datetime.now(UTC)
    async with office.relay() as relay:
        call = SimulatedCall(caller=CALLER)
        await office.post(relay, [*call.ring(ASHA, now), *call.hang_up(now + timedelta(seconds=5))])
        async with running(tmp_path, relay.url, token=token) as desktop:
            online = await desktop.screen.online()

    assert [LegState.CLOSED] == [call.state for call in online.calls]
    cards = [call for situation in desktop.screen.situations for call in situation.calls if call.shown]
    assert {LegState.CLOSED} >= {call.state for call in cards}


async def test_a_revoked_token_ends_the_session_at_once(tmp_path: Path) -> None:
    """While connected; the desktop asks to sign in, and does not try again."""
    office = await asyncio.to_thread(Office, tmp_path)
    issued = await asyncio.to_thread(lambda: office.do("agent.token", agent=ASHA.name, device="desk"))
    async with office.relay() as relay, running(tmp_path, relay.url, token=issued["token"]) as desktop:
        await desktop.screen.online()
        await office.ask("token.revoke", id=issued["id"])
        out = await desktop.screen.shows(lambda s: isinstance(s.link, SignedOut))

    assert SignedOut(SignInProblem.REVOKED) == out.link


async def test_a_wrong_code_is_refused(tmp_path: Path) -> None:
    """And nothing is kept."""
    office = await asyncio.to_thread(Office, tmp_path)
    async with office.relay() as relay, running(tmp_path, "", keeper=keyring()) as desktop:
        await desktop.screen.shows(lambda s: isinstance(s.link, SignedOut))
        desktop.emit(SignIn(relay.url, "WRONG-CODE"))
        refused = await desktop.screen.shows(lambda s: s.link == SignedOut(SignInProblem.WRONG_CODE))

    assert relay.url == refused.relay_url


async def test_a_restored_relay_is_healed_by_the_desktops(tmp_path: Path) -> None:
    """A disposition that is younger than the backup comes back by itself, once the relay is restored."""
    office = await asyncio.to_thread(Office, tmp_path)
    issued = await asyncio.to_thread(lambda: office.do("agent.token", agent=ASHA.name, device="desk"))
    now, copy = datetime.now(UTC), tmp_path / "copy.db"
    async with office.relay() as relay, running(tmp_path, relay.url, token=issued["token"]) as desktop:
        await desktop.screen.online()
        await asyncio.to_thread(back_up, office.file, copy, now)
        call = SimulatedCall(caller=CALLER)
        await office.post(relay, [*call.ring(ASHA, now), *call.answer(ASHA, now)])
        await office.post(relay, call.hang_up(now + timedelta(seconds=30)))
        (call_id,) = (await desktop.screen.shows(is_prompted)).prompt_order
        id_ = "00000000-0000-4000-8000-000000000001"
        desktop.emit(SubmitDraft(call_id, Draft("interested", notes="wants a quote"), id_))
        await desktop.screen.shows(lambda s: not s.prompt_order and not s.outbox)
        assert len(await asyncio.to_thread(office.dispositions)) == 1

        port = relay.port
        await relay.stop()
        await asyncio.to_thread(restore, copy, office.file, now)
        assert await asyncio.to_thread(office.dispositions) == []
        async with office.relay(port):
            desktop.emit(RetryNow())
            await desktop.screen.shows(lambda s: s.link == Online() and s.outbox)
            await desktop.screen.shows(lambda s: s.link == Online() and not s.outbox)

    assert await asyncio.to_thread(office.dispositions) == [(id_, "interested", "wants a quote")]


def keyring() -> InKeyring:
    """A keyring that works."""
    backend = GoodKeyring()
    return InKeyring("default", lambda: backend)
