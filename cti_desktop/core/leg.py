"""One agent's part in a call: what was reported of it, and how far it has come. Joins in any order.

What the facts mean depends on the other legs, so `core.call` tells; a leg only remembers how far it ever got.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from cti_desktop.core.joins import earliest, greater, later_member, latest
from cti_desktop.core.people import NOBODY, AgentRef
from cti_desktop.core.report import LegReport, Unanswered
from cti_desktop.core.swift import swift


class Phase(IntEnum):
    """How far a leg has come. It only ever grows."""

    UNSEEN = 0
    RINGING = 1
    CONNECTED = 2
    ENDED = 3


@swift
@dataclass(frozen=True, slots=True)
class Leg:
    """One agent's part in a call, as far as it was reported."""

    key: str
    agent: AgentRef = NOBODY
    queue: str | None = None
    rang_at: datetime | None = None
    answered: bool = False
    answered_at: datetime | None = None
    unanswered: Unanswered | None = None
    ended_at: datetime | None = None
    talk_seconds: int | None = None
    # The furthest phase that ever followed: it depends on the reports' order, so it is no part of ==.
    reached: Phase = field(default=Phase.UNSEEN, compare=False)

    @classmethod
    def reported(cls, first: LegReport) -> Leg:
        """The leg as its first report claims it."""
        f = first
        facts = (f.queue, f.rang_at, f.answered, f.answered_at, f.unanswered, f.ended_at, f.talk_seconds)
        return cls(first.key, first.agent, *facts)

    def joined(self, report: LegReport) -> Leg:
        """This leg with `report`'s claims added."""
        return Leg(  # `replace` costs five times that
            key=self.key,
            agent=self.agent.joined(report.agent),
            queue=greater(self.queue, report.queue),
            rang_at=earliest(self.rang_at, report.rang_at),
            answered=self.answered or report.answered,
            answered_at=earliest(self.answered_at, report.answered_at),
            unanswered=later_member(self.unanswered, report.unanswered),
            ended_at=latest(self.ended_at, report.ended_at),
            talk_seconds=greater(self.talk_seconds, report.talk_seconds),
            reached=self.reached,
        )

    def at(self, phase: Phase) -> Leg:
        """This leg, having reached `phase`."""
        return self if self.reached is phase else self._with(self.agent, phase)

    def of(self, agent_id: str) -> Leg:
        """This leg, whose agent the roster knows."""
        return self._with(self.agent.known_as(agent_id), self.reached)

    def _with(self, agent: AgentRef, reached: Phase) -> Leg:
        facts = (self.queue, self.rang_at, self.answered, self.answered_at, self.unanswered, self.ended_at)
        return Leg(self.key, agent, *facts, self.talk_seconds, reached)

    def answer_order(self) -> tuple[bool, float, str]:
        """By this, the first to answer comes first; who answered at no known time comes last."""
        at = self.answered_at
        return (at is None, at.timestamp() if at else 0.0, self.key)
