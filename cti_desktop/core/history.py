"""What is remembered of a call once it is over: how it went, with whom, and who owes its outcome. Pure."""

from __future__ import annotations

from datetime import datetime

from cti_desktop.core.call import Call, EndReason
from cti_desktop.core.events import Interaction, Result
from cti_desktop.core.leg import Leg, Phase
from cti_desktop.core.people import Person
from cti_desktop.core.report import CallStatus
from cti_desktop.core.timeline import Directory


def is_over(call: Call) -> bool:
    """Whether nobody rings or talks any more, as far as was reported."""
    return call.over or (bool(call.legs) and all(call.phase(leg) is Phase.ENDED for leg in call.legs))


def interaction_of(call: Call, directory: Directory, now: datetime) -> Interaction:
    """The call as later cards of the same customer tell of it; a panel's disposition included."""
    talked = talking_legs(call)
    leg = talked[-1] if talked else None
    panel = call.dispositions[-1] if call.dispositions else None
    return Interaction(
        call_id=call.id,
        at=began_at(call) or now,
        direction=call.direction,
        result=_result(call, talked=bool(talked)),
        agent=(directory.agent(leg.agent) or _named(leg)) if leg else None,
        talk_seconds=leg.talk_seconds if leg else None,
        outcome=panel.name if panel else "",
        notes=panel.notes if panel else "",
    )


def debtors(call: Call, directory: Directory) -> list[tuple[Person, datetime | None, bool]]:
    """The roster's agents who talked and are done: each with the end, and whether it was reported at all."""
    found: dict[str, tuple[Person, datetime | None, bool]] = {}
    for leg in talking_legs(call):
        agent = directory.agent(leg.agent)
        if agent is not None and agent.id and call.phase(leg) is Phase.ENDED:
            known = call.reason(leg) is EndReason.HUNG_UP
            found[agent.id] = (agent, leg.ended_at or call.ended_at or leg.answered_at, known)
    return list(found.values())


def talking_legs(call: Call) -> list[Leg]:
    """The parts in which somebody talked with the customer, by time."""
    talked = [leg for leg in call.legs if call.talked(leg)]
    return sorted(talked, key=lambda leg: (leg.answered_at.timestamp() if leg.answered_at else 0.0, leg.key))


def began_at(call: Call) -> datetime | None:
    """When the call began; None where no report says."""
    rang = min((leg.rang_at for leg in call.legs if leg.rang_at), default=None)
    return (
        call.started_at
        or rang
        or min((leg.answered_at for leg in call.legs if leg.answered_at), default=None)
    )


def _result(call: Call, *, talked: bool) -> Result:
    if talked:
        return Result.TALKED
    if call.status is CallStatus.VOICEMAIL:
        return Result.VOICEMAIL
    return Result.UNKNOWN if call.given_up and not call.over else Result.MISSED


def _named(leg: Leg) -> Person | None:
    return Person(None, leg.agent.name) if leg.agent.name else None
