"""Rows of the call log, read as reports."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cti_desktop.core.people import AgentRef
from cti_desktop.core.report import CallStatus, Direction, Unanswered, is_recovered
from cti_desktop.relay.call_log import report_of
from tests.helpers.vendor import logged

START = 1_785_574_800


def test_a_connected_call() -> None:
    """Who talked, from when to when, the recording."""
    report = report_of(logged(START), "IN")

    assert report is not None
    assert is_recovered(report.call_id)
    assert ("+919999900001", CallStatus.BRIDGED, True, "rec.mp3", "Sales", Direction.INCOMING) == (
        report.caller_number, report.status, report.over, report.recording, report.queue, report.direction,
    )  # fmt: skip
    (leg,) = report.legs
    assert (AgentRef(extension="11", name="Asha"), True, 31) == (leg.agent, leg.answered, leg.talk_seconds)
    assert leg.ended_at == datetime.fromtimestamp(START + 40, UTC)


def test_a_missed_call() -> None:
    """Nobody answered; no recording."""
    report = report_of(logged(START, connected=False), "IN")

    assert report is not None
    assert (CallStatus.MISSED, None) == (report.status, report.recording)
    assert [Unanswered.NO_ANSWER] == [leg.unanswered for leg in report.legs]


def test_the_same_row_is_the_same_call() -> None:
    """Looked at every night."""
    one, two, other = (report_of(logged(START + n), "IN") for n in (0, 0, 1))

    assert one is not None
    assert two is not None
    assert other is not None
    assert one.call_id == two.call_id != other.call_id


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"start_time": START},
        {"start_time": "x", "caller_number": "9999900001"},
        {"start_time": 0},
        {"caller_number": "1"},
    ],
)
def test_rows_that_tell_of_no_call(row: dict[str, Any]) -> None:
    """Without a time, or without a number that can be called."""
    assert report_of(row, "IN") is None


VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=9)
    | st.lists(st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2), max_size=2)
)


@given(st.dictionaries(st.sampled_from(sorted(logged(0))), VALUES), st.lists(VALUES, max_size=3))
def test_any_row_is_read_or_left_out(row: dict[str, Any], details: list[Any]) -> None:
    """Never an exception, whatever the API sends."""
    report_of({**logged(START), **row}, "IN")
    report_of({**logged(START), "log_details": details}, "IN")
