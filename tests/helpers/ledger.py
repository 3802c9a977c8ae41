"""Provider and desktops that keep count of every promise the relay makes, and hold the store to them.

The provider posts until it gets its 200, however often the relay dies meanwhile; a desktop commits what it is
sent, resumes where it stopped, and sends each disposition until it is stored.
"""

import asyncio
import itertools
import json
import sqlite3
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.typing import Subprotocol

from cti_desktop.relay import credentials, roster
from cti_desktop.relay.store import Store
from cti_desktop.wire.messages import SUBPROTOCOL
from tests.helpers.relay_world import NOON, Agent, dial_begin, relay_config

LINES = 16  # how many posts are under way at once: enough that a flush is left to the writing thread
GONE = (ConnectionClosed, InvalidHandshake, OSError, httpx.TransportError, EOFError)


class Broken(AssertionError):
    """The relay broke a promise."""


@dataclass
class Desktop:
    """A desktop that remembers, across connections, what it has committed and what it owes."""

    agent: Agent
    seq: int = 0
    epoch: str | None = None
    heard: list[dict[str, Any]] = field(default_factory=list)
    outbox: dict[str, dict[str, Any]] = field(default_factory=dict)
    stored: set[str] = field(default_factory=set)
    resets: int = 0
    welcomes: int = 0
    welcomed_at: float = 0.0
    dispose: Callable[[int], bool] = lambda seq: seq % 3 == 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _gave_up: bool = False

    async def converse(self, url: str) -> None:
        """One connection, until it is gone."""
        self._gave_up = False
        headers = {"Authorization": f"Bearer {self.agent.token}"}
        offered = [Subprotocol(SUBPROTOCOL)]
        address = url.replace("http", "ws", 1) + "/agent"
        try:
            async with connect(
                address,
                additional_headers=headers,
                subprotocols=offered,
                compression=None,
                open_timeout=30,
                close_timeout=0.2,
            ) as socket:
                await self._say(
                    socket, type="hello", device="pc", epoch=self.epoch, seq=self.seq, version="test"
                )
                while True:
                    await self._on(socket, json.loads(await socket.recv()))
        except GONE:
            return

    async def until(self, condition: Callable[[], bool]) -> None:
        """Return once `condition` holds, looked at whenever something arrives."""
        while not (condition() or self._gave_up):
            self._news.clear()
            await self._news.wait()

    def give_up(self) -> None:
        """Nothing more will arrive."""
        self._gave_up = True
        self._news.set()

    def of_kind(self, kind: str) -> list[str]:
        """The calls of all events of a kind, as they were heard."""
        return [event["call_id"] for event in self.heard if event["kind"] == kind]

    async def _on(self, socket: ClientConnection, message: dict[str, Any]) -> None:
        match message["type"]:
            case "welcome":
                self.epoch = self.epoch or message["epoch"]
                self.welcomes += 1
                self.welcomed_at = asyncio.get_running_loop().time()
                for frame in self.outbox.values():
                    await self._say(socket, **frame)
            case "reset":
                self.resets += 1
                self.epoch, self.seq = message["epoch"], message["head"]
            case "event":
                await self._on_event(socket, message["seq"], message["event"])
            case "stored":
                self.outbox.pop(message["id"], None)
                self.stored.add(message["id"])
            case "error" | "rejected":
                raise Broken(f"the relay answered {message}")
        self._news.set()

    async def _on_event(self, socket: ClientConnection, seq: int, event: dict[str, Any]) -> None:
        if seq != self.seq + 1:
            raise Broken(f"event {seq} after {self.seq}")
        self.seq = seq
        self.heard.append(event)
        if event["kind"] == "call.rang" and self.dispose(seq):
            frame = {"type": "disposition", "id": str(uuid.uuid4()), "call_id": event["call_id"]}
            frame |= {"code": "interested", "notes": "said so", "saved_at": NOON.isoformat()}
            self.outbox[frame["id"]] = frame
            await self._say(socket, **frame)
        await self._say(socket, type="ack", seq=seq)

    @staticmethod
    async def _say(socket: ClientConnection, **message: Any) -> None:  # noqa: ANN401 - JSON
        await socket.send(json.dumps(message))


