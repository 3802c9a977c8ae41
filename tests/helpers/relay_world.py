"""A whole relay on loopback with real sockets and a real store, its agents, and MyOperator's posts to it."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from cti_desktop.relay import credentials, roster
from cti_desktop.relay.app import Relay
from cti_desktop.relay.config import RelayConfig, ServerConfig, StoreConfig
from cti_desktop.relay.desk import Limits
from cti_desktop.wire.messages import SUBPROTOCOL

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@dataclass
class Clock:
    """The relay's time, which stands still unless told."""

    now: datetime = NOON
    skew: timedelta = timedelta()

    def __call__(self) -> datetime:
        """What time it is."""
        return self.now

    def advance(self, **much: float) -> None:
        """Let time pass."""
        self.now += timedelta(**much)

    def jump(self, **much: float) -> None:
        """Let the wall clock jump, while no time passes."""
        self.skew += timedelta(**much)
        self.advance(**much)

    def monotonic(self) -> float:
        """The clock that never jumps."""
        return (self.now - self.skew - NOON).total_seconds()


@dataclass(frozen=True)
class Agent:
    """Somebody with a phone and a token."""

    id: str
    name: str
    phone: str
    token: str
    token_id: str


@dataclass
class Desktop:
    """A desktop's end of the socket, speaking plain JSON."""

    socket: ClientConnection
    agent: Agent
    welcome: dict[str, Any] = field(default_factory=dict)

    async def send(self, **message: Any) -> None:  # noqa: ANN401 - JSON
        """Send one message."""
        await self.socket.send(json.dumps(message))

    async def receive(self) -> dict[str, Any]:
        """The next message."""
        async with asyncio.timeout(20):
            return dict(json.loads(await self.socket.recv()))

    async def events(self, count: int, *, ack: bool = True) -> list[dict[str, Any]]:
        """The next `count` events, each acknowledged."""
        events = []
        for _ in range(count):
            event = await self.receive()
            assert event["type"] == "event", event
            events.append(event)
            if ack:
                await self.send(type="ack", seq=event["seq"])
        return events

    async def close_code(self) -> int | None:
        """The code that the relay closes with; whatever comes before is passed over."""
        async with asyncio.timeout(20):
            try:
                while True:
                    await self.socket.recv()
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else None


