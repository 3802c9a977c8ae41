"""One desktop's connection after the upgrade: frames through `RelayLink`, events from store and hub.

Knows no HTTP and no ASGI: it talks to a `Channel`. A slow or dead desktop holds up nobody but itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Final, NoReturn, Protocol

from cti_desktop.core.disposition import Disposition
from cti_desktop.core.errands import Errand
from cti_desktop.core.errors import (
    AuthError,
    CtiError,
    DispositionRejected,
    LinkDown,
    RemoteProtocolError,
)
from cti_desktop.core.people import Person
from cti_desktop.relay import streams
from cti_desktop.relay.bell import Bell
from cti_desktop.relay.credentials import TokenOwner
from cti_desktop.relay.desk import Desk
from cti_desktop.relay.endings import HangUp, close_code, first
from cti_desktop.relay.errands import Errands
from cti_desktop.relay.streams import Appended
from cti_desktop.wire.close_codes import CloseCode
from cti_desktop.wire.messages import ErrorMessage, encode
from cti_desktop.wire.relay_link import Acked, Asked, Complained, Greeted, RelayLink, Submitted

_log: Final = logging.getLogger(__name__)

_READ_AT_ONCE: Final = 64
_ERRANDS_AT_ONCE: Final = 4
_GOODBYE_SECONDS: Final = 2.0  # who doesn't even take our goodbye isn't waited for


class Channel(Protocol):
    """An accepted WebSocket. Both directions raise `LinkDown` once the peer is gone."""

    async def receive(self) -> str | bytes:
        """The next message."""

    async def send(self, frame: str) -> None:
        """Send a text message; waits while the peer doesn't read."""

    async def close(self, code: int, reason: str) -> None:
        """Say goodbye."""

    @property
    def ready(self) -> bool:
        """Whether `write` may be called now."""

    def write(self, frame: bytes) -> None:
        """Send a text message without waiting, to a peer that reads."""


