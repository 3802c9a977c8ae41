"""Asks other directories about callers whom ours doesn't know, while their cards are already up.

A card never waits: its event went out as `pending`; what is found is kept, and goes after it as an update.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, NoReturn, Protocol

import msgspec
from sqlalchemy import Connection

from cti_desktop.core.errors import StorageError
from cti_desktop.core.events import Contact
from cti_desktop.core.numbers import masked
from cti_desktop.relay.asking_http import HttpDirectory, NotAnswered
from cti_desktop.relay.asking_sql import SqlDirectory
from cti_desktop.relay.breaker import Breaker
from cti_desktop.relay.caller_tables import looked_up
from cti_desktop.relay.lookup_sources import HttpLookup, Lookup
from cti_desktop.relay.routing import Router
from cti_desktop.relay.store import Store, upsert
from cti_desktop.relay.streams import Appended

_log: Final = logging.getLogger(__name__)

# What tells an event that waits for an answer, without reading it.
_PENDING: Final = b'"pending":true'
_AT_ONCE: Final = 8
# How long a number is left alone of which nobody could say anything, because all failed.
_AFTER_FAILURE: Final = timedelta(seconds=60)


class OtherDirectory(Protocol):
    """A source that can be asked."""

    source: Any

    async def ask(self, number: str) -> Contact | None:
        """Who has the number; None for nobody. Raises `NotAnswered`."""

    async def close(self) -> None:
        """Let go of connections."""


class _Peek(msgspec.Struct, frozen=True):
    call_id: str
    direction: str = "incoming"


@dataclass(frozen=True, slots=True)
class _Answer:
    contact: Contact | None
    source: str
    keep: timedelta


@dataclass(slots=True)
class Lookups:
    """See the module. `publish` is told of each committed update."""

    directories: Sequence[OtherDirectory]
    store: Store
    router: Router
    publish: Callable[[Iterable[Appended]], None]
    clock: Callable[[], datetime]
    _wanted: asyncio.Queue[_Peek] = field(default_factory=asyncio.Queue)
    _waiting: set[str] = field(default_factory=set)
    _asked: dict[str, set[str]] = field(default_factory=dict)
    _breakers: dict[str, Breaker] = field(default_factory=dict)

    def notice(self, appended: Iterable[Appended]) -> None:
        """Look for what is pending among new events. Never blocks."""
        for event in appended:
            if _PENDING in event.body:
                peek = msgspec.json.decode(event.body, type=_Peek)
                if peek.call_id not in self._waiting:
                    self._waiting.add(peek.call_id)
                    self._wanted.put_nowait(peek)

    async def run(self) -> NoReturn:
        """Ask for ever, several at once."""
        try:
            async with asyncio.TaskGroup() as group:
                for number in range(_AT_ONCE):
                    group.create_task(self._work(), name=f"lookups {number}")
        finally:
            for directory in self.directories:
                await directory.close()
        raise AssertionError("workers don't end")

    async def _work(self) -> NoReturn:
        while True:
            peek = await self._wanted.get()
            number = await self._number_of(peek.call_id)
            if number is None:
                self._waiting.discard(peek.call_id)
            elif number in self._asked:  # the one who asks already tells this call as well
                self._asked[number].add(peek.call_id)
            else:
                self._asked[number] = {peek.call_id}
                await self._look_up(number, peek.direction)

    async def _number_of(self, call_id: str) -> str | None:
        try:
            kept = await self.store.read(lambda c: self.router.calls.read(c, call_id))
        except StorageError as error:
            _log.error("a look-up is left out: %s", error)
            return None
        return kept.call.caller_number if kept else None

    async def _look_up(self, number: str, direction: str) -> None:
        try:
            answer = await self._ask_all(number, direction)
        finally:
            calls = self._asked.pop(number)
            self._waiting -= calls
        now = self.clock()
        try:
            await self.store.write(
                lambda c: self._keep(c, number, answer, sorted(calls), now), then=self.publish
            )
        except StorageError as error:
            _log.error("the answer to a look-up could not be kept: %s", error)

    async def _ask_all(self, number: str, direction: str) -> _Answer:
        """The first answer that names somebody, in the order of the sources."""
        answered: _Answer | None = None
        for directory in self.directories:
            source: Lookup = directory.source
            if direction not in source.events:
                continue
            found = await self._ask(directory, number)
            if found is not None:
                answered = found
                if found.contact is not None:
                    return found
        return answered or _Answer(None, "", _AFTER_FAILURE)

    async def _ask(self, directory: OtherDirectory, number: str) -> _Answer | None:
        """What one source says; None where it doesn't."""
        source: Lookup = directory.source
        loop = asyncio.get_running_loop()
        breaker = self._breakers.setdefault(source.name, Breaker())
        if not breaker.lets_through(loop.time()):
            return None
        try:
            async with asyncio.timeout(source.timeout_seconds):
                contact = await directory.ask(number)
        except (NotAnswered, TimeoutError) as error:
            why = str(error) or "it took too long"
            _log.info("look-up of %s in %s: %s", masked(number), source.name, why)
            if breaker.failed(loop.time()):
                _log.warning(
                    "%s does not answer look-ups and is left alone for a while: %s", source.name, why
                )
            return None
        breaker.succeeded()
        minutes = source.keep_minutes if contact else source.keep_unknown_minutes
        return _Answer(contact, source.name, timedelta(minutes=minutes))

    def _keep(
        self, connection: Connection, number: str, answer: _Answer, calls: Sequence[str], now: datetime
    ) -> list[Appended]:
        body = msgspec.json.encode(answer.contact).decode() if answer.contact else None
        row = {"number": number, "source": answer.source, "body": body, "expires_at": now + answer.keep}
        statement = upsert(connection, looked_up, key=("number",), replaced=("source", "body", "expires_at"))
        connection.execute(statement, row)
        return self.router.tell_of_caller(connection, number, calls, now)


def directories_of(sources: Iterable[Lookup], region: str) -> list[OtherDirectory]:
    """The sources, ready to be asked. Raises `ConfigError`."""
    return [
        HttpDirectory(source, region) if isinstance(source, HttpLookup) else SqlDirectory(source, region)
        for source in sources
    ]
