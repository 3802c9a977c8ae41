"""MyOperator's "Webhooks v2", one envelope for every event, as reports. A leg's key is its index."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from cti_desktop.core.people import AgentRef
from cti_desktop.core.report import CallReport, CallStatus, Direction, LegReport, PanelDisposition, Unanswered
from cti_desktop.providers import fields
from cti_desktop.providers.contract import ProviderSettings
from cti_desktop.providers.dispositions import panel_dispositions
from cti_desktop.providers.regions import region_of

Body = Mapping[str, object]

ANSWERED: Final = "call.answered"
DISPOSITION: Final = "call.disposition"
_FINAL: Final = frozenset({"call.end", "call.summary"})
CALL_EVENTS: Final = frozenset({"call.initiated", "call.dial_begin", ANSWERED, DISPOSITION}) | _FINAL
# Stored and answered, but no business of the screen pop.
OTHER_CHANNELS: Final = ("message.", "conversation.")

# Events without a sequence (dispositions) are recorded after all others.
_LAST: Final = 1000
_STATUSES: Final = {
    "bridged": CallStatus.BRIDGED,
    "connected": CallStatus.BRIDGED,
    "missed": CallStatus.MISSED,
    "voicemail": CallStatus.VOICEMAIL,
}
_DIALS: Final = {"BUSY": Unanswered.BUSY, "CANCEL": Unanswered.CANCELLED}


def event_type_of(body: Body) -> str | None:
    """The event's name; both names of the disposition event give the one. None when the body isn't v2."""
    name = (fields.text(body.get("event_type"), limit=60) or "").lower()
    return DISPOSITION if name == "disposition" else name or None


def dedupe_key(body: Body) -> str:
    """The event's own id, or its digest. `timestamp` is a send time, so a retry may change it."""
    company = fields.text(body.get("company_id"))
    if event_id := fields.identifier(body.get("event_id")):
        return fields.key_of("v2", company, event_id)
    lasting = {name: value for name, value in body.items() if name != "timestamp"}
    return fields.key_of("v2", company, "body", fields.digest(lasting))


def report_of(event_type: str, body: Body, settings: ProviderSettings) -> CallReport | None:
    """What a call event claims; None when it doesn't say of which call.

    An answer that names nobody is somebody's, except where a leg is told as reached, which is no answer.
    """
    payload = fields.mapping(body.get("payload"))
    call_id = fields.identifier(body.get("session_id")) or fields.identifier(payload.get("id"))
    if call_id is None:
        return None
    sequence = fields.integer(body.get("event_sequence"))
    sent_at = fields.moment(body.get("timestamp"), UTC)
    direction = _direction(body, payload)
    status = _STATUSES.get(fields.word(payload.get("status")))
    legs = fields.objects(payload.get("legs"))
    agents = tuple(
        _leg(place, leg, settings)
        for place, leg in enumerate(legs)
        if fields.word(leg.get("type")) == "agent"
    )
    nobody_named = event_type == ANSWERED and not any(map(_is_reached, legs))
    return CallReport(
        call_id=call_id,
        order=_LAST if sequence is None else sequence,
        at=sent_at,
        direction=direction,
        caller_number=fields.first_number(
            settings.region, payload.get("customer_number"), body.get("customer_identifier")
        ),
        region=region_of(payload.get("location")),
        did=fields.first_number(settings.region, payload.get("did"), body.get("system_identifier")),
        started_at=fields.moment(payload.get("started_at"), UTC),
        ended_at=fields.moment(payload.get("ended_at"), UTC),
        status=status,
        over=event_type in _FINAL or (event_type == DISPOSITION and status is not None),
        recording=fields.text(payload.get("recording_filename")),
        legs=agents,
        answered_by_someone_at=sent_at if nobody_named else None,
        customer_answered=_customer_answered(legs) if direction is Direction.OUTGOING else None,
        dispositions=_dispositions(body, payload),
    )


def _direction(body: Body, payload: Body) -> Direction | None:
    """Categories mislead (callbacks, campaigns): only a plain word or our click-to-call reference counts."""
    said = (fields.first_text(body.get("direction"), payload.get("direction")) or "").lower()
    category = fields.word(payload.get("category"))
    if said == "outgoing" or (category == "obd" and fields.text(payload.get("client_ref_id"))):
        return Direction.OUTGOING
    return Direction.INCOMING if "incoming" in (said, category) else None


def _is_reached(leg: Body) -> bool:
    """Whether an agent answered, or their phone is only known to be reached."""
    return fields.word(leg.get("type")) == "agent" and fields.word(leg.get("result")) in {
        "answered",
        "connected",
    }


def _customer_answered(legs: list[Body]) -> bool | None:
    """None where no customer's leg is told."""
    results = [fields.word(leg.get("result")) for leg in legs if fields.word(leg.get("type")) == "customer"]
    return "answered" in results if results else None


def _leg(place: int, leg: Body, settings: ProviderSettings) -> LegReport:
    """An agent's leg. `connected` means that the phone was reached: only `answered` is an answer."""
    agent = _agent(leg, settings)
    result = fields.word(leg.get("result"))
    answered, unanswered = result == "answered", _unanswered(result, leg)
    rang_at = fields.moment(leg.get("started_at"), UTC)
    return LegReport(
        key=_leg_key(place, leg, agent),
        agent=agent,
        queue=fields.text(fields.mapping(leg.get("department")).get("name")),
        rang_at=rang_at,
        answered=answered,
        answered_at=fields.moment(leg.get("answered_at"), UTC) if answered else None,
        unanswered=unanswered,
        ended_at=fields.moment(leg.get("ended_at"), UTC)
        or (_rang_until(rang_at, leg) if unanswered else None),
        talk_seconds=fields.seconds(leg.get("talk_duration")) if answered else None,
    )


def _unanswered(result: str, leg: Body) -> Unanswered | None:
    dialled = (fields.text(leg.get("dial_status")) or "").upper()
    return _DIALS.get(dialled, Unanswered.NO_ANSWER) if result == "not_answered" else None


def _rang_until(rang_at: datetime | None, leg: Body) -> datetime | None:
    rang_for = fields.seconds(leg.get("ring_duration"))
    return rang_at + timedelta(seconds=rang_for) if rang_at and rang_for is not None else None


def _leg_key(place: int, leg: Body, agent: AgentRef) -> str:
    """The leg's index; what else stays the same from event to event, where a body leaves it out."""
    index = fields.integer(leg.get("leg_index"))
    if index is not None:
        return str(index)
    return f"phone:{agent.phone}" if agent.phone else f"place:{place}"


def _agent(leg: Body, settings: ProviderSettings) -> AgentRef:
    who = fields.mapping(leg.get("agent"))
    if not who:  # so it is until the summary
        return AgentRef(fields.number(leg.get("phone_number"), settings.region))
    return AgentRef(
        phone=fields.first_number(settings.region, leg.get("phone_number"), who.get("contact")),
        email=(fields.text(who.get("email")) or "").lower() or None,
        extension=fields.text(who.get("extension")),
        provider_id=fields.identifier(who.get("uuid")),
        name=fields.text(who.get("name")),
    )


def _dispositions(body: Body, payload: Body) -> tuple[PanelDisposition, ...]:
    for place in (payload.get("dispositions"), payload.get("disposition"), body.get("disposition")):
        if place is not None and (found := panel_dispositions(place)):
            return found
    return ()
