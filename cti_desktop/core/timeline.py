"""From what a call was to what it is: the events that each agent's stream gets for the difference.

Owns the promise that a leg's events only go forward: never `CallRang` after `CallAnswered` or `CallEnded`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cti_desktop.core.call import Call, Leg, Phase
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
from cti_desktop.core.people import AgentRef, Person
from cti_desktop.core.report import PanelDisposition


class Directory(Protocol):
    """Who is who, as the relay knows it at this moment."""

    def agent(self, ref: AgentRef) -> Person | None:
        """The roster's agent meant by `ref` (with an id), or None if nobody is."""

    def caller(self, number: str | None, region: str | None) -> Caller:
        """What is known of a customer's number."""

    def did_label(self, did: str | None) -> str | None:
        """What the team calls one of its own numbers."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """An event for one agent's stream."""

    agent_id: str
    event: CallEvent


def changes(before: Call | None, after: Call, directory: Directory, now: datetime) -> list[Addressed]:
    """The events that take every agent of the call from `before` to `after`. `now` is the relay's clock."""
    earlier = before or Call(after.id)
    known = {leg.key: leg for leg in earlier.legs}
    found: list[Addressed] = []
    for leg in after.legs:
        agent = directory.agent(leg.agent)
        if agent is not None and agent.id is not None:
            was = known.get(leg.key)
            found.extend(
                Addressed(agent.id, e) for e in _leg_events(earlier, was, after, leg, directory, now)
            )
    return found + _disposed(earlier, after, directory, now)


def info_of(call: Call, leg: Leg, directory: Directory) -> CallInfo:
    """The call as the agent of `leg` may see it."""
    ended = call.phase(leg) is Phase.ENDED
    answerer = call.answerer(leg)
    people = (_person(other, directory) for other in call.legs)
    return CallInfo(
        call_id=call.id,
        leg=leg.key,
        direction=call.direction,
        caller=directory.caller(call.caller_number, call.region),
        did=call.did,
        did_label=directory.did_label(call.did),
        queue=leg.queue or call.queue,
        agents=tuple(dict.fromkeys(person for person in people if person is not None)),
        answered_by=_person(answerer, directory) if answerer and not leg.answered else None,
        reason=call.reason(leg) if ended else None,
        talk_seconds=leg.talk_seconds,
        recording=call.recording,
    )


def _leg_events(
    earlier: Call, was: Leg | None, after: Call, leg: Leg, directory: Directory, now: datetime
) -> Iterator[CallEvent]:
    shown = _shown_phase(earlier, was, directory)
    phase = max(shown, after.phase(leg))
    info = info_of(after, leg, directory)
    if phase is Phase.ENDED and shown is not Phase.ENDED:
        yield CallEnded(info, leg.ended_at or after.ended_at or now, now)
    elif phase is Phase.CONNECTED and shown is not Phase.CONNECTED:
        yield CallAnswered(info, leg.answered_at or now, now)
    elif phase is Phase.RINGING and shown is Phase.UNSEEN:
        yield CallRang(info, leg.rang_at or now, now)
    elif was is not None and info != info_of(earlier, was, directory):
        yield CallUpdated(info, now, now)


def _shown_phase(earlier: Call, was: Leg | None, directory: Directory) -> Phase:
    """What the leg's agent was told; nothing, where the leg could not be matched to anybody by then."""
    if was is None or directory.agent(was.agent) is None:
        return Phase.UNSEEN
    return earlier.phase(was)


def _disposed(earlier: Call, after: Call, directory: Directory, now: datetime) -> list[Addressed]:
    told = _told_of(earlier, directory)
    return [
        Addressed(
            agent_id,
            CallDisposed(info_of(after, leg, directory), now, now, label=d.name, notes=d.notes, by=d.by),
        )
        for (agent_id, d), leg in _told_of(after, directory).items()
        if (agent_id, d) not in told
    ]


def _told_of(call: Call, directory: Directory) -> dict[tuple[str, PanelDisposition], Leg]:
    """Who hears of each panel disposition: the agents who talked; all who rang, where nobody did.

    An agent who is learned of after the disposition still hears of it.
    """
    legs = [leg for leg in call.legs if leg.answered] or list(call.legs)
    agents = {a.id: leg for leg in reversed(legs) if (a := directory.agent(leg.agent)) is not None and a.id}
    return {(agent_id, d): leg for d in call.dispositions for agent_id, leg in agents.items()}


def _person(leg: Leg, directory: Directory) -> Person | None:
    """The agent of a leg by roster, else by the provider's own name for them; None where neither is known."""
    return directory.agent(leg.agent) or (Person(None, leg.agent.name) if leg.agent.name else None)