class World:
    """A running relay and everybody around it."""

    def __init__(self, relay: Relay, http: httpx.AsyncClient, clock: Clock, secret: str) -> None:
        self.relay = relay
        self.http = http
        self.clock = clock
        self.secret = secret

    async def add_agent(self, name: str, phone: str) -> Agent:
        """Somebody new, as `cti-relay agent add` and `agent token` would have it."""
        now = self.clock()
        person = await self.relay.store.write(
            lambda c: roster.add_agent(c, roster.NewAgent(name, (phone,)), "IN", now)
        )
        issued = await self.relay.store.write(lambda c: credentials.issue_token(c, person, "pc", now))
        await self.relay.refresh()
        return Agent(person.id or "", name, phone, issued.token, issued.id)

    async def post(self, body: object, **request: Any) -> httpx.Response:  # noqa: ANN401 - httpx's
        """A delivery, authenticated unless told otherwise."""
        request.setdefault("headers", {"X-Webhook-Token": self.secret})
        return await self.http.post("/hooks/myoperator", json=body, **request)

    async def ring(self, call_id: str, *agents: Agent, at: int = 0) -> httpx.Response:
        """The phones of `agents` ring, `at` seconds after noon."""
        return await self.post(incall(call_id, *agents, at=at))

    @asynccontextmanager
    async def desktop(
        self,
        agent: Agent,
        device: str = "pc",
        seq: int = 0,
        epoch: str | None = None,
        **more: Any,  # noqa: ANN401 - connect's
    ) -> AsyncIterator[Desktop]:
        """A desktop that said hello and was welcomed."""
        async with self.socket(agent.token, **more) as socket:
            desktop = Desktop(socket, agent)
            await desktop.send(type="hello", device=device, seq=seq, epoch=epoch, version="test")
            desktop.welcome = await desktop.receive()
            assert desktop.welcome["type"] == "welcome"
            yield desktop

    @asynccontextmanager
    async def socket(self, token: str | None, **more: Any) -> AsyncIterator[ClientConnection]:  # noqa: ANN401 - connect's
        """An open connection that has said nothing yet."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        more.setdefault("subprotocols", [Subprotocol(SUBPROTOCOL)])
        url = self.relay.url.replace("http", "ws", 1) + "/agent"
        async with connect(url, additional_headers=headers, compression=None, **more) as socket:
            yield socket


def relay_config(folder: Path) -> RelayConfig:
    """A relay on a free port, with its store in `folder`."""
    return RelayConfig(ServerConfig(port=0), StoreConfig(f"sqlite:///{(folder / 'relay.db').as_posix()}"))


@asynccontextmanager
async def running(
    folder: Path,
    *,
    clock: Clock | None = None,
    limits: Limits | None = None,
    lookups: Path | None = None,
    **server: Any,  # noqa: ANN401 - ServerConfig's
) -> AsyncIterator[World]:
    """A relay that serves, with one webhook secret."""
    clock = clock or Clock()
    config = relay_config(folder)
    config = replace(config, server=replace(config.server, **server), lookups=lookups)
    async with Relay(config, clock=clock, monotonic=clock.monotonic, limits=limits) as relay:
        now = clock()
        active = await relay.store.read(credentials.active_secrets)
        secret = (
            active[0]
            if active
            else await relay.store.write(lambda c: credentials.add_secret(c, "myoperator", now))
        )
        await relay.refresh()
        async with httpx.AsyncClient(base_url=relay.url) as http:
            yield World(relay, http, clock, secret.secret)


def incall(call_id: str, *agents: Agent, at: int = 0, state: int = 0) -> dict[str, Any]:
    """MyOperator's v1 Incall: these phones ring (`state` 0), or the call was answered (1)."""
    local = NOON + timedelta(seconds=at, hours=5, minutes=30)
    return {
        "id": f"{call_id}-{at}-{state}",
        "uid": call_id,
        "clid_raw": "919999900001",
        "call_state": state,
        "users": [agent.phone.removeprefix("+") for agent in agents],
        "created": local.strftime("%Y-%m-%d %H:%M:%S"),
    }


_numbers: Iterator[int] = itertools.count(1)


def call_end(call_id: str, agent: Agent, *, answered: bool = True) -> dict[str, Any]:
    """MyOperator's v2 `call.end` of a call that rang with one agent."""
    leg = {
        "leg_index": 2,
        "type": "agent",
        "result": "answered" if answered else "not_answered",
        "phone_number": agent.phone,
        "talk_duration": 30 if answered else None,
        "started_at": NOON.isoformat(),
        "answered_at": NOON.isoformat() if answered else None,
        "ended_at": (NOON + timedelta(seconds=30)).isoformat(),
    }
    return v2("call.end", call_id, 5, [leg], status="bridged" if answered else "missed")


def dial_begin(call_id: str, agent: Agent) -> dict[str, Any]:
    """MyOperator's v2 `call.dial_begin`: one agent's phone rings."""
    leg = {
        "leg_index": 2,
        "type": "agent",
        "result": "dialing",
        "phone_number": agent.phone,
        "started_at": NOON.isoformat(),
    }
    return v2("call.dial_begin", call_id, 2, [leg])


def v2(kind: str, call_id: str, sequence: int, legs: list[dict[str, Any]], **payload: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    """A v2 envelope."""
    number = next(_numbers)
    return {
        "event_id": f"event-{number}",
        "event_type": kind,
        "event_sequence": sequence,
        "event_version": 1,
        "timestamp": NOON.isoformat(),
        "channel": "call",
        "direction": "incoming",
        "session_id": call_id,
        "system_identifier": "+918000000042",
        "customer_identifier": "+919999900001",
        "payload": {"id": call_id, "direction": "incoming", "legs": legs, **payload},
    }
