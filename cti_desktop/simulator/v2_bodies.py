"""MyOperator's second generation: the envelope of every event for a simulated call, with all its fields."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from cti_desktop.simulator.facts import COMPANY_V2, DEPARTMENT_ID, Body, Facts, SimAgent, SimLeg

_WITH_STATUS = frozenset({"call.end", "call.summary", "call.disposition"})


def event(facts: Facts, event_type: str, at: datetime) -> Body:
    """A call event of any type but the disposition, sent `at`."""
    facts.events += 1
    summary = event_type == "call.summary"
    return {
        "event_id": _event_id(facts),
        "company_id": COMPANY_V2,
        "event_type": event_type,
        "event_sequence": facts.events,
        "event_version": 1,
        "timestamp": _sent(at),
        "channel": "call",
        "direction": _direction(facts),
        "session_id": facts.id,
        "system_identifier": None if summary else facts.did,
        "customer_identifier": facts.caller or "",
        "payload": _payload(facts, event_type, at),
    }


def disposition(facts: Facts, name: str, remarks: str, agent: SimAgent, at: datetime) -> Body:
    """The disposition that `agent` added in the panel. It has no sequence and no legs."""
    body = event(facts, "call.disposition", at)
    del body["event_sequence"]
    payload = _payload(facts, "call.disposition", at)
    del payload["legs"]
    author = {"uuid": agent.provider_id, "name": agent.name}
    payload["dispositions"] = [{"name": name, "remarks": remarks, "added_by": author}]
    return {**body, "payload": payload}


def message(facts: Facts, text: str, at: datetime) -> Body:
    """A WhatsApp message from the customer: no call at all."""
    facts.events += 1
    return {
        "event_id": _event_id(facts),
        "company_id": COMPANY_V2,
        "event_type": "message.received",
        "event_sequence": facts.events,
        "event_version": 1,
        "timestamp": _sent(at),
        "channel": "whatsapp",
        "direction": "incoming",
        "session_id": f"wa-{facts.id}",
        "system_identifier": "690875100784871",
        "customer_identifier": facts.caller or "",
        "payload": {"text": text},
    }


def _payload(facts: Facts, event_type: str, at: datetime) -> Body:
    payload: Body = {
        "id": facts.id,
        "did": facts.did,
        "direction": _direction(facts),
        "category": "obd" if facts.outgoing else "incoming",
        "customer_number": facts.caller or "",
        "location": facts.location,
        "ref_id": str(UUID(int=facts.random.getrandbits(128), version=4)) if facts.outgoing else "",
        "client_ref_id": facts.client_ref_id,
        "obd_campaign": {"id": "6050805bcef7b782", "job_id": "991"} if facts.outgoing else None,
        "started_at": _iso(facts.began(at)),
    }
    if event_type in _WITH_STATUS:
        payload |= _outcome(facts, at)
    payload["legs"] = [_leg(leg, facts, complete=event_type == "call.summary") for leg in facts.legs]
    return payload | ({"comments": []} if event_type == "call.summary" else {})


def _outcome(facts: Facts, at: datetime) -> Body:
    ended_at = facts.ended_at or at
    return {
        "status": "bridged" if facts.bridged else "voicemail" if facts.voicemail else "missed",
        "ended_at": _iso(ended_at),
        "duration": int((ended_at - facts.began(at)).total_seconds()),
        "recording_filename": facts.recording,
        "billable": facts.bridged,
    }


def _leg(leg: SimLeg, facts: Facts, *, complete: bool) -> Body:
    """Agents are named, and their department is told, only when the leg is `complete`."""
    named = leg.agent if complete else None
    return {
        "leg_index": leg.index,
        "type": "agent" if leg.agent else "customer",
        "result": leg.result,
        "dial_status": leg.dial_status,
        "phone_number": leg.phone,
        "talk_duration": _talk_duration(leg, facts),
        "ring_duration": leg.ring_seconds if leg.agent else None,
        "started_at": _iso(leg.started_at),
        "answered_at": _iso(leg.answered_at) if leg.answered_at else None,
        "ended_at": _iso(leg.ended_at) if leg.ended_at else None,
        "pickup_device": "phone",
        "agent": _agent(named) if named else None,
        "department": {"id": DEPARTMENT_ID, "name": facts.queue} if named else None,
    }


def _talk_duration(leg: SimLeg, facts: Facts) -> int | None:
    """A customer who called is never `answered`, and talks from the first second to the last."""
    if leg.result == "connected" and leg.ended_at and facts.bridged:
        return int((leg.ended_at - leg.started_at).total_seconds())
    return leg.talk_seconds


def _agent(agent: SimAgent) -> Body:
    return {
        "uuid": agent.provider_id,
        "name": agent.name,
        "email": agent.email,
        "contact": agent.phone.removeprefix("+91"),
        "extension": agent.extension,
    }


def _direction(facts: Facts) -> str:
    return "outgoing" if facts.outgoing else "incoming"


def _event_id(facts: Facts) -> str:
    return str(UUID(int=facts.random.getrandbits(128), version=4))


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _sent(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
