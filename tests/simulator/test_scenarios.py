"""The named scripts, as the relay will understand them."""

from collections import Counter
from itertools import pairwise

import pytest

from cti_desktop.core.call import Call, EndReason
from cti_desktop.core.report import CallStatus
from cti_desktop.simulator.scenarios import AGENTS, ASHA, SCENARIOS, Stage
from tests.helpers.calls import NOON, after
from tests.helpers.samples import understood

STAGE = Stage(AGENTS, NOON, seed=3)


def calls(stage: Stage, scenario: str) -> dict[str, Call]:
    """What a relay joins from a script."""
    found: dict[str, Call] = {}
    for posted in SCENARIOS[scenario](stage):
        report = understood(posted.body).report
        if report is not None:
            assert posted.call_id == report.call_id
            found[report.call_id] = found.get(report.call_id, Call(report.call_id)).joined(report)
    return found


@pytest.mark.parametrize(
    ("scenario", "status", "reasons"),
    [
        ("incoming_answered", CallStatus.BRIDGED, [EndReason.HUNG_UP]),
        ("hunt_group", CallStatus.BRIDGED, [EndReason.MISSED, EndReason.HUNG_UP]),
        ("answered_elsewhere", CallStatus.BRIDGED, [EndReason.ANSWERED_ELSEWHERE, EndReason.HUNG_UP]),
        ("missed", CallStatus.MISSED, [EndReason.MISSED]),
        ("voicemail", CallStatus.VOICEMAIL, [EndReason.VOICEMAIL]),
        ("outgoing", CallStatus.BRIDGED, [EndReason.HUNG_UP]),
        ("transfer", CallStatus.BRIDGED, [EndReason.HUNG_UP, EndReason.HUNG_UP]),
        ("v1_incoming", CallStatus.BRIDGED, [EndReason.ANSWERED_ELSEWHERE, EndReason.HUNG_UP]),
        ("v1_missed", CallStatus.MISSED, [EndReason.MISSED]),
        ("disposition_in_panel", CallStatus.BRIDGED, [EndReason.HUNG_UP]),
    ],
)
def test_scenario(scenario: str, status: CallStatus, reasons: list[EndReason]) -> None:
    """One call, which is over, and each agent's part in it."""
    (call,) = calls(STAGE, scenario).values()
    assert (True, status, reasons) == (call.over, call.status, [call.reason(leg) for leg in call.legs])


def test_a_panel_disposition_is_told() -> None:
    """After everything else."""
    (call,) = calls(STAGE, "disposition_in_panel").values()
    assert [("Interested", "Asha Verma")] == [(d.name, d.by) for d in call.dispositions]


def test_whatsapp_is_no_call() -> None:
    """It pops nothing."""
    assert {} == calls(STAGE, "whatsapp")
    assert 1 == len(SCENARIOS["whatsapp"](STAGE))


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scripts_are_repeatable_and_in_order(scenario: str) -> None:
    """The same seed tells the same, another tells another; nothing is before the start."""
    script = SCENARIOS[scenario](STAGE)
    assert script == SCENARIOS[scenario](STAGE)
    assert script != SCENARIOS[scenario](Stage(AGENTS, NOON, seed=4))
    assert sorted(posted.at for posted in script) == [posted.at for posted in script]
    assert script[0].at >= NOON


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_one_agent_is_enough(scenario: str) -> None:
    """The parts of others fall to the last one there is."""
    assert SCENARIOS[scenario](Stage([ASHA], NOON))


def test_a_busy_day() -> None:
    """So many calls for each agent, every one of them over, in all sorts."""
    found = calls(Stage(AGENTS, NOON, seed=1, calls_per_agent=60), "busy_day")
    assert 120 == len(found)
    assert all(call.over for call in found.values())
    assert set(CallStatus) == {call.status for call in found.values()}
    assert Counter({"+919999911101": 60, "+919999911102": 60}) == Counter(
        leg.agent.phone for call in found.values() for leg in call.legs
    )


def test_an_agent_has_one_call_at_a_time() -> None:
    """Even on a busy day."""
    found = calls(Stage([ASHA], NOON, seed=1, calls_per_agent=20), "busy_day")
    spans = sorted((call.started_at or NOON, call.ended_at or NOON) for call in found.values())
    assert all(first[1] < second[0] for first, second in pairwise(spans))


def test_the_stage_counts_from_its_start() -> None:
    """Seconds, and the last agent stands in for those who are missing."""
    assert after(5) == STAGE.at(5)
    assert AGENTS[-1] == STAGE.agent(7)
