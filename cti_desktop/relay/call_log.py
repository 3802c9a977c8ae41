"""From rows of the provider's call log to reports of calls that no webhook told of. Pure.

The log doesn't say the webhooks' call ids: a logged call is known by customer and time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cti_desktop.core.numbers import to_e164
from cti_desktop.core.people import AgentRef
from cti_desktop.core.report import RECOVERED, CallReport, CallStatus, Direction, LegReport, Unanswered

# Logged times are of the call's beginning, rounded, and by another clock than the webhooks'.
NEAR: Final = timedelta(seconds=90)
_MILLISECONDS: Final = 10**11


def report_of(row: Mapping[str, Any], region: str) -> CallReport | None:
    """The call of a row; None for a row without a time or a customer's number."""
    start = _moment(row.get("start_time"))
    number = to_e164(_text(row.get("caller_number_raw")), region) or to_e164(
        _text(row.get("caller_number")), region
    )
    if start is None or number is None:
        return None
    end = _moment(row.get("end_time"))
    connected = _text(row.get("status")) == "1"
    details = row.get("log_details")
    details = details if isinstance(details, list) else []
    legs = tuple(leg for index, detail in enumerate(details) for leg in _legs(detail, index, start, end))
    seed = f"{number} {int(start.timestamp())}"
    return CallReport(
        call_id=RECOVERED + hashlib.sha256(seed.encode()).hexdigest()[:20],
        order=0,
        at=start,
        direction=Direction.OUTGOING if _text(row.get("event")) == "2" else Direction.INCOMING,
        caller_number=number,
        queue=_text(row.get("department_name")) or None,
        started_at=start,
        ended_at=end or start,
        status=CallStatus.BRIDGED if connected else CallStatus.MISSED,
        over=True,
        recording=_text(row.get("filename")) or None if connected else None,
        legs=legs,
    )


def _legs(detail: object, index: int, start: datetime, end: datetime | None) -> list[LegReport]:
    if not isinstance(detail, Mapping):
        return []
    received = _text(detail.get("action")) == "received" or _text(detail.get("_ds")).upper() == "ANSWER"
    rang, ended = _moment(detail.get("start_time")) or start, _moment(detail.get("end_time")) or end
    people = detail.get("received_by")
    people = people if isinstance(people, list) else []
    return [
        LegReport(
            key=f"log-{index}-{place}",
            agent=_agent(person),
            rang_at=rang,
            answered=received,
            answered_at=rang if received else None,
            unanswered=None if received else Unanswered.NO_ANSWER,
            ended_at=ended,
            talk_seconds=_seconds(_text(detail.get("duration"))) if received else None,
        )
        for place, person in enumerate(people)
        if isinstance(person, Mapping)
    ]


def _agent(person: Mapping[str, Any]) -> AgentRef:
    return AgentRef(
        phone=to_e164(_text(person.get("_nr") or person.get("contact_number"))),
        email=_text(person.get("email")) or None,
        extension=_text(person.get("extension")) or None,
        name=_text(person.get("name")) or None,
    )


def _moment(value: object) -> datetime | None:
    text = _text(value)
    if not text.isdecimal() or not int(text):
        return None
    seconds = int(text) / 1000 if int(text) > _MILLISECONDS else int(text)
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _seconds(text: str) -> int | None:
    """`00:02:31`, or plain seconds."""
    parts = text.split(":")
    if not all(part.isdecimal() for part in parts):
        return None
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return seconds


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
