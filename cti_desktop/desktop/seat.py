"""One agent's place at this desk: work in hand, outbox and wishes, and how much of the stream is on the disk.

An agent who leaves keeps it as it is: nothing of it is shown, sent or dropped till that agent is back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from cti_desktop.core.disposition import Disposition
from cti_desktop.core.errands import FOLLOW_UP_DONE, Errand
from cti_desktop.core.intents import FinishFollowUp, Intent
from cti_desktop.core.people import Person
from cti_desktop.desktop.changes import Belongings, Changes, Memory, Team, Urgency
from cti_desktop.desktop.intents import ForCaller, PageOpened, TakeBack, Wish
from cti_desktop.desktop.outbox import KEEP_DELIVERED, Outbox
from cti_desktop.desktop.replies import Replies
from cti_desktop.desktop.wishes import Wishes, foreseen
from cti_desktop.desktop.work import Work
from cti_desktop.desktop.writer import Refused, Written
from cti_desktop.wire.desktop_link import ErrandDone, ErrandRefused

KEEP_CALLS: Final = timedelta(days=30)


class Seat:
    """`agent` None: nobody signed in yet. `cursor` is what is on the disk, `epoch` the last one heard of."""

    def __init__(self, now: Callable[[], datetime], mine: Belongings, team: Team | None = None) -> None:
        """Take up what an earlier run remembered; owed prompts are open again."""
        self.agent: Person | None = mine.agent
        self.work = Work(now, mine.calls, team)
        self.outbox = Outbox(mine.outbox, mine.delivered)
        self.wishes = Wishes(mine.errands)
        self.replies = Replies()
        self.cursor = mine.cursor
        self.epoch = mine.cursor.epoch
        self.history = 0
        self._now = now

    @property
    def owner(self) -> str:
        """To whom what is written here belongs."""
        return (self.agent.id or "") if self.agent else ""

    @property
    def unsent(self) -> int:
        """How many saved outcomes the relay has not answered."""
        return len(self.outbox.waiting) + len(self.work.saving.shown)

    def take_changes(self) -> Changes:
        """What has changed since the last time, to be written."""
        taken, self.work.changes = self.work.changes, Changes()
        taken.owner, taken.history = self.owner, self.history
        return taken

    def on_written(self, written: Written) -> list[Disposition]:
        """On the disk. Returns the dispositions that are saved thereby."""
        changes, saved = written.changes, []
        for disposition_id, call_id in changes.saved.items():
            item = changes.outbox[disposition_id]
            if item is not None:
                self.outbox.take_up(item)
                saved.append(item.disposition)
            self.work.end_saving(call_id, changes.calls.get(call_id))
        self.cursor = changes.cursor or self.cursor
        return saved

    def on_write_refused(self, refused: Refused) -> None:
        """Not on the disk: nothing counts as saved, and the agent's words stay where they were typed."""
        for call_id in refused.changes.saved.values():
            self.work.fail_saving(call_id)

    def on_intent(self, intent: Intent, offered: Collection[str]) -> list[Errand]:
        """The agent wishes something for a call; what a relay that has `offered` so much is to know of it."""
        self.work.on_intent(intent)
        if not isinstance(intent, FinishFollowUp) or FOLLOW_UP_DONE not in offered:
            return []
        errand = Errand(str(uuid4()), FOLLOW_UP_DONE, intent.call_id)
        self.wishes.add(errand, self.work.changes)
        return [errand]

    def on_caller(self, intent: ForCaller, *, linked: bool) -> list[Errand]:
        """The agent wishes something about a caller; what is to be sent."""
        calls = self.work.session.calls
        match intent:
            case Wish(errand=errand):
                about = calls.get(errand.call_id)
                before = self.replies.before_merge(errand)
                known = about.info.caller if about else None
                if not self.replies.asked(errand, self._now(), linked=linked, caller=known):
                    return []
                self.wishes.add(errand, self.work.changes)
                for call in list(foreseen(errand, calls, before)):
                    self.work.put(call)
                return [errand]
            case TakeBack(call_id=call_id, what=what):
                self.replies.take_back(call_id, what)
            case PageOpened(call_id=call_id) if call_id in calls:
                self.work.put(replace(calls[call_id], page_opened=True))
            case _:
                pass
        return []

    def on_errand_answered(self, answer: ErrandDone | ErrandRefused) -> None:
        """Done, or refused for good."""
        kept = self.wishes.answered(answer.id, self.work.changes)
        if kept is None or kept.what != FOLLOW_UP_DONE:  # of which nothing more is shown
            self.replies.answered(answer, kept, self._now())

    def forget_old(self) -> None:
        """Drop closed calls of long ago, and what the relay has had for long."""
        changes = self.work.changes
        self.outbox.forget_delivered(self._now() - KEEP_DELIVERED, changes)
        for call_id in self.work.session.forget_before(self._now() - KEEP_CALLS):
            changes.calls[call_id] = None
            changes.hurry(Urgency.SOON)


class Seats:
    """Everybody who ever signed in on this device; one of them sits here now."""

    def __init__(self, now: Callable[[], datetime], memory: Memory) -> None:
        """Take up what an earlier run remembered of each."""
        self.current = Seat(now, memory.mine, memory.team)
        self._others = {seat.owner: seat for seat in (Seat(now, other) for other in memory.others)}
        self._now = now

    def change(self, agent: Person, history: int) -> None:
        """What the former agent has here stays theirs; `agent` finds what they left, if they were here."""
        self._others[self.current.owner] = self.current
        back = self._others.pop(agent.id or "", None)
        self.current = Seat(self._now, Belongings(agent)) if back is None else back
        self.current.history = history

    def of(self, owner: str) -> Seat:
        """Whose a report from the disk is."""
        return self._others.get(owner, self.current)

    @property
    def left(self) -> list[tuple[str, int]]:
        """Names of others whose outcomes wait here, and how many; only that agent can let them go."""
        others = [(seat.agent.name, seat.unsent) for seat in self._others.values() if seat.agent]
        return [(name, unsent) for name, unsent in others if unsent]

    def take_changes_of_others(self) -> list[Changes]:
        """What has changed for those who sat here before, to be written."""
        taken = [seat.take_changes() for seat in self._others.values()]
        return [changes for changes in taken if changes.urgency is not Urgency.NONE]

    def forget_old(self) -> None:
        """See `Seat.forget_old`."""
        for seat in (self.current, *self._others.values()):
            seat.forget_old()
