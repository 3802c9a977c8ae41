"""MyOperator's first generation: the bodies of Incall, After Call and Disposition for a simulated call."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from cti_desktop.providers.contract import INDIA
from cti_desktop.simulator.facts import COMPANY_V1, DEPARTMENT_ID, Body, Facts, SimAgent, SimLeg

_RINGING = "0"


def incall(facts: Facts, state: str, users: Iterable[SimAgent], at: datetime) -> Body:
    """The state of a live call: `0` while `users` ring, `1` when one of them has answered."""
    return {
        "id": facts.hex_id(),
        "uid": facts.id,
        "reference_id": facts.hex_id(32),
        "company_id": COMPANY_V1,
        "clid_raw": _digits(facts.caller),
        "clid": _national(facts.caller),
        "rdnis": "unknown",
        "call_state": state,
        "event": "1" if state == _RINGING else "2",
        "status": None,
        "users": [_digits(user.phone) for user in users],
        "created": _local(at),
        "call_time": _local(facts.began(at)),
        "public_ivr_id": "5ee9a795b318a786",
        "client_ref_id": facts.client_ref_id,
        "job_id": None,
    }


def after_call(facts: Facts, at: datetime) -> Body:
    """The log of a call that is over, logged `at`."""
    start, end = facts.began(at), facts.ended_at or at
    facts.log_id = facts.log_id or facts.hex_id()
    talkers = [leg for leg in facts.legs if leg.agent and leg.answered_at]
    return {
        "_ai": facts.log_id,
        "_so": "1",
        "_ci": COMPANY_V1,
        "_cr": _national(facts.caller),
        "_cm": "",
        "_cl": facts.caller or "",
        "_cy": "91",
        "_se": facts.location,
        "_ts": _unix(at),
        "_st": _unix(start),
        "_ms": _unix(start) * 1000,
        "_ss": _seconds_of_day(start),
        "_et": _unix(end),
        "_dr": _clock(_unix(end) - _unix(start)),
        "_drm": round((_unix(end) - _unix(start)) / 60, 2),
        "_ty": 1,
        "_ev": 2 if facts.outgoing else 1,
        "_fn": facts.recording,
        "_fu": f"https:\\/\\/app.example.invalid\\/audio\\/{facts.recording}" if facts.recording else "",
        "_ns": "0",
        "_su": _status(facts),
        "_dn": facts.queue,
        "_di": DEPARTMENT_ID,
        "_pm": [{"ky": "ui", "vl": facts.id}, {"ky": "is", "vl": "0"}, {"ky": "vt", "vl": "2"}],
        "_cn": [],
        "_ld": [_leg(leg, leg.agent, facts.did) for leg in facts.legs if leg.agent],
        "_an": 0,
        "_us": [{"ky": leg.agent.provider_id, "vl": "received"} for leg in talkers if leg.agent],
        "_tc": [{"ye": leg.agent.provider_id, "yf": leg.talk_seconds} for leg in talkers if leg.agent],
        "_ri": "",
        "_ji": "",
        "_ivid": "",
        "_cri": facts.client_ref_id,
    }


def disposition(facts: Facts, name: str, remarks: str, agent: SimAgent, at: datetime) -> Body:
    """The log again, with the disposition that `agent` added in the panel `at`."""
    entry = {"name": name, "remarks": remarks, "added_by": agent.name, "added_at": _unix(at)}
    return {**after_call(facts, facts.ended_at or at), "_dsp": [entry]}


def _status(facts: Facts) -> int:
    if facts.bridged:
        return 1
    return 3 if facts.voicemail else 2


def _leg(leg: SimLeg, agent: SimAgent, did: str) -> Body:
    start, end = leg.answered_at or leg.started_at, leg.ended_at or leg.started_at
    return {
        "_rst": _local(leg.started_at),
        "_ds": leg.dial_status or "NOANSWER",
        "_did": _national(did),
        "_rr": [
            {
                "_id": agent.provider_id,
                "_na": agent.name,
                "_em": agent.email,
                "_ex": agent.extension,
                "_ct": _national(agent.phone),
                "_nr": agent.phone,
            }
        ],
        "_tt": [],
        "_su": "1" if leg.answered_at else "2",
        "_st": _unix(start),
        "_et": _unix(end),
        "_dr": _clock(_unix(end) - _unix(start)),
        "_ac": "received" if leg.answered_at else "missed",
    }


def _digits(number: str | None) -> str:
    return number.removeprefix("+") if number else "anonymous"


def _national(number: str | None) -> str:
    return number.removeprefix("+91") if number else ""


def _local(at: datetime) -> str:
    return at.astimezone(INDIA).strftime("%Y-%m-%d %H:%M:%S")


def _unix(at: datetime) -> int:
    return int(at.timestamp())


def _seconds_of_day(at: datetime) -> int:
    local = at.astimezone(INDIA)
    return local.hour * 3600 + local.minute * 60 + local.second


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
