"""What the agent wishes of the program beside calls: settings, a test pop, the file for IT; today's latency.

The controller hands these intents over, and adds what is known here to every situation.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
import uuid
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from cti_desktop.core.errors import ConfigError, StorageError
from cti_desktop.core.events import CallRang
from cti_desktop.desktop.clock import wall
from cti_desktop.desktop.connection import Connection
from cti_desktop.desktop.detached import detached
from cti_desktop.desktop.intents import (
    Attended,
    CardPainted,
    ChangeSettings,
    DiagnosticsDone,
    EndTestPop,
    ExportDiagnostics,
    HideCallers,
    LookForUpdates,
    NetworkChanged,
    ProbeLate,
    ScreenShared,
    TestPop,
    UpdateFound,
)
from cti_desktop.desktop.latency import Latency
from cti_desktop.desktop.preferences import Preferences
from cti_desktop.desktop.screen import LinkStatus, NoticeCode, Online, Rehearsal, RehearsalState, Situation
from cti_desktop.desktop.sharing import Sharing
from cti_desktop.wire.desktop_link import LinkEvent, ProbeAnswered, Received, Unfamiliar, Welcomed
from cti_desktop.wire.events import to_event

PROBE_SECONDS: Final = 5.0
UPDATES_SECONDS: Final = 24 * 3600.0
# A package may have to come over a slow line.
_NEWS_SECONDS: Final = 3600.0


def _nothing(_wanted: bool, /) -> None:  # noqa: FBT001 - a port
    """Leave log-in alone."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What of the machine may be touched; nothing, unless the composition root says so.

    Both raise `StorageError`. `write_diagnostics` blocks, and is called in a thread, as is `news`: it says
    what newer version is out under a policy of `Settings.updates`, or is empty; it raises nothing.
    """

    profile: str = "default"
    start_at_log_in: Callable[[bool], None] = _nothing
    write_diagnostics: Callable[[Situation], Path] | None = None
    news: Callable[[str], str] | None = None


NO_SURROUNDINGS: Final = Surroundings()


class Attendant:
    """See the module. `tell` enqueues an intent, `notify` shows a notice, `now` is the relay's clock."""

    def __init__(
        self,
        preferences: Preferences,
        surroundings: Surroundings,
        tell: Callable[[Attended], None],
        notify: Callable[[NoticeCode, str], None],
        now: Callable[[], datetime],
    ) -> None:
        """Nothing is under way."""
        self.preferences = preferences
        self._clock_skew = timedelta()
        self._surroundings = surroundings
        self._tell = tell
        self._notify = notify
        self._now = now
        self._sharing = Sharing.NOT_TOLD
        self._latency = Latency()
        self._rehearsal: Rehearsal | None = None
        self._probe: tuple[str, float] = ("", 0.0)
        self._tasks: set[asyncio.Task[None]] = set()
        self._situation: Situation | None = None

    def complete(self, situation: Situation) -> Situation:
        """`situation` with what is known here."""
        self._situation = replace(
            situation,
            settings=self.preferences.now,
            locked=self.preferences.locked,
            sharing=self._sharing,
            latency=self._latency.figures,
            rehearsal=self._rehearsal,
            clock_skew=self._clock_skew,
        )
        return self._situation

    def handle(self, intent: Attended, connection: Connection | None, tasks: asyncio.TaskGroup) -> bool:
        """True: the link must be made anew."""
        match intent:
            case ChangeSettings() | HideCallers() | ScreenShared():
                return self._choose(intent)
            case TestPop():
                self._begin_probe(connection, tasks)
            case EndTestPop():
                self._rehearsal = None
            case ProbeLate():
                self._on_late(intent)
            case CardPainted(call_id=call_id, at=at):
                self._latency.painted(call_id, at)
            case ExportDiagnostics():
                self._start(tasks, self._export(), "diagnostics")
            case LookForUpdates():
                self._start(tasks, self._look_for_updates(), "updates")
            case DiagnosticsDone() | UpdateFound():
                self._notify(_notice(intent), intent.said)
            case NetworkChanged():
                _doubt(connection)
        return False

    def on_heard(self, what: LinkEvent | LinkStatus) -> None:
        """What the link tells, as far as it is measured here."""
        match what:
            case Received():
                self._time(what)
            case ProbeAnswered(id=id_) if id_ == self._probe[0]:
                self._rehearse(RehearsalState.THROUGH, time.perf_counter() - self._probe[1])
            case Welcomed():
                self._clock_skew = wall() - what.relay_time
            case Unfamiliar():
                self._notify(NoticeCode.RELAY_NEWER, "")
            case _:
                pass

    def close(self) -> None:
        """Wait for nothing any more."""
        for task in self._tasks:
            task.cancel()

    def _on_late(self, late: ProbeLate) -> None:
        if late.id == self._probe[0]:
            self._rehearse(RehearsalState.NO_ANSWER)

    # --- inside -------------------------------------------------------------------------------------------

    def _time(self, received: Received) -> None:
        event = to_event(received.body)
        if event is None:
            self._notify(NoticeCode.RELAY_NEWER, "")
        if isinstance(event, CallRang) and not received.replayed:
            now = self._now()
            self._latency.heard(event.info.call_id, event.at, event.received_at, now, time.perf_counter())

    def _choose(self, intent: ChangeSettings | HideCallers | ScreenShared) -> bool:
        match intent:
            case ChangeSettings():
                return self._change(intent)
            case HideCallers(wanted=wanted):
                self._hide(wanted=wanted)
            case ScreenShared(told=told):
                self._sharing = Sharing.HIDDEN if told else Sharing.NOT_TOLD
        return False

    def _hide(self, *, wanted: bool) -> None:
        """What is wished while others see the screen is forgotten when they do no longer."""
        if self._sharing is not Sharing.NOT_TOLD:
            self._sharing = Sharing.HIDDEN if wanted else Sharing.REVEALED
        if self.preferences.now.privacy or self._sharing is Sharing.NOT_TOLD:
            self._change(ChangeSettings({"privacy": wanted}))

    def _change(self, intent: ChangeSettings) -> bool:
        was = self.preferences.now
        try:
            self.preferences.change(intent.changes)
            now = self.preferences.now
            if now.start_at_log_in != was.start_at_log_in:
                self._surroundings.start_at_log_in(now.start_at_log_in)
        except (ConfigError, StorageError) as error:
            self._notify(NoticeCode.NOT_CHANGED, str(error))
        now = self.preferences.now
        return (was.ca_file, was.proxy) != (now.ca_file, now.proxy)

    def _begin_probe(self, connection: Connection | None, tasks: asyncio.TaskGroup) -> None:
        probe_id = str(uuid.uuid4())
        self._probe = (probe_id, time.perf_counter())
        linked = self._situation is not None and isinstance(self._situation.link, Online)
        if connection is None or not linked:
            self._rehearse(RehearsalState.NO_LINK)
            return
        self._rehearsal = Rehearsal(RehearsalState.UNDER_WAY, self._now())
        connection.probe(probe_id)
        self._start(tasks, self._lose_patience(probe_id), "probe")

    def _rehearse(self, state: RehearsalState, round_trip: float = 0.0) -> None:
        self._probe = ("", 0.0)
        self._rehearsal = Rehearsal(state, self._now(), round_trip)

    async def _lose_patience(self, probe_id: str) -> None:
        await asyncio.sleep(PROBE_SECONDS)
        self._tell(ProbeLate(probe_id))

    async def _export(self) -> None:
        write, situation = self._surroundings.write_diagnostics, self._situation
        if write is None or situation is None:
            return
        try:
            path = await asyncio.to_thread(write, situation)
        except StorageError as error:
            self._tell(DiagnosticsDone("", str(error)))
        else:
            self._tell(DiagnosticsDone(str(path)))

    async def _look_for_updates(self) -> None:
        while (news := self._surroundings.news) is not None:
            policy = self.preferences.now.updates
            with contextlib.suppress(TimeoutError):
                # Detached: quitting doesn't wait for a server somewhere.
                if said := await detached("updates", partial(news, policy), _NEWS_SECONDS):
                    self._tell(UpdateFound(said))
            await asyncio.sleep(UPDATES_SECONDS)

    def _start(self, tasks: asyncio.TaskGroup, coroutine: Coroutine[None, None, None], name: str) -> None:
        task = tasks.create_task(coroutine, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _notice(outcome: DiagnosticsDone | UpdateFound) -> NoticeCode:
    if isinstance(outcome, UpdateFound):
        return NoticeCode.UPDATE
    return NoticeCode.NO_DIAGNOSTICS if outcome.problem else NoticeCode.DIAGNOSTICS


def _doubt(connection: Connection | None) -> None:
    if connection is not None:
        connection.doubt()
