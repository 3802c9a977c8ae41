"""The agents' desk: who sits here, what they work on, notices, and what of it is not yet on the disk.

Everything that happens goes through here and comes out as `Changes` to write and a `Situation` to show.
Starts nothing, waits for nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from cti_desktop.core.commands import PromptDisposition
from cti_desktop.core.disposition import Disposition
from cti_desktop.core.errands import Errand
from cti_desktop.core.intents import CorrectDisposition, Intent
from cti_desktop.core.lifecycle import LegState
from cti_desktop.core.people import Person
from cti_desktop.core.session import Session
from cti_desktop.desktop.changes import Changes, Memory, Team, Urgency
from cti_desktop.desktop.intents import ForCaller
from cti_desktop.desktop.notices import Notices
from cti_desktop.desktop.outbox import Outbox
from cti_desktop.desktop.screen import (
    LinkStatus,
    NoticeCode,
    Online,
    SignedOut,
    Situation,
)
from cti_desktop.desktop.seat import Seat, Seats
from cti_desktop.desktop.work import Work
from cti_desktop.desktop.writer import Refused, Written
from cti_desktop.wire.desktop_link import (
    Cursor,
    DispositionRefused,
    ErrandDone,
    ErrandRefused,
    Received,
    WasReset,
    Welcomed,
)
from cti_desktop.wire.events import to_event
from cti_desktop.wire.policy import Policy

# How long a call can be found by a search.
KEEP_HISTORY: Final = timedelta(days=365)


class Desk:
    """See the module. `now` is the relay's clock."""

    def __init__(self, memory: Memory, now: Callable[[], datetime], profile: str = "default") -> None:
        """Take up what an earlier run remembered; its owed prompts are open again."""
        self.link: LinkStatus = SignedOut()
        self.relay_url = ""
        self.history = 0
        self._now = now
        self._profile = profile
        self._team = memory.team
        self._seats = Seats(now, memory)
        self.notices = Notices()
        self._tell_of_others()

    # --- out ----------------------------------------------------------------------------------------------

    def take_changes(self) -> Changes:
        """What has changed since the last time, to be written."""
        return self._seat.take_changes()

    def take_all_changes(self) -> list[Changes]:
        """The same of everybody who sat here: those before first."""
        return [*self._seats.take_changes_of_others(), self.take_changes()]

    def situation(self) -> Situation:
        """Everything that the UI may show."""
        shown = self._work.saving.shown
        return Situation(
            link=self.link,
            now=self._now(),
            profile=self._profile,
            agent=self._team.agent if self._team else None,
            relay_url=self.relay_url,
            calls=tuple(shown.get(call.id, call) for call in self._session.calls.values()),
            prompt_order=self._work.prompts.order,
            saving=frozenset(shown),
            problems=self._work.prompts.problems,
            outbox=self._outbox.items,
            catalogue=self._session.catalogue,
            policy=self._team.policy if self._team else Policy(),
            notices=self.notices.all,
            replies=self._seat.replies.shown,
        )

    @property
    def waiting(self) -> list[Disposition]:
        """Saved dispositions that the relay has not answered, oldest first."""
        return self._outbox.waiting

    @property
    def cursor(self) -> Cursor:
        """How much of the agent's stream is on the disk."""
        return self._seat.cursor

    @property
    def errands(self) -> list[Errand]:
        """Wishes that the relay has not answered, oldest first."""
        return self._seat.wishes.waiting

    @property
    def has_open_calls(self) -> bool:
        """Whether `tick` could have anything to do."""
        open_states = (LegState.RINGING, LegState.CONNECTED)
        return any(call.state in open_states for call in self._session.calls.values())

    # --- from the agent -----------------------------------------------------------------------------------

    def on_intent(self, intent: Intent) -> list[Errand]:
        """The agent wishes something for a call; what is to be sent of it besides what is saved."""
        parked = self._outbox.parked_of(intent.call_id) if isinstance(intent, CorrectDisposition) else None
        if parked is not None:
            self.edit_parked(parked)
            return []
        return self._seat.on_intent(intent, self._team.policy.errands if self._team else ())

    def on_caller(self, intent: ForCaller) -> list[Errand]:
        """The agent wishes something about a caller; what is to be sent to the relay."""
        return self._seat.on_caller(intent, linked=isinstance(self.link, Online))

    def edit_parked(self, disposition_id: str) -> None:
        """Ask again for what the relay refused, beginning with what it refused."""
        d = self._outbox.parked(disposition_id)
        if d is None:
            return
        call = self._session.calls.get(d.call_id)
        if call is None:
            self.notices.tell(NoticeCode.CALL_FORGOTTEN)
            return
        owed = replace(
            call, state=LegState.WRAP_UP, draft=d.draft, disposed_as="", disposed_via="", snoozed=False
        )
        self._outbox.remove(disposition_id, self._changes)
        self._work.put(owed)
        self._work.perform([PromptDisposition(owed.id)])

    def discard_parked(self, disposition_id: str) -> None:
        """Give up what the relay refused."""
        disposition = self._outbox.parked(disposition_id)
        if disposition is None:
            return
        self._outbox.remove(disposition_id, self._changes)
        call = self._session.calls.get(disposition.call_id)
        if call is not None:
            self._work.put(replace(call, disposed_as="", disposed_via=""))

    # --- from the relay -----------------------------------------------------------------------------------

    def on_signed_in(self, agent: Person) -> bool:
        """A code was `agent`'s: nothing of anybody else is shown from here on. False: the same as before."""
        if self._team is None or self._team.agent.id == agent.id:
            return False
        self._seat_another(replace(self._team, agent=agent))
        return True

    def on_welcome(self, welcomed: Welcomed) -> bool:
        """The relay knows us. False: as another agent than before; link again from the start."""
        former, self._team = self._team, Team(welcomed.agent, welcomed.catalogue, welcomed.policy)
        is_other = former is not None and former.agent.id != welcomed.agent.id
        if is_other:
            self._seat_another(self._team)
        self._seat.agent = welcomed.agent
        self._work.follow(self._team)
        self._work.begin_countdowns_anew()
        if former != self._team:
            self._changes.team = self._team
            self._changes.hurry(Urgency.NOW)
        if is_other:
            return False
        if welcomed.caught_up:
            self._work.perform(self._session.caught_up(self._now()))
        return True

    def on_received(self, received: Received) -> None:
        """One event of mine."""
        event = to_event(received.body)
        if event is not None:
            self._work.perform(self._session.handle(event, self._now(), replayed=received.replayed))
        self._reached(received.cursor, caught_up=received.caught_up)

    def on_reset(self, reset: WasReset) -> None:
        """What was missed can't be told; only what is open."""
        if reset.cursor.epoch != self._seat.epoch:
            self._outbox.deliver_again(self._changes)
        events = [event for event in map(to_event, reset.calls) if event is not None]
        self._work.perform(self._session.reset_to(events, self._now()))
        self._reached(reset.cursor, caught_up=True)

    def on_errand_answered(self, answer: ErrandDone | ErrandRefused) -> None:
        """Done, or refused for good."""
        self._seat.on_errand_answered(answer)

    def on_stored(self, disposition_id: str) -> None:
        """The relay has it."""
        self._outbox.stored(disposition_id, self._now(), self._changes)

    def on_refused(self, refused: DispositionRefused) -> None:
        """The relay won't take it: park it, behind nobody's back."""
        self._outbox.park(refused, self._changes)

    # --- from the disk and the clock ----------------------------------------------------------------------

    def on_written(self, written: Written) -> list[Disposition]:
        """On the disk. Returns the dispositions that are saved thereby, to be sent."""
        self.notices.drop(NoticeCode.NOT_WRITTEN)
        seat = self._seats.of(written.changes.owner)
        saved = seat.on_written(written)
        return saved if seat is self._seat else []

    def on_write_refused(self, refused: Refused) -> None:
        """Not on the disk: nothing counts as saved, and the agent's words stay where they were typed."""
        self.notices.tell(NoticeCode.NOT_WRITTEN, refused.error.code)
        self._seats.of(refused.changes.owner).on_write_refused(refused)
        self._tell_of_others()

    def tick(self) -> None:
        """Some seconds passed."""
        self._work.perform(self._session.tick(self._now()))

    def ask_again(self) -> None:
        """Bring back what was put off till now, count down what is asked, forget what was shown."""
        self._work.ask_again()
        self._seat.replies.look(self._now(), linked=isinstance(self.link, Online))

    @property
    def seconds_to_next(self) -> float | None:
        """How soon something is due by itself: a countdown, a prompt, a reminder. None: nothing."""
        shown = self._seat.replies.next_due
        seconds = [] if shown is None else [(shown - self._now()).total_seconds()]
        return min((s for s in (self._work.seconds_to_next, *seconds) if s is not None), default=None)

    def forget_old_calls(self) -> None:
        """Drop closed calls of long ago, and what the relay has had for long."""
        self._changes.forget_before = self._now() - KEEP_HISTORY
        self._seats.forget_old()

    # --- leaving ------------------------------------------------------------------------------------------

    def may_quit(self) -> bool:
        """Whether the team lets the agent go. If not, a notice says what is left to do."""
        left = [call for call in self._session.owed if call.id not in self._work.saving]
        if not left or self._team is None or not self._team.policy.finish_before_quit:
            return True
        self.notices.tell(NoticeCode.FINISH_FIRST, str(len(left)))
        return False

    # --- inside -------------------------------------------------------------------------------------------

    @property
    def _seat(self) -> Seat:
        return self._seats.current

    @property
    def _work(self) -> Work:
        return self._seat.work

    @property
    def _session(self) -> Session:
        return self._seat.work.session

    @property
    def _outbox(self) -> Outbox:
        return self._seat.outbox

    @property
    def _changes(self) -> Changes:
        return self._work.changes

    def _reached(self, cursor: Cursor, *, caught_up: bool) -> None:
        self._seat.epoch = cursor.epoch
        self._changes.cursor = cursor
        self._changes.hurry(Urgency.NOW)
        if caught_up:
            self._work.perform(self._session.caught_up(self._now()))

    def _seat_another(self, team: Team) -> None:
        self._team = team
        self.history += 1
        self._seats.change(team.agent, self.history)
        self._tell_of_others()
        self._changes.team = team
        self._changes.hurry(Urgency.NOW)

    def _tell_of_others(self) -> None:
        left = self._seats.left
        self.notices.drop(NoticeCode.OTHER_AGENT)
        if left:
            names = ", ".join(name for name, _ in left)
            self.notices.tell(NoticeCode.OTHER_AGENT, names, sum(count for _, count in left))
