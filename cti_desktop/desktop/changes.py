"""What is to be written in one transaction, and what was read at the start. Types only; no I/O."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum

from cti_desktop.core.disposition import Catalogue, Disposition
from cti_desktop.core.errands import Errand
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.people import Person
from cti_desktop.desktop.screen import OutboxItem
from cti_desktop.wire.desktop_link import Cursor
from cti_desktop.wire.policy import Policy


class Urgency(IntEnum):
    """How soon changes must be on the disk. A draft may wait a moment for the next keystroke."""

    NONE = 0
    SOON = 1
    NOW = 2


@dataclass(frozen=True, slots=True)
class Team:
    """What the relay said of itself at the last welcome, for the time that it can't be reached."""

    agent: Person
    catalogue: Catalogue = Catalogue()
    policy: Policy = Policy()


@dataclass(frozen=True, slots=True)
class Delivered:
    """A disposition that the relay has, since `at`: kept in case the relay is restored from a backup."""

    disposition: Disposition
    at: datetime


@dataclass(slots=True)
class Changes:
    """One transaction. `calls`, `outbox`, `delivered`, `errands` None: the row goes."""

    calls: dict[str, MyCall | None] = field(default_factory=dict)
    outbox: dict[str, OutboxItem | None] = field(default_factory=dict)
    cursor: Cursor | None = None
    team: Team | None = None
    # Newly saved dispositions in `outbox`, each with its call's id.
    saved: dict[str, str] = field(default_factory=dict)
    urgency: Urgency = Urgency.NONE
    # The id of the agent to whom all of it belongs; empty: whoever is signed in, as far as the store knows.
    owner: str = ""
    # Counts who sits here, one after another: a cursor must not be acknowledged in another's stream.
    history: int = 0
    delivered: dict[str, Delivered | None] = field(default_factory=dict)
    errands: dict[str, Errand | None] = field(default_factory=dict)
    # What is older than this goes from the history, too.
    forget_before: datetime | None = None

    def hurry(self, urgency: Urgency) -> None:
        """It must be on the disk at least as soon as `urgency` says."""
        self.urgency = max(self.urgency, urgency)

    def add(self, later: Changes) -> None:
        """Take `later` of the same owner in: where both have a word, it has the last."""
        self.calls.update(later.calls)
        self.outbox.update(later.outbox)
        self.delivered.update(later.delivered)
        self.errands.update(later.errands)
        self.saved.update(later.saved)
        self.cursor = later.cursor or self.cursor
        self.team = later.team or self.team
        moments = [m for m in (self.forget_before, later.forget_before) if m is not None]
        self.forget_before = max(moments, default=None)
        self.history = later.history
        self.hurry(later.urgency)

    def without_saved(self) -> Changes:
        """What may be tried again by itself: newly saved dispositions belong to the agent, who is told."""
        theirs = set(self.saved.values())
        return replace(
            self,
            calls={id_: call for id_, call in self.calls.items() if id_ not in theirs},
            outbox={id_: item for id_, item in self.outbox.items() if id_ not in self.saved},
            saved={},
        )


@dataclass(frozen=True, slots=True)
class Belongings:
    """What one agent has on this device; rows are oldest first. `agent` None: nobody signed in yet."""

    agent: Person | None = None
    cursor: Cursor = Cursor()
    calls: tuple[MyCall, ...] = ()
    outbox: tuple[OutboxItem, ...] = ()
    delivered: tuple[Delivered, ...] = ()
    errands: tuple[Errand, ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """Everything that a store holds: what is the agent's of `team`, and what is `others`'.

    `device` is this store's own id; rows are oldest first.
    """

    device: str
    cursor: Cursor = Cursor()
    team: Team | None = None
    calls: tuple[MyCall, ...] = ()
    outbox: tuple[OutboxItem, ...] = ()
    delivered: tuple[Delivered, ...] = ()
    errands: tuple[Errand, ...] = ()
    others: tuple[Belongings, ...] = ()

    @property
    def mine(self) -> Belongings:
        """What is the agent's of `team`."""
        agent = self.team.agent if self.team else None
        return Belongings(agent, self.cursor, self.calls, self.outbox, self.delivered, self.errands)
