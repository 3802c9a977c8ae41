"""First-generation bodies: the samples' fields, and the meaning that was put in."""

from datetime import datetime

import pytest

from cti_desktop.core.report import CallStatus, Direction
from cti_desktop.providers.contract import INDIA
from cti_desktop.simulator.calls import SimulatedCall
from cti_desktop.simulator.scenarios import ASHA, RAVI
from tests.helpers.calls import after
from tests.helpers.samples import report, sample_object
from tests.helpers.shapes import shape

CUSTOMER = "+919999900001"


def finished(client_ref_id: str = "") -> SimulatedCall:
    """Ravi took it, Asha's phone rang too."""
    call = SimulatedCall("v1", caller=CUSTOMER, client_ref_id=client_ref_id)
    call.ring([ASHA, RAVI], after(0))
    call.answer(RAVI, after(12))
    return call


def test_incall_has_the_samples_fields() -> None:
    """Names, nesting and types, for both states."""
    call = SimulatedCall("v1", caller=CUSTOMER)
    (ringing,), (answered,) = call.ring([ASHA, RAVI], after(0)), call.answer(RAVI, after(12))
    assert shape(sample_object("v1/incall_ringing.json")) == shape(ringing.body)
    assert shape(sample_object("v1/incall_answered.json")) == shape(answered.body)
    assert [["919999911101", "919999911102"], ["919999911102"]] == [
        ringing.body["users"],
        answered.body["users"],
    ]


def test_after_call_has_the_samples_fields() -> None:
    """A conversation's and a missed call's, save the comments that nobody makes here."""
    (log,) = finished().hang_up(after(105))
    sample = sample_object("v1/after_call_connected.json")
    assert shape(sample | {"_cn": []}) == shape(log.body)
    call = SimulatedCall("v1", caller=CUSTOMER)
    call.ring(ASHA, after(0))
    (log,) = call.hang_up(after(31))
    assert shape(sample_object("v1/after_call_missed.json")) == shape(log.body)


def test_disposition_is_the_log_again() -> None:
    """The same log id, and the disposition beside it."""
    call = finished()
    (log,) = call.hang_up(after(105))
    (disposed,) = call.disposition("Interested", "on Friday", RAVI, after(130))
    assert log.body["_ai"] == disposed.body["_ai"]
    assert shape(sample_object("v1/disposition.json") | {"_cn": []}) == shape(disposed.body)


def test_times_are_told_as_myoperator_does() -> None:
    """Local strings in India's time, unix stamps elsewhere, durations as clocks."""
    (log,) = finished().hang_up(after(105))
    start = after(0)
    assert start.astimezone(INDIA).strftime("%Y-%m-%d %H:%M:%S") == log.body["_ld"][0]["_rst"]  # type: ignore[index]
    assert (int(start.timestamp()), "00:01:45", 1.75) == (log.body["_st"], log.body["_dr"], log.body["_drm"])
    assert start == datetime.fromtimestamp(1795176000, start.tzinfo)
    assert 63000 == log.body["_ss"]


def test_what_was_put_in_comes_out() -> None:
    """Read as the relay reads it."""
    (log,) = finished(client_ref_id="crm-lead-4711").hang_up(after(105))
    found = report(log.body)
    assert (Direction.OUTGOING, CUSTOMER, "Delhi, India", "+918000000042") == (
        found.direction,
        found.caller_number,
        found.region,
        found.did,
    )


@pytest.mark.parametrize(
    ("voicemail", "expected"), [(True, CallStatus.VOICEMAIL), (False, CallStatus.MISSED)]
)
def test_status_of_calls_that_nobody_answered(voicemail: bool, expected: CallStatus) -> None:
    """Voice mail or nothing."""
    call = SimulatedCall("v1", caller=None)
    call.ring(ASHA, after(0))
    if voicemail:
        call.voicemail(after(20))
    (log,) = call.hang_up(after(50))
    found = report(log.body)
    assert (expected, None) == (found.status, found.caller_number)
