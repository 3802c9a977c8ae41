"""MyOperator's "Calling Webhooks" (first generation): Incall, After Call and Disposition, as reports.

Incall lists phones, After Call lists agents: a leg's key is the agent's number. Both name the call's `uid`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Final

from cti_desktop.core.people import AgentRef
from cti_desktop.core.report import CallReport, CallStatus, Direction, LegReport, RingSet, Unanswered
from cti_desktop.providers import fields
from cti_desktop.providers.contract import ProviderSettings
from cti_desktop.providers.dispositions import panel_dispositions
from cti_desktop.providers.regions import region_of

Body = Mapping[str, object]


class Kind(Enum):
    """Which of the three webhooks it was."""

    INCALL = "incall"
    AFTER_CALL = "after_call"
    DISPOSITION = "disposition"


_RINGING: Final = 0
_ANSWERED: Final = 1
_INCALL_ORDER: Final = {_RINGING: 10, _ANSWERED: 20}
_UPDATE_ORDER: Final = 15
_LOG_ORDER: Final = 30

_DIRECTIONS: Final = {1: Direction.INCOMING, 2: Direction.OUTGOING}
_STATUSES: Final = {1: CallStatus.BRIDGED, 2: CallStatus.MISSED, 3: CallStatus.VOICEMAIL}
_DIALS: Final = {
    "NOANSWER": Unanswered.NO_ANSWER,
    "CANCEL": Unanswered.CANCELLED,
    "BUSY": Unanswered.BUSY,
}
# Stamped when a body is sent, so a redelivery may carry other values.
_SEND_TIME_FIELDS: Final = frozenset({"timestamp", "sent_at"})


def kind_of(body: Body) -> Kind | None:
    """The webhook that sends such a body; None when it isn't of this generation."""
    if "_dsp" in body:
        return Kind.DISPOSITION
    if "_ai" in body or "_pm" in body or "_ld" in body:
        return Kind.AFTER_CALL
    return Kind.INCALL if "uid" in body else None


def call_id_of(body: Body) -> str | None:
    """The call that a body is about. A log without `uid` goes by its own id, which no `uid` looks like."""
    if uid := fields.identifier(body.get("uid")):
        return uid
    pairs = {str(pair.get("ky")): pair.get("vl") for pair in fields.objects(body.get("_pm"))}
    log_id = fields.identifier(body.get("_ai"))
    return fields.identifier(pairs.get("ui")) or (f"log:{log_id}" if log_id else None)


def dedupe_key(kind: Kind, body: Body) -> str:
    """Equal for redeliveries only: merging two deliveries would lose one, splitting one costs nothing."""
    lasting = {name: value for name, value in body.items() if name not in _SEND_TIME_FIELDS}
    company = fields.first_text(body.get("company_id"), body.get("_ci"))
    state, event = fields.text(body.get("call_state")), fields.text(body.get("event"))
    return fields.key_of("v1", company, kind.value, call_id_of(body), state, event, fields.digest(lasting))


def report_of(kind: Kind, body: Body, settings: ProviderSettings) -> CallReport | None:
    """What `body` claims; None when it doesn't say of which call."""
    call_id = call_id_of(body)
    if call_id is None:
        return None
    return _incall(call_id, body, settings) if kind is Kind.INCALL else _log(call_id, body, settings)


def _incall(call_id: str, body: Body, settings: ProviderSettings) -> CallReport:
    state = fields.integer(body.get("call_state"))
    began = fields.moment(body.get("call_time"), settings.zone)
    at = fields.moment(body.get("created"), settings.zone) or began
    phones = _phones(body.get("users"), settings.region)
    answered_by_one = state == _ANSWERED and len(phones) == 1
    from_us = fields.first_text(body.get("client_ref_id"), body.get("job_id"))
    return CallReport(
        call_id=call_id,
        order=_INCALL_ORDER.get(state, _UPDATE_ORDER) if state is not None else _UPDATE_ORDER,
        at=at,
        direction=Direction.OUTGOING if from_us else None,
        caller_number=fields.first_number(settings.region, body.get("clid_raw"), body.get("clid")),
        did=fields.number(body.get("rdnis"), settings.region),
        started_at=began,
        legs=_incall_legs(state, phones, at),
        ringing=RingSet(at, phones) if state == _RINGING and at and phones else None,
        by_phone=True,
        answered_by_someone_at=at if state == _ANSWERED and not answered_by_one else None,
    )