class Session:
    """See the module. `run` it once; the hub knows it as a `Listener`."""

    __slots__ = (
        "_answering",
        "_channel",
        "_desk",
        "_ending",
        "_head",
        "_link",
        "_news",
        "_parked",
        "_under_way",
        "agent",
        "device",
        "token_id",
    )

    def __init__(self, channel: Channel, owner: TokenOwner, desk: Desk) -> None:
        self.agent: Final[Person] = owner.agent
        self.token_id: Final = owner.token_id
        self.device = owner.device
        self._channel = channel
        self._desk = desk
        self._link = RelayLink()
        self._head = 0
        self._news = Bell()
        self._parked = False  # `_tell` waits for news, and sends nothing meanwhile
        self._answering = False
        self._under_way = 0
        self._ending: asyncio.Future[HangUp] = asyncio.get_running_loop().create_future()

    @property
    def agent_id(self) -> str:
        """Whose stream it follows."""
        return self.agent.id or ""

    @property
    def is_behind(self) -> bool:
        """Whether the desktop has not acknowledged everything."""
        return self._link.acked < self._head

    def news(self, head: int) -> None:
        """The agent's stream has grown to `head`."""
        self._head = max(self._head, head)
        if not self._parked or not self._told_at_once():
            self._news.set()

    def hang_up(self, code: CloseCode, message: str) -> None:
        """End soon. Later calls change nothing."""
        if not self._ending.done():
            self._ending.set_result(HangUp(code, message, code=code.name.lower()))

    async def run(self) -> None:
        """Converse until one side ends it."""
        goodbye: CtiError | None = None
        try:
            await self._begin()
            # Each task costs an idle desktop some KiB, so this one waits for the end itself.
            async with asyncio.TaskGroup() as group:
                group.create_task(self._listen(group), name="session: reader")
                group.create_task(self._tell(), name="session: writer")
                raise await self._ending
        except* CtiError as errors:
            goodbye = first(errors)
        finally:
            self._desk.hub.leave(self)
        if goodbye is not None:
            await self._say_goodbye(goodbye)

    async def _begin(self) -> None:
        """From hello to welcome."""
        greeted = await self._greeting()
        self.device = greeted.device
        self._desk.hub.enter(self)
        if not self._desk.still_counts(self.token_id):  # revoked since the upgrade, before the hub knew us
            raise AuthError("the token was revoked")
        self._desk.cursors.seen(self.token_id, self._desk.clock())
        await self._welcome(greeted)

    async def _greeting(self) -> Greeted:
        try:
            async with asyncio.timeout(self._desk.limits.hello):
                events, _ = self._link.receive(await self._channel.receive())
        except TimeoutError:
            raise RemoteProtocolError("no hello", code="hello_expected") from None
        match events:
            case [Greeted() as greeted] if greeted.device:
                return greeted
            case _:
                raise RemoteProtocolError("hello names no device", code="bad_message")

    async def _welcome(self, greeted: Greeted) -> None:
        """Answer the hello; from here on, the store has all that follows `link.sent`."""
        desk = self._desk
        stream = await desk.store.read(lambda c: streams.extent(c, self.agent_id, desk.store.epoch))
        frames, resumable = self._link.welcome(
            greeted,
            stream,
            agent=self.agent,
            now=desk.clock(),
            catalogue=desk.catalogue,
            policy=desk.told,
        )
        if not resumable:
            # In the writing thread: there, head and open calls are of one moment.
            router = desk.dispositions.router
            stream, calls, owed = await desk.store.write(
                lambda c: (
                    streams.extent(c, self.agent_id, desk.store.epoch),
                    router.open_calls(c, self.agent_id),
                    router.owed_calls(c, self.agent_id),
                )
            )
            frames += self._link.reset(stream, calls, owed)
        self.news(stream.head)
        await self._send(frames)

    async def _listen(self, group: asyncio.TaskGroup) -> NoReturn:
        while True:
            events, answers = self._link.receive(await self._channel.receive())
            await self._send(answers)
            for event in events:
                match event:
                    case Acked(seq=seq):
                        self._desk.cursors.moved(self.agent_id, self.device, seq, self._desk.clock())
                        self._desk.acknowledged(self.agent_id, seq)
                        self._news.set()
                    case Asked(errand=errand) if self._desk.errands is not None:
                        await self._do(errand, self._desk.errands, group)
                    case Submitted(disposition=disposition):
                        await self._submit(disposition)
                    case Complained(code=code):
                        _log.info("%s's desktop complains: %.40s", self.agent_id, code)
                    case _:
                        pass  # a second Greeted: the link refuses it

    async def _do(self, errand: Errand, errands: Errands, group: asyncio.TaskGroup) -> None:
        """Now; beside everything else, where somebody outside may take their time."""
        if not errands.takes_long(errand):
            await self._send([await errands.answer(self.agent, errand)])
        elif self._under_way < _ERRANDS_AT_ONCE:
            self._under_way += 1
            group.create_task(self._do_at_leisure(errand, errands), name="session: errand")
        else:
            no = DispositionRejected("too much at once: wait for the answers", field="what", code="busy")
            await self._send([self._link.rejected(errand.id, no)])

    async def _do_at_leisure(self, errand: Errand, errands: Errands) -> None:
        await self._send([await errands.answer(self.agent, errand)])
        self._under_way -= 1

    async def _submit(self, disposition: Disposition) -> None:
        desk = self._desk
        now = desk.clock()
        self._answering = True
        answer = await desk.store.write(
            lambda c: desk.dispositions.record(c, self.agent, disposition, now),
            then=lambda answer: desk.hub.publish(answer if isinstance(answer, list) else ()),
        )
        if isinstance(answer, list):
            desk.disposed((now - disposition.saved_at).total_seconds())
            await self._send([self._link.stored(disposition.id)])
        else:
            await self._send([self._link.rejected(disposition.id, answer)])
        self._answering = False
        self._news.set()

    async def _tell(self) -> NoReturn:
        """Send what follows the last event sent, as far as there is room."""
        while True:
            self._news.clear()
            if self._link.room <= 0:
                await self._some_room()
            elif self._head > self._link.sent and not self._answering:  # `stored` comes before its event
                for event in await self._following(min(self._link.room, _READ_AT_ONCE)):
                    if self._link.room <= 0:
                        break
                    await self._send([self._link.event_frame(event.seq, event.body).decode()])
            else:
                self._parked = True
                await self._news.wait()
                self._parked = False

    def _told_at_once(self) -> bool:
        """Send what `_tell` would send, if that takes no waiting; whether that was all of it."""
        link = self._link
        for event in self._desk.hub.recent(self.agent_id, link.sent, _READ_AT_ONCE):
            if self._answering or link.room <= 0 or not self._channel.ready:
                return False
            self._channel.write(link.event_frame(event.seq, event.body))
        return link.sent == self._head

    async def _following(self, limit: int) -> Sequence[Appended]:
        """What follows the last event sent: from the hub where it has it, else from the store."""
        sent = self._link.sent
        recent = self._desk.hub.recent(self.agent_id, sent, limit)
        return recent or await self._desk.store.read(lambda c: streams.after(c, self.agent_id, sent, limit))

    async def _some_room(self) -> None:
        acked = self._link.acked
        try:
            async with asyncio.timeout(self._desk.limits.stall):
                while self._link.acked == acked:
                    await self._news.wait()
                    self._news.clear()
        except TimeoutError:
            raise HangUp(CloseCode.TOO_SLOW, "nothing was acknowledged", code="too_slow") from None

    async def _send(self, frames: Sequence[str]) -> None:
        for frame in frames:
            try:
                async with asyncio.timeout(self._desk.limits.stall):
                    await self._channel.send(frame)
            except TimeoutError:
                raise HangUp(CloseCode.TOO_SLOW, "nothing was read", code="too_slow") from None

    async def _say_goodbye(self, error: CtiError) -> None:
        if isinstance(error, LinkDown):
            return
        code = close_code(error)
        _log.info("session of %s ends: %s (%d %s)", self.agent_id, error, code, error.code)
        try:
            async with asyncio.timeout(_GOODBYE_SECONDS):
                if code is not CloseCode.RESTARTING:
                    await self._channel.send(encode(ErrorMessage(error.code, str(error))))
                await self._channel.close(code, error.code)
        except (LinkDown, TimeoutError):
            pass
