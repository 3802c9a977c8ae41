"""MyOperator's first generation, sample by sample and field by field."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from cti_desktop.core.call import Call, EndReason
from cti_desktop.core.leg import Phase
from cti_desktop.core.people import AgentRef
from cti_desktop.core.report import (
    CallReport,
    CallStatus,
    Direction,
    LegReport,
    PanelDisposition,
    RingSet,
    Unanswered,
)
from cti_desktop.providers.contract import ProviderSettings
from cti_desktop.providers.myoperator_v1 import Kind, call_id_of, kind_of, report_of
from tests.helpers.samples import report, sample, sample_object, understood

UID = "n2.1795420949.2175190"
A, B = "+919999911101", "+919999911102"
ASHA = AgentRef(A, "asha@example.in", "10", "5cd40f6556f2f124", "Asha Verma")
RAVI = AgentRef(B, "ravi@example.in", "11", "5cd40f6556f2f125", "Ravi Nair")


def ist(clock: str) -> datetime:
    """20 November 2026 in India, as UTC."""
    return datetime.fromisoformat(f"2026-11-20T{clock}+05:30").astimezone(UTC)


def unix(seconds: int) -> datetime:
    """The sample logs' stamps."""
    return datetime.fromtimestamp(seconds, UTC)


RINGING = CallReport(
    UID,
    10,
    at=ist("14:05:56"),
    caller_number="+919999900001",
    started_at=ist("14:05:56"),
    legs=tuple(LegReport(p, AgentRef(phone=p), rang_at=ist("14:05:56")) for p in (A, B)),
    ringing=RingSet(ist("14:05:56"), frozenset({A, B})),
    by_phone=True,
)
ANSWERED = CallReport(
    UID,
    20,
    at=ist("14:06:08"),
    caller_number="+919999900001",
    started_at=ist("14:05:56"),
    legs=(LegReport(B, AgentRef(phone=B), answered=True, answered_at=ist("14:06:08")),),
    by_phone=True,
)
LOG = CallReport(
    UID,
    30,
    at=unix(1795421062),
    direction=Direction.INCOMING,
    caller_number="+919999900001",
    region="Delhi, India",
    did="+911161568087",
    queue="Sales",
    started_at=unix(1795420956),
    ended_at=unix(1795421061),
    status=CallStatus.BRIDGED,
    over=True,
    recording="e673ba2e1747cb32960b19275f459c18.mp3",
    legs=(
        LegReport(
            A,
            ASHA,
            rang_at=unix(1795420958),
            unanswered=Unanswered.NO_ANSWER,
            ended_at=unix(1795420966),
        ),
        LegReport(
            B,
            RAVI,
            rang_at=ist("14:06:06"),
            answered=True,
            answered_at=unix(1795420968),
            ended_at=unix(1795421061),
            talk_seconds=93,
        ),
    ),
    by_phone=True,
)
MISSED = CallReport(
    "n2.1795424000.2175999",
    30,
    at=unix(1795424032),
    direction=Direction.INCOMING,
    caller_number="+919999900007",
    region="Delhi, India",
    did="+911161568087",
    queue="Sales",
    started_at=unix(1795424000),
    ended_at=unix(1795424031),
    status=CallStatus.MISSED,
    over=True,
    legs=(
        LegReport(
            A,
            ASHA,
            rang_at=unix(1795424005),
            unanswered=Unanswered.NO_ANSWER,
            ended_at=unix(1795424030),
        ),
    ),
    by_phone=True,
)
DISPOSED = replace(LOG, dispositions=(PanelDisposition("Interested", "wants a demo on Friday", "Ravi Nair"),))


