"""The one consumer: what the network, the agent, the disk and the clock say, in one queue, one at a time.

Hands each to the desk, the desk's changes to the writer, its situation to the screen. Decides nothing itself.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from typing import Final

from cti_desktop.core.errors import StorageError
from cti_desktop.core.intents import Intent
from cti_desktop.core.text import one_line
from cti_desktop.desktop.account import Account, SignedIn
from cti_desktop.desktop.archive import Archive
from cti_desktop.desktop.asking import Asked, Asking, Question
from cti_desktop.desktop.attendant import NO_SURROUNDINGS, Attendant, Surroundings
from cti_desktop.desktop.changes import Memory
from cti_desktop.desktop.clock import RelayClock
from cti_desktop.desktop.desk import Desk
from cti_desktop.desktop.dialing import DEFAULT_PACE, Pace
from cti_desktop.desktop.inbox import Heard, Inbox, Item
from cti_desktop.desktop.intents import (
    AnyIntent,
    AppIntent,
    AskToQuit,
    Attended,
    DiscardParked,
    DismissNotice,
    EditParked,
    ForArchive,
    ForAttendant,
    ForCaller,
    Quit,
    RetryNow,
    ShowWindow,
    SignIn,
    SignOut,
    UseThisOne,
)
from cti_desktop.desktop.line import Line
from cti_desktop.desktop.preferences import Preferences
from cti_desktop.desktop.pulse import Pulse
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
)
from cti_desktop.desktop.store import Store
from cti_desktop.desktop.way import Way
from cti_desktop.desktop.writer import Refused, Writer, Written
from cti_desktop.wire.desktop_link import (
    Complaint,
    DispositionRefused,
    DispositionStored,
    ErrandDone,
    ErrandRefused,
    LinkEvent,
    ProbeAnswered,
    Received,
    Unfamiliar,
    WasReset,
    Welcomed,
)

_log: Final = logging.getLogger(__name__)


class Controller:
    """One per run of the program. `emit` is for the UI; `run` returns after `Quit`."""

    def __init__(
        self,
        store: Store,
        memory: Memory,
        account: Account,
        screen_factory: ScreenFactory,
        *,
        pace: Pace = DEFAULT_PACE,
        clock: RelayClock | None = None,
        surroundings: Surroundings = NO_SURROUNDINGS,
    ) -> None:
        """`memory` is what `store` loaded; the store is closed at the end of `run`."""
        self._inbox = Inbox()
        self._account = account
        self._clock = clock or RelayClock()
        self._device = memory.device
        self._desk = Desk(memory, self._clock.now, surroundings.profile)
        self._desk.relay_url = account.known_url
        chosen = Preferences(account.settings_file, account.managed)
        self._attendant = Attendant(chosen, surroundings, self.emit, self._desk.notices.tell, self._clock.now)
        if store.set_aside is not None:
            self._desk.notices.tell(NoticeCode.SET_ASIDE, str(store.set_aside))
        self._writer = Writer(store, self._inbox.put)
        self._archive = Archive(self._writer.ask, self._inbox.put)
        self._screen_factory = screen_factory
        self._line = Line(memory.device, self._inbox.put, self._clock.now, self._way, pace)
        self._asking = Asking(self._inbox.put)
        self._pulse = Pulse(self._desk, self._clock)

    def emit(self, intent: AnyIntent) -> None:
        """Have `intent` handled in its turn; returns at once. From the loop's thread."""
        self._inbox.put(intent)

    async def run(self) -> None:
        """Run until `Quit`. Whatever ends it, what was typed is written."""
        screen = self._screen_factory(self.emit)
        try:
            async with asyncio.TaskGroup() as tasks:
                self._tasks = tasks
                writer = tasks.create_task(self._writer.run(), name="writer")
                self._ask(self._account.recall)
                await self._consume(screen)
                self._line.disconnect()
                self._asking.withdraw()
                self._attendant.close()
                writer.cancel()
        finally:
            screen.closed()
            self._close_store()

    async def _consume(self, screen: Screen) -> None:
        going_on = True
        while going_on:
            # Only queued: a pop doesn't wait for the disk. After a crash, the replay makes it good.
            self._writer.write(*self._desk.take_all_changes())
            due = self._pulse.next_beat(asyncio.get_running_loop().time())  # what falls due from here on
            situation = replace(self._desk.situation(), found=self._archive.found)
            screen.render(self._attendant.complete(situation))
            going_on = self._handle_all(await self._inbox.batch(due), screen)

    def _handle_all(self, batch: list[Item], screen: Screen) -> bool:
        """False: the agent quits."""
        for item in batch:
            match item:
                case Quit():
                    return False
                case AskToQuit():
                    if self._desk.may_quit():
                        return False
                    screen.activate()
                case ShowWindow():
                    screen.activate()
                case _:
                    self._handle(item)
        self._pulse.beat(asyncio.get_running_loop().time())
        return True

    def _handle(self, item: Item) -> None:
        match item:
            case Heard(source=source, what=what):
                if source is self._line.connection:
                    self._on_heard(what)
            case Asked(outcome=outcome):
                if self._asking.is_wanted(item):
                    self._on_asked(outcome)
            case Written():
                self._on_written(item)
            case Refused():
                _log.error("the store refuses: %s", item.error)
                self._desk.on_write_refused(item)
            case ForAttendant():
                self._attend(item)
            case ForArchive():
                self._archive.handle(item)
            case ForCaller():
                self._line.deliver((), self._desk.on_caller(item))
            case _:
                self._on_app_intent(item)

    def _on_app_intent(self, intent: Intent | AppIntent) -> None:
        match intent:
            case SignIn():
                self._desk.relay_url = intent.relay_url
                self._ask(lambda: self._account.enrol(intent.relay_url, intent.code, self._device))
            case SignOut():
                self._sign_out()
            case RetryNow():
                self._retry()
            case UseThisOne():
                if isinstance(self._desk.link, StoodBy) and self._line.signed_in is not None:
                    self._connect(self._line.signed_in)
            case DismissNotice(code=code):
                self._desk.notices.dismiss(code)
            case EditParked(id=id_):
                self._desk.edit_parked(id_)
            case DiscardParked(id=id_):
                self._desk.discard_parked(id_)
            case Quit() | AskToQuit() | ShowWindow():
                pass  # seen to before
            case _:
                self._line.deliver((), self._desk.on_intent(intent))

    def _attend(self, intent: Attended) -> None:
        anew = self._attendant.handle(intent, self._line.connection, self._tasks)
        if anew and self._line.connection and self._line.signed_in:
            self._connect(self._line.signed_in)

    def _way(self) -> Way:
        chosen = self._attendant.preferences.now
        return Way(chosen.ca_file, chosen.proxy)

    # --- the disk -----------------------------------------------------------------------------------------

    def _on_written(self, written: Written) -> None:
        saved = self._desk.on_written(written)
        cursor = written.changes.cursor
        if written.changes.history == self._desk.history:
            self._archive.on_written(written.changes)
            if cursor is not None and self._line.connection is not None:
                self._line.connection.committed(cursor)
        if isinstance(self._desk.link, Online):
            self._line.deliver(saved)  # else at the next welcome

    def _close_store(self) -> None:
        self._writer.write(*self._desk.take_all_changes())
        try:
            self._writer.close()
        except StorageError as error:
            _log.error("the last changes could not be written: %s", error)

    # --- the relay ----------------------------------------------------------------------------------------

    def _on_heard(self, what: LinkEvent | LinkStatus) -> None:
        self._attendant.on_heard(what)
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
                self._line.deliver(self._desk.waiting, self._desk.errands)
            case DispositionStored(id=id_):
                self._desk.on_stored(id_)
            case DispositionRefused():
                self._desk.on_refused(what)
            case ErrandDone() | ErrandRefused():
                self._desk.on_errand_answered(what)
            case Complaint(code=code, message=message):  # a close usually follows
                _log.info("the relay says: %s %s", code, one_line(message))
            case ProbeAnswered() | Unfamiliar():
                pass  # the attendant's
            case _:
                self._desk.link = what

    def _on_welcomed(self, welcomed: Welcomed) -> None:
        self._clock.set(welcomed.relay_time)
        same_agent = self._desk.on_welcome(welcomed)
        if not same_agent and self._line.signed_in is not None:
            self._archive.start_over()
            self._connect(self._line.signed_in)
            return
        self._desk.link = Online(caught_up=welcomed.caught_up)
        self._desk.forget_old_calls()
        # Not earlier: only now is it sure that they are this agent's.
        self._line.deliver(self._desk.waiting, self._desk.errands)

    def _connect(self, signed_in: SignedIn) -> None:
        self._desk.relay_url = signed_in.relay.base
        self._desk.link = Connecting()
        self._line.connect(signed_in, self._desk.cursor, self._tasks)

    def _retry(self) -> None:
        self._writer.retry_now()
        if self._line.connection is not None:
            self._line.connection.retry_now()
        elif isinstance(self._desk.link, SignedOut):
            self._ask(self._account.recall)

    def _ask(self, question: Question) -> None:
        self._line.disconnect()
        self._desk.link = SigningIn()
        self._asking.ask(question, self._tasks)

    def _on_asked(self, outcome: SignedIn | SignedOut) -> None:
        if isinstance(outcome, SignedOut):
            self._desk.link = outcome
            return
        if outcome.agent is not None and self._desk.on_signed_in(outcome.agent):
            self._archive.start_over()
        if outcome.not_kept:
            self._desk.notices.tell(NoticeCode.NOT_KEPT, outcome.not_kept)
        self._connect(outcome)

    def _sign_out(self) -> None:
        signed_in, self._line.signed_in = self._line.signed_in, None
        self._ask(lambda: self._account.forget(signed_in))
        self._desk.link = SigningIn(leaves=True)
