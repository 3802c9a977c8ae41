"""The one consumer: what the network, the agent, the disk and the clock say, in one queue, one at a time.

Hands each to the desk, the desk's changes to the writer, its situation to the screen. Decides nothing itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Final, assert_never

from cti_desktop import __version__
from cti_desktop.core.errors import StorageError
from cti_desktop.core.text import one_line
from cti_desktop.desktop.account import Account, SignedIn
from cti_desktop.desktop.changes import Memory
from cti_desktop.desktop.clock import RelayClock
from cti_desktop.desktop.connection import DEFAULT_PACE, Connection, Pace
from cti_desktop.desktop.desk import Desk
from cti_desktop.desktop.intents import (
    AnyIntent,
    DiscardParked,
    DismissNotice,
    EditParked,
    Quit,
    RetryNow,
    ShowWindow,
    SignIn,
    SignOut,
    UseThisOne,
)
from cti_desktop.desktop.refusals import SignInRefused
from cti_desktop.desktop.screen import (
    Connecting,
    LinkStatus,
    NoticeCode,
    Online,
    Screen,
    ScreenFactory,
    SignedOut,
    SigningIn,
    StoodBy,
    Waiting,
)
from cti_desktop.desktop.store import Store
from cti_desktop.desktop.writer import Refused, Writer, Written
from cti_desktop.wire.desktop_link import (
    Complaint,
    Cursor,
    DesktopLink,
    DispositionRefused,
    DispositionStored,
    LinkEvent,
    Received,
    WasReset,
    Welcomed,
)

# How often overdue calls are looked for, while any is open; seconds.
TICK_SECONDS: Final = 5.0
_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Heard:
    """From a connection, which may have been replaced meanwhile."""

    source: Connection
    what: LinkEvent | LinkStatus


@dataclass(frozen=True, slots=True)
class _Asked:
    """Keyring, and perhaps relay, have answered a question, which may have been withdrawn meanwhile."""

    number: int
    outcome: SignedIn | SignedOut


_Item = _Heard | _Asked | Written | Refused | AnyIntent
_Question = Callable[[], Coroutine[object, None, SignedIn | None]]


class Controller:
    """One per run of the program. `emit` is for the UI; `run` returns after `Quit`."""

    def __init__(
        self,
        store: Store,
        memory: Memory,
        account: Account,
        screen_factory: ScreenFactory,
        *,
        profile: str = "default",
        pace: Pace = DEFAULT_PACE,
        clock: RelayClock | None = None,
    ) -> None:
        """`memory` is what `store` loaded; the store is closed at the end of `run`."""
        self._inbox: asyncio.Queue[_Item] = asyncio.Queue()
        self._account = account
        self._pace = pace
        self._clock = clock or RelayClock()
        self._device = memory.device
        self._cursor = memory.cursor
        self._desk = Desk(memory, self._clock.now, profile)
        self._desk.relay_url = account.known_url
        if store.set_aside is not None:
            self._desk.notify(NoticeCode.SET_ASIDE, str(store.set_aside))
        self._writer = Writer(store, self._inbox.put_nowait)
        self._screen_factory = screen_factory
        self._signed_in: SignedIn | None = None
        self._connection: Connection | None = None
        self._link_task: asyncio.Task[None] | None = None
        self._account_task: asyncio.Task[None] | None = None
        self._question = 0
        self._next_tick = 0.0

    def emit(self, intent: AnyIntent) -> None:
        """Have `intent` handled in its turn; returns at once. From the loop's thread."""
        self._inbox.put_nowait(intent)

    async def run(self) -> None:
        """Run until `Quit`. Whatever ends it, what was typed is written."""
        screen = self._screen_factory(self.emit)
        try:
            async with asyncio.TaskGroup() as tasks:
                self._tasks = tasks
                writer = tasks.create_task(self._writer.run(), name="writer")
                self._recall()
                await self._consume(screen)
                self._disconnect()
                self._stop_asking()
                writer.cancel()
        finally:
            screen.closed()
            self._close_store()

    async def _consume(self, screen: Screen) -> None:
        going_on = True
        while going_on:
            # The screen first: a pop doesn't wait for the disk, and a replay makes it good after a crash.
            screen.render(self._desk.situation())
            self._writer.write(self._desk.take_changes())
            going_on = self._handle_all(await self._next_batch(), screen)
        self._writer.write(self._desk.take_changes())

    async def _next_batch(self) -> list[_Item]:
        """All that is queued, waiting for the first. Empty when it was time to look for overdue calls."""
        due = self._next_tick if self._desk.has_open_calls and self._clock.is_relays else None
        batch: list[_Item] = []
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout_at(due):
                batch.append(await self._inbox.get())
        while not self._inbox.empty():
            batch.append(self._inbox.get_nowait())
        return batch

    def _handle_all(self, batch: list[_Item], screen: Screen) -> bool:
        """False: the agent quits."""
        for item in batch:
            match item:
                case Quit():
                    return False
                case ShowWindow():
                    screen.activate()
                case _:
                    self._handle(item)
        self._tick()
        return True

    def _tick(self) -> None:
        now = asyncio.get_running_loop().time()
        if now >= self._next_tick and self._clock.is_relays:
            self._next_tick = now + TICK_SECONDS
            self._desk.tick()

    def _handle(self, item: _Item) -> None:
        match item:
            case _Heard(source=source, what=what):
                if source is self._connection:
                    self._on_heard(what)
            case _Asked(number=number, outcome=outcome):
                if number == self._question:
                    self._on_asked(outcome)
            case Written():
                self._on_written(item)
            case Refused():
                _log.error("the store refuses: %s", item.error)
                self._desk.on_write_refused(item)
            case _:
                self._on_app_intent(item)

    def _on_app_intent(self, intent: AnyIntent) -> None:
        match intent:
            case SignIn():
                self._desk.relay_url = intent.relay_url
                self._ask(lambda: self._account.enrol(intent.relay_url, intent.code, self._device))
            case SignOut():
                self._sign_out()
            case RetryNow():
                self._retry()
            case UseThisOne():
                if isinstance(self._desk.link, StoodBy) and self._signed_in is not None:
                    self._connect(self._signed_in)
            case DismissNotice(code=code):
                self._desk.dismiss_notice(code)
            case EditParked(id=id_):
                self._desk.edit_parked(id_)
            case DiscardParked(id=id_):
                self._desk.discard_parked(id_)
            case Quit() | ShowWindow():
                pass  # seen to before
            case _:
                self._desk.on_intent(intent)

    # --- the disk -----------------------------------------------------------------------------------------

    def _on_written(self, written: Written) -> None:
        saved = self._desk.on_written(written)
        cursor = written.changes.cursor
        if cursor is not None and written.changes.history == self._desk.history:
            self._cursor = cursor
            if self._connection is not None:
                self._connection.committed(cursor)
        if isinstance(self._desk.link, Online) and self._connection is not None:
            self._connection.submit(saved)

    def _close_store(self) -> None:
        try:
            self._writer.close()
        except StorageError as error:
            _log.error("the last changes could not be written: %s", error)

    # --- the relay ----------------------------------------------------------------------------------------

    def _on_heard(self, what: LinkEvent | LinkStatus) -> None:
        match what:
            case Welcomed():
                self._on_welcomed(what)
            case Received():
                self._desk.on_received(what)
                if what.caught_up:
                    self._desk.link = Online()
            case WasReset():
                self._desk.on_reset(what)
                self._desk.link = Online()
            case DispositionStored(id=id_):
                self._desk.on_stored(id_)
            case DispositionRefused():
                self._desk.on_refused(what)
            case Complaint(code=code, message=message):
                _log.warning("the relay complains: %s %s", code, message)
                self._desk.notify(NoticeCode.RELAY_SAID, one_line(message or code))
            case SignedOut() | SigningIn() | Connecting() | Online() | Waiting() | StoodBy():
                self._desk.link = what
            case _:
                assert_never(what)

    def _on_welcomed(self, welcomed: Welcomed) -> None:
        self._clock.set(welcomed.relay_time)
        if not self._desk.on_welcome(welcomed) and self._signed_in is not None:
            self._cursor = Cursor()
            self._connect(self._signed_in)
            return
        self._desk.link = Online(caught_up=welcomed.caught_up)
        self._desk.forget_old_calls()
        if self._connection is not None:
            # Not earlier: only now is it sure that they are this agent's.
            self._connection.submit(self._desk.waiting())

    def _connect(self, signed_in: SignedIn) -> None:
        self._disconnect()
        self._signed_in = signed_in
        self._desk.relay_url = signed_in.relay.base
        link = DesktopLink(self._device, __version__, self._cursor)
        def tell(what: LinkEvent | LinkStatus) -> None:
            self._inbox.put_nowait(_Heard(connection, what))

        connection = Connection(
            signed_in, link, tell, self._clock.now, tls=self._account.tls, pace=self._pace
        )
        self._connection = connection
        self._desk.link = Connecting()
        self._link_task = self._tasks.create_task(connection.run(), name="link")

    def _disconnect(self) -> None:
        if self._link_task is not None:
            self._link_task.cancel()
        self._link_task = self._connection = None

    def _retry(self) -> None:
        self._writer.retry_now()
        if self._connection is not None:
            self._connection.retry_now()
        elif isinstance(self._desk.link, SignedOut):
            self._recall()

    # --- the account --------------------------------------------------------------------------------------

    def _recall(self) -> None:
        self._ask(self._account.recall)

    def _ask(self, question: _Question) -> None:
        """Put a question to keyring and relay; the answer comes through the inbox. One at a time."""
        self._stop_asking()
        self._disconnect()
        self._desk.link = SigningIn()
        self._question += 1
        self._account_task = self._tasks.create_task(self._answer(question, self._question), name="account")

    async def _answer(self, question: _Question, number: int) -> None:
        try:
            outcome = await question() or SignedOut()
        except SignInRefused as refusal:
            _log.info("not signed in: %s", refusal.code)
            outcome = refusal.status
        self._inbox.put_nowait(_Asked(number, outcome))

    def _on_asked(self, outcome: SignedIn | SignedOut) -> None:
        if isinstance(outcome, SignedOut):
            self._desk.link = outcome
            return
        if outcome.not_kept:
            self._desk.notify(NoticeCode.NOT_KEPT, outcome.not_kept)
        self._connect(outcome)

    def _sign_out(self) -> None:
        self._signed_in = None
        self._ask(self._account.forget)

    def _stop_asking(self) -> None:
        if self._account_task is not None:
            self._account_task.cancel()
        self._account_task = None