def _incall_legs(state: int | None, phones: frozenset[str], at: datetime | None) -> tuple[LegReport, ...]:
    if state == _RINGING:
        return tuple(LegReport(p, AgentRef(phone=p), rang_at=at) for p in sorted(phones))
    if state == _ANSWERED and len(phones) == 1:
        return tuple(LegReport(p, AgentRef(phone=p), answered=True, answered_at=at) for p in phones)
    return ()


def _phones(users: object, region: str) -> frozenset[str]:
    """The agents' numbers, from a list, one number, or several in one string."""
    written = fields.entries(users.split(",") if isinstance(users, str) else users)
    return frozenset(phone for user in written if (phone := fields.number(user, region)))


def _log(call_id: str, body: Body, settings: ProviderSettings) -> CallReport:
    """After Call and Disposition: the finished call's log."""
    region, zone = settings.region, settings.zone
    direction = _DIRECTIONS.get(fields.integer(body.get("_ev")) or 0)
    status = _STATUSES.get(fields.integer(body.get("_su")) or 0)
    legs = fields.objects(body.get("_ld"))
    return CallReport(
        call_id=call_id,
        order=_LOG_ORDER,
        at=fields.moment(body.get("_ts"), zone),
        direction=direction,
        caller_number=fields.first_number(region, body.get("_cl"), body.get("_cr")),
        region=region_of(body.get("_se")),
        did=fields.first_number(region, *(leg.get("_did") for leg in legs)),
        queue=fields.text(body.get("_dn")),
        started_at=fields.moment(body.get("_st"), zone),
        ended_at=fields.moment(body.get("_et"), zone),
        status=status,
        over=True,
        recording=fields.text(body.get("_fn")),
        legs=tuple(report for leg in legs if (report := _leg(leg, settings))),
        by_phone=True,
        customer_answered=status is CallStatus.BRIDGED
        if status and direction is Direction.OUTGOING
        else None,
        dispositions=panel_dispositions(body.get("_dsp")),
    )


def _leg(leg: Body, settings: ProviderSettings) -> LegReport | None:
    """One entry of `_ld`; an agent who was rung twice has two, of one key. None when it names nobody."""
    agent = _agent(leg.get("_rr"), settings.region)
    key = _leg_key(agent)
    if key is None:
        return None
    dialled = (fields.text(leg.get("_ds")) or "").upper()
    outcome = (fields.text(leg.get("_ac")) or "").lower()
    answered = outcome == "received" or dialled == "ANSWER"
    began = fields.moment(leg.get("_st"), settings.zone)
    # Unlike `_st`, which no wrong zone can shift; but of an answered leg, that is when it was answered.
    rang_at = fields.moment(leg.get("_rst"), settings.zone)
    missed = Unanswered.NO_ANSWER if outcome == "missed" else None
    return LegReport(
        key=key,
        agent=agent,
        rang_at=rang_at if answered else began or rang_at,
        answered=answered,
        answered_at=began if answered else None,
        unanswered=None if answered else _DIALS.get(dialled, missed),
        ended_at=fields.moment(leg.get("_et"), settings.zone),
        talk_seconds=fields.seconds(leg.get("_dr")) if answered else None,
    )


def _agent(receivers: object, region: str) -> AgentRef:
    who = next(iter(fields.objects(receivers)), {})
    return AgentRef(
        phone=fields.first_number(region, who.get("_nr"), who.get("_ct")),
        email=(fields.text(who.get("_em")) or "").lower() or None,
        extension=fields.text(who.get("_ex")),
        provider_id=fields.identifier(who.get("_id")),
        name=fields.text(who.get("_na")),
    )


def _leg_key(agent: AgentRef) -> str | None:
    """The number, as Incall has nothing else; the prefixed rest can't be mistaken for one."""
    if agent.phone:
        return agent.phone
    if agent.extension:
        return f"ext:{agent.extension}"
    return f"id:{agent.provider_id}" if agent.provider_id else None