@dataclass
class Ledger:
    """What was promised. `pending` posts have no 200 yet, `acknowledged` calls have one."""

    folder: Path
    secret: str
    desktops: list[Desktop]
    pending: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    acknowledged: dict[str, Desktop] = field(default_factory=dict)
    refused: Counter[int] = field(default_factory=Counter)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @classmethod
    def open(cls, folder: Path, agents: int = 3) -> "Ledger":
        """A fresh store in `folder`, with agents, their tokens and a secret."""
        store = Store.open(relay_config(folder).store.url)
        try:
            secret = store.write_now(lambda c: credentials.add_secret(c, "myoperator", NOON)).secret
            desktops = [Desktop(_agent(store, number)) for number in range(agents)]
        finally:
            store.close()
        return cls(folder, secret, desktops)

    async def storm(self, url: str, http: httpx.AsyncClient, posts: int = 1_000_000) -> None:
        """Calls and dispositions until the relay is gone, or `posts` were made and everybody heard."""
        left = itertools.count(posts, -1)
        async with asyncio.TaskGroup() as group:
            talks = [group.create_task(desktop.converse(url)) for desktop in self.desktops]
            lines = [group.create_task(self._line(url, http, left)) for _ in range(LINES)]
            await asyncio.wait(lines)
            if all(line.result() for line in lines):
                await self._everybody_heard(talks)
                for talk in talks:
                    talk.cancel()

    async def _everybody_heard(self, talks: Sequence["asyncio.Task[None]"]) -> None:
        """Until nobody waits for anything, or a connection is gone."""
        waits = [desktop.until(partial(self._is_quiet, desktop)) for desktop in self.desktops]
        async with asyncio.timeout(60), asyncio.TaskGroup() as group:
            hearing = [group.create_task(wait) for wait in waits]
            for desktop, talk in zip(self.desktops, talks, strict=True):
                talk.add_done_callback(lambda _, desktop=desktop: desktop.give_up())  # type: ignore[misc]
            await asyncio.wait(hearing)

    def _is_quiet(self, desktop: Desktop) -> bool:
        calls = {call for call, owner in self.acknowledged.items() if owner is desktop}
        heard_back = len(desktop.of_kind("call.disposed")) >= len(desktop.stored)  # after each `stored`
        return not desktop.outbox and heard_back and calls <= set(desktop.of_kind("call.rang"))

    async def _line(self, url: str, http: httpx.AsyncClient, left: Iterator[int]) -> bool:
        """Post one after another; whether the relay was still there at the end."""
        while next(left) > 0:
            try:
                await self.post(url, http)
            except GONE:
                return False
        return True

    async def post(self, url: str, http: httpx.AsyncClient) -> int:
        """Post the oldest delivery that has no 200 yet, or a new one; the status. Raises one of `GONE`."""
        call_id, body = self.pending.pop(0) if self.pending else self._next()
        headers = {"X-Webhook-Token": self.secret}
        try:
            answer = await http.post(f"{url}/hooks/myoperator", json=body, headers=headers)
        except GONE:
            self.pending.append((call_id, body))
            raise
        if answer.status_code == httpx.codes.OK:
            self.acknowledged[call_id] = self._owner(call_id)
        else:
            self.refused[answer.status_code] += 1
            self.pending.append((call_id, body))
        return answer.status_code

    def _next(self) -> tuple[str, dict[str, Any]]:
        number = next(self._numbers)
        call_id = f"call-{number}"
        body = dial_begin(call_id, self._owner(call_id).agent)
        return call_id, {**body, "event_id": f"{self.folder.name}-{number}"}

    def _owner(self, call_id: str) -> Desktop:
        return self.desktops[int(call_id.removeprefix("call-")) % len(self.desktops)]

    # --- what must be true ---------------------------------------------------------------------------

    def check_store(self) -> None:
        """No acknowledged promise is missing from the file, which is sound."""
        with closing(sqlite3.connect(self.folder / "relay.db")) as connection:
            sound = connection.execute("PRAGMA integrity_check").fetchall()
            inbox = Counter(row[0] for row in connection.execute("SELECT call_id FROM inbox"))
            kept = {row[0] for row in connection.execute("SELECT id FROM dispositions")}
        stored = set[str]().union(*(desktop.stored for desktop in self.desktops))
        if sound != [("ok",)]:
            raise Broken(f"integrity check: {sound}")
        if lost := set(self.acknowledged) - set(inbox):
            raise Broken(f"acknowledged and lost: {sorted(lost)}")
        if doubled := [call for call, count in inbox.items() if count > 1]:
            raise Broken(f"stored twice: {doubled}")
        if gone := stored - kept:
            raise Broken(f"dispositions stored and lost: {sorted(gone)}")

    def check_effects(self) -> None:
        """After a quiet end: every call was heard once by its agent, every disposition took effect once."""
        self.check_store()
        for desktop in self.desktops:
            rang = Counter(desktop.of_kind("call.rang"))
            disposed = Counter(desktop.of_kind("call.disposed"))
            owed = {call for call, owner in self.acknowledged.items() if owner is desktop}
            if set(rang) != owed or max(rang.values(), default=1) > 1:
                too_often = rang - Counter(owed)
                raise Broken(f"{desktop.agent.name} heard {too_often} too often, missed {owed - set(rang)}")
            if desktop.outbox or max(disposed.values(), default=1) > 1:
                raise Broken(f"{desktop.agent.name}: a disposition took effect twice, or never: {disposed}")
            if len(desktop.stored) != disposed.total():
                raise Broken(f"{desktop.agent.name}: {disposed.total()} effects of {len(desktop.stored)}")


def _agent(store: Store, number: int) -> Agent:
    name, phone = f"Agent {number}", f"+9199999{11100 + number:05}"
    person = store.write_now(lambda c: roster.add_agent(c, roster.NewAgent(name, (phone,)), "IN", NOON))
    token = store.write_now(lambda c: credentials.issue_token(c, person, "pc", NOON))
    return Agent(person.id or "", name, phone, token.token, token.id)


def http_client() -> httpx.AsyncClient:
    """A provider's connection; not verified, as there is no TLS and a context costs 20 ms."""
    return httpx.AsyncClient(verify=False, timeout=30)  # noqa: S501 - plain HTTP on loopback
