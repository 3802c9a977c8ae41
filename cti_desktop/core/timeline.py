"""From what a call was to what it is: the events that each agent's stream gets for the difference.

Owns the promise that a leg's events only go forward: never `CallRang` after `CallAnswered` or `CallEnded`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cti_desktop.core.call import Call
from cti_desktop.core.events import (
    CallAnswered,
    CallDisposed,
    CallEnded,
    Caller,
    CallEvent,
    CallInfo,
    CallRang,
    CallUpdated,
)
from cti_desktop.core.leg import Leg, Phase
from cti_desktop.core.once import once
from cti_desktop.core.people import AgentRef, Person
from cti_desktop.core.report import PanelDisposition
from cti_desktop.core.swift import swift


class Directory(Protocol):
    """Who is who, as the relay knows it at this moment."""

    def agent(self, ref: AgentRef) -> Person | None:
        """The roster's agent meant by `ref` (with an id), or None if nobody is; by its id, if it has one."""

    def caller(self, number: str | None, region: str | None) -> Caller:
        """What is known of a customer's number."""

    def did_label(self, did: str | None) -> str | None:
        """What the team calls one of its own numbers."""


@swift
@dataclass(frozen=True, slots=True)
class Addressed:
    """An event for one agent's stream."""

    agent_id: str
    event: CallEvent


def changes(before: Call | None, after: Call, directory: Directory, now: datetime) -> list[Addressed]:
    """The events that take every agent of the call from `before` to `after`. `now` is the relay's clock."""
    earlier = None if before is None else _View(before, directory)
    later = _View(after, directory)
    if earlier is not None and earlier.agents == later.agents:
        # As one object a thousand colleagues are compared once, not for each leg.
        earlier.agents = later.agents
    known = {leg.key: leg for leg in before.legs} if before is not None else {}
    found: list[Addressed] = []
    for leg in after.legs:
        if leg.agent.id is not None:
            event = _leg_event(earlier, known.get(leg.key), later, leg, now)
            if event is not None:
                found.append(Addressed(leg.agent.id, event))
    return found + _disposed(before, later, now)


def recognised(call: Call, directory: Directory) -> Call:
    """The call, with the id of each leg's agent who is known by now: to be kept, and given to `changes`."""
    legs = tuple([_recognised(leg, directory) for leg in call.legs])
    return call if legs == call.legs else call.recognised(legs)


def _recognised(leg: Leg, directory: Directory) -> Leg:
    agent = directory.agent(leg.agent) if leg.agent.id is None else None
    return leg if agent is None or agent.id is None else leg.of(agent.id)


def info_of(call: Call, leg: Leg, directory: Directory) -> CallInfo:
    """The call as the agent of `leg` may see it."""
    return _View(call, directory).info(leg)


class _View:
    """A call beside a directory. What is the same for all of its agents is asked for once."""

    def __init__(self, call: Call, directory: Directory) -> None:
        self.call = call
        self.directory = directory

    def info(self, leg: Leg) -> CallInfo:
        """The call as the agent of `leg` may see it."""
        call = self.call
        answerer = None if leg.answered else call.answerer(leg)
        return CallInfo(
            call_id=call.id,
            leg=leg.key,
            direction=call.direction,
            caller=self._caller,
            did=call.did,
            did_label=self._did_label,
            queue=leg.queue or self._queue,
            agents=self.agents,
            answered_by=_person(answerer, self.directory) if answerer else None,
            reason=call.reason(leg) if call.phase(leg) is Phase.ENDED else None,
            talk_seconds=leg.talk_seconds,
            recording=call.recording,
        )

    @once
    def _caller(self) -> Caller:
        return self.directory.caller(self.call.caller_number, self.call.region)

    @once
    def _did_label(self) -> str | None:
        return self.directory.did_label(self.call.did)

    @once
    def _queue(self) -> str | None:
        return self.call.queue

    @once
    def agents(self) -> tuple[Person, ...]:
        """Everybody who has or had a part in it, as far as they have names."""
        people = [_person(leg, self.directory) for leg in self.call.legs]
        return tuple(dict.fromkeys([person for person in people if person is not None]))


def _leg_event(
    earlier: _View | None, was: Leg | None, later: _View, leg: Leg, now: datetime
) -> CallEvent | None:
    # Nothing was shown where the leg could not be matched to anybody by then.
    told = None if was is None or was.agent.id is None else was
    shown = Phase.UNSEEN if earlier is None or told is None else earlier.call.phase(told)
    phase = max(shown, later.call.phase(leg))
    if phase is Phase.ENDED and shown is not Phase.ENDED:
        return CallEnded(later.info(leg), leg.ended_at or later.call.ended_at or now, now)
    if phase is Phase.CONNECTED and shown is not Phase.CONNECTED:
        return CallAnswered(later.info(leg), leg.answered_at or now, now)
    if phase is Phase.RINGING and shown is Phase.UNSEEN:
        return CallRang(later.info(leg), leg.rang_at or now, now)
    if earlier is not None and was is not None and (info := later.info(leg)) != earlier.info(was):
        return CallUpdated(info, now, now)
    return None


def _disposed(before: Call | None, later: _View, now: datetime) -> list[Addressed]:
    if not later.call.dispositions:
        return []
    told = _told_of(before) if before is not None else {}
    return [
        Addressed(agent_id, CallDisposed(later.info(leg), now, now, label=d.name, notes=d.notes, by=d.by))
        for (agent_id, d), leg in _told_of(later.call).items()
        if (agent_id, d) not in told
    ]


def _told_of(call: Call) -> dict[tuple[str, PanelDisposition], Leg]:
    """Who hears of each panel disposition: the agents who talked; all who rang, where nobody did.

    An agent who is learned of after the disposition still hears of it.
    """
    legs = [leg for leg in call.legs if leg.answered] or list(call.legs)
    agents = {leg.agent.id: leg for leg in reversed(legs) if leg.agent.id}
    return {(agent_id, d): leg for d in call.dispositions for agent_id, leg in agents.items()}


def _person(leg: Leg, directory: Directory) -> Person | None:
    """The agent of a leg by roster, else by the provider's own name for them; None where neither is known."""
    return directory.agent(leg.agent) or (Person(None, leg.agent.name) if leg.agent.name else None)