def incall(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    """The sample of a ringing call, with other fields; None takes one away."""
    body = sample_object("v1/incall_ringing.json") | changed
    return {name: value for name, value in body.items() if value is not None}


def log(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    """The sample of a finished call, likewise."""
    body = sample_object("v1/after_call_connected.json") | changed
    return {name: value for name, value in body.items() if value is not None}


def leg(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    """The answered leg of that log, with other fields."""
    return {**log()["_ld"][1], **changed}


# --- the samples --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("incall_ringing.json", "v1.incall", RINGING),
        ("incall_answered.json", "v1.incall", ANSWERED),
        ("after_call_connected.json", "v1.after_call", LOG),
        ("after_call_wrapped.json", "v1.after_call", LOG),
        ("after_call_legacy.form", "v1.after_call", LOG),
        ("after_call_missed.json", "v1.after_call", MISSED),
        ("disposition.json", "v1.disposition", DISPOSED),
    ],
)
def test_sample(name: str, kind: str, expected: CallReport) -> None:
    """Each sample means exactly this."""
    delivery = understood(sample(f"v1/{name}"))
    assert (kind, expected) == (delivery.kind, delivery.report)


def test_incall_and_log_tell_one_call() -> None:
    """`uid` is the log's `_pm` entry `ui`."""
    assert {UID} == {RINGING.call_id, ANSWERED.call_id, LOG.call_id}
    call = Call(UID).joined(RINGING).joined(ANSWERED).joined(LOG)
    assert [ASHA, RAVI] == [leg.agent for leg in call.legs]
    assert [EndReason.ANSWERED_ELSEWHERE, EndReason.HUNG_UP] == [call.reason(leg) for leg in call.legs]
    assert 93 == call.legs[1].talk_seconds


def test_a_colleague_answered_while_both_rang() -> None:
    """Known from the two live reports alone."""
    call = Call(UID).joined(RINGING).joined(ANSWERED)
    asha, ravi = call.legs
    assert (Phase.ENDED, EndReason.ANSWERED_ELSEWHERE) == (call.phase(asha), call.reason(asha))
    assert Phase.CONNECTED is call.phase(ravi)
    assert ravi == call.answerer(asha)


def test_the_log_alone_tells_that_the_hunt_moved_on() -> None:
    """The first phone was silent two seconds before the second was picked up."""
    call = Call(UID).joined(LOG)
    assert [EndReason.MISSED, EndReason.HUNG_UP] == [call.reason(leg) for leg in call.legs]


# --- kinds and ids ------------------------------------------------------------------------------------------


def test_kinds_are_told_by_their_fields() -> None:
    """All three may come to one URL, and any field may be customised away."""
    assert Kind.INCALL is kind_of({"uid": UID})
    assert Kind.AFTER_CALL is kind_of({"_ai": "6a1f"})
    assert Kind.AFTER_CALL is kind_of({"_pm": []})
    assert Kind.DISPOSITION is kind_of({"_ai": "6a1f", "_dsp": []})
    assert kind_of({"hello": "world"}) is None


def test_a_log_without_uid_goes_by_its_own_id() -> None:
    """It can't be joined, and mustn't be mistaken for another call."""
    assert "log:6a1f" == call_id_of({"_ai": "6a1f", "_pm": [{"ky": "is", "vl": "0"}]})
    assert "n2.1" == call_id_of({"_ai": "6a1f", "_pm": {"ky": "ui", "vl": "n2.1"}})
    assert call_id_of({"_pm": ["ui", None, {"ky": []}]}) is None


def test_a_body_of_no_call_has_no_report() -> None:
    """Whoever looks after the relay gets to see it."""
    assert report_of(Kind.AFTER_CALL, {"_ld": []}, ProviderSettings()) is None


# --- Incall -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["0", 0, " 0 ", 0.0])
def test_a_ringing_state_in_any_type(state: object) -> None:
    """String or number."""
    assert RINGING == report(incall(call_state=state))


@pytest.mark.parametrize("users", [[], ["919999911101", "919999911102"], ["unknown"], None])
def test_an_answer_that_names_not_exactly_one(users: object) -> None:
    """Somebody answered; who, is not said."""
    found = report(incall(call_state=1, created="2026-11-20 14:06:08", users=users))
    assert (20, ist("14:06:08"), ()) == (found.order, found.answered_by_someone_at, found.legs)
    assert found.ringing is None


@pytest.mark.parametrize("state", ["2", "-1", "ringing", {}, [], True, None])
def test_other_states_are_updates(state: object) -> None:
    """They claim nothing of anybody's part."""
    found = report(incall(call_state=state))
    assert (15, "+919999900001") == (found.order, found.caller_number)
    assert ((), None, None, False) == (found.legs, found.ringing, found.answered_by_someone_at, found.over)


@pytest.mark.parametrize(
    "users",
    [
        ["919999911101"],
        "919999911101",
        919999911101,
        [919999911101, None, {}],
        {"0": "919999911101"},
        "919999911101,",
        ["+91 99999 11101", "09999911101"],
    ],
)
def test_users_in_any_shape(users: object) -> None:
    """The numbers among them are the phones."""
    assert frozenset({A}) == getattr(report(incall(users=users)).ringing, "phones", None)


def test_a_ring_without_time_is_still_a_ring() -> None:
    """Legs are told; a set of ringing phones has to have a time."""
    found = report(incall(created=None, call_time=None))
    assert ([A, B], None, None) == ([leg.key for leg in found.legs], found.ringing, found.at)
    assert ist("14:05:56") == report(incall(created=None)).at


def test_direction_is_only_told_by_our_own_references() -> None:
    """`event` is documented in two ways; a click-to-call carries what we sent."""
    assert [None, None] == [report(incall(event=e)).direction for e in ("1", "2")]
    assert Direction.OUTGOING is report(incall(client_ref_id="lead-1")).direction
    assert Direction.OUTGOING is report(incall(job_id=991)).direction
    assert report(incall(client_ref_id="", job_id="")).direction is None


def test_the_caller_by_either_field() -> None:
    """`clid_raw` has the country code, `clid` may lack it."""
    assert "+919999900001" == report(incall(clid_raw="unknown")).caller_number
    assert "+919999900001" == report(incall(clid_raw=None, clid="+919999900001")).caller_number
    assert report(incall(clid_raw="anonymous", clid="")).caller_number is None


def test_the_number_dialled() -> None:
    """Often unknown."""
    assert "+918000000042" == report(incall(rdnis="918000000042")).did


def test_the_zone_of_local_times_is_a_setting() -> None:
    """The strings name none."""
    found = report(incall(), ProviderSettings(zone=UTC))
    assert datetime(2026, 11, 20, 14, 5, 56, tzinfo=UTC) == found.at


# --- After Call ---------------------------------------------------------------------------------------------


def test_numbers_may_be_strings() -> None:
    """As PHP likes it."""
    texts = {name: str(value) for name, value in log().items() if isinstance(value, int)}
    assert LOG == report(log(**texts))


@pytest.mark.parametrize(
    ("code", "expected"),
    [(1, CallStatus.BRIDGED), ("2", CallStatus.MISSED), (3, CallStatus.VOICEMAIL), (9, None), ("", None)],
)
def test_status(code: object, expected: CallStatus | None) -> None:
    """The call is over whatever the status says."""
    found = report(log(_su=code))
    assert (expected, True) == (found.status, found.over)


@pytest.mark.parametrize(("status", "answered"), [(1, True), (2, False), (None, None)])
def test_outgoing_log(status: int | None, answered: bool | None) -> None:
    """`_ev` 2; the customer answered if the call was connected."""
    found = report(log(_ev="2", _su=status))
    assert (Direction.OUTGOING, answered) == (found.direction, found.customer_answered)


def test_the_panels_url_is_not_trusted() -> None:
    """Only the file's name is taken."""
    assert LOG == report(log(_fu="javascript:alert(1)"))
    assert report(log(_fn="")).recording is None


@pytest.mark.parametrize(
    ("dialled", "outcome", "expected"),
    [
        ("NOANSWER", "missed", Unanswered.NO_ANSWER),
        ("CANCEL", "missed", Unanswered.CANCELLED),
        ("BUSY", "", Unanswered.BUSY),
        ("", "missed", Unanswered.NO_ANSWER),
        ("CHANUNAVAIL", "", None),
    ],
)
def test_unanswered_legs(dialled: str, outcome: str, expected: Unanswered | None) -> None:
    """By how the dialling ended; talk is of answered legs only."""
    found = report(log(_ld=[leg(_ds=dialled, _ac=outcome)])).legs[0]
    assert (False, None, expected, None) == (
        found.answered,
        found.answered_at,
        found.unanswered,
        found.talk_seconds,
    )


@pytest.mark.parametrize(("dialled", "outcome"), [("ANSWER", ""), ("", "received"), ("answer", None)])
def test_answered_legs(dialled: str, outcome: str | None) -> None:
    """Either field says so."""
    found = report(log(_ld=[leg(_ds=dialled, _ac=outcome)])).legs[0]
    assert (True, unix(1795420968), None, 93) == (
        found.answered,
        found.answered_at,
        found.unanswered,
        found.talk_seconds,
    )


@pytest.mark.parametrize(
    ("receiver", "expected"),
    [
        ({"_nr": "", "_ct": "9999911102"}, B),
        ({"_ex": "11"}, "ext:11"),
        ({"_ex": 11}, "ext:11"),
        ({"_id": "5cd4"}, "id:5cd4"),
    ],
)
def test_a_leg_is_known_by_the_best_there_is(receiver: object, expected: str) -> None:
    """The number, as in Incall; else what can't be mistaken for one."""
    assert [expected] == [leg.key for leg in report(log(_ld=[leg(_rr=[receiver])])).legs]
    assert [expected] == [leg.key for leg in report(log(_ld=[leg(_rr=receiver)])).legs]


@pytest.mark.parametrize("receivers", [[], None, "Ravi", [{}], [{"_na": "Ravi"}]])
def test_a_leg_of_nobody_is_left_out(receivers: object) -> None:
    """Nobody's stream could carry it."""
    assert () == report(log(_ld=[leg(_rr=receivers)])).legs


@pytest.mark.parametrize("legs", [[], None, "x", 5, {}, [None, "x", []], {"_rr": []}])
def test_legs_of_any_type(legs: object) -> None:
    """The rest of the log counts all the same."""
    found = report(log(_ld=legs))
    assert ((), CallStatus.BRIDGED) == (found.legs, found.status)


def test_two_legs_of_one_agent_join() -> None:
    """Rung twice, answered at last."""
    missed = leg(_rst="", _ds="NOANSWER", _ac="missed", _st=1795420958, _et=1795420966)
    call = Call(UID).joined(report(log(_ld=[missed, leg(_rst="")])))
    assert 1 == len(call.legs)
    assert (True, unix(1795420958), 93) == (
        call.legs[0].answered,
        call.legs[0].rang_at,
        call.legs[0].talk_seconds,
    )
    assert EndReason.HUNG_UP is call.reason(call.legs[0])


def test_shown_texts_are_safe() -> None:
    """Names, queues and places come from strangers."""
    who = {"_na": "Ra\u202evi\n", "_nr": B}
    found = report(log(_dn="Sa\x00les", _se="DL\u202e, IN", _ld=[leg(_rr=[who])]))
    assert ("Sales", "Delhi, India", "Ravi") == (found.queue, found.region, found.legs[0].agent.name)


# --- Disposition --------------------------------------------------------------------------------------------


def test_an_empty_disposition_is_a_log() -> None:
    """Nothing was recorded, yet the log is worth joining."""
    delivery = understood(log(_dsp=[]))
    assert ("v1.disposition", LOG) == (delivery.kind, delivery.report)


def test_a_disposition_as_plain_text() -> None:
    """Its fields are documented nowhere."""
    assert (PanelDisposition("Interested"),) == report(log(_dsp=["Interested"])).dispositions


# --- dedupe keys --------------------------------------------------------------------------------------------


def test_redeliveries_have_one_key() -> None:
    """The order of keys, the wrapping and the send time make no difference."""
    key = understood(log()).dedupe_key
    reordered = dict(reversed(log().items()))
    assert {key} == {
        understood(sample("v1/after_call_wrapped.json")).dedupe_key,
        understood(sample("v1/after_call_legacy.form")).dedupe_key,
        understood(reordered).dedupe_key,
        understood(log(timestamp="2026-11-20T08:40:00Z")).dedupe_key,
    }
    assert key.startswith(f"v1:5cd40f6554442586:after_call:{UID}:::")


def test_different_deliveries_have_different_keys() -> None:
    """Whatever the state or any other field says anew isn't a redelivery."""
    bodies = [
        incall(),
        incall(call_state="1"),
        incall(event="2"),
        incall(users=[]),
        incall(company_id="x"),
        log(),
    ]
    assert len(bodies) == len({understood(body).dedupe_key for body in bodies})
    assert understood(incall()).dedupe_key.startswith(f"v1:5cd40f6554442586:incall:{UID}:0:1:")


def test_keys_are_bounded() -> None:
    """Whatever a stranger sends as an id."""
    assert len(understood(incall(company_id="c" * 10_000, uid="u" * 10_000)).dedupe_key) < 250
