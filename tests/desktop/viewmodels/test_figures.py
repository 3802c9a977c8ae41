"""The figures of the day."""

from dataclasses import replace
from datetime import timedelta

from cti_desktop.core.call import EndReason
from cti_desktop.core.disposition import Disposition
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.viewmodels.figures import LONGEST_WRAP_UP, figures, of_today, wrap_up_time
from tests.helpers import situations as s


def saved(call_id: str, code: str, label: str, *, after: float = 30, via: str = "desktop") -> MyCall:
    """A conversation whose outcome was saved so many seconds after its end."""
    call = replace(s.disposed(call_id, label), disposed_via=via)
    assert call.ended_at is not None
    at = call.ended_at + timedelta(seconds=after)
    return replace(call, disposed_at=at, saved=Disposition(call_id, call_id, code, None, "", None, at))


def values(*calls: MyCall) -> dict[str, str]:
    """By name."""
    return {figure.name: figure.value for figure in figures(calls, s.CATALOGUE).figures}


def test_calls_and_times() -> None:
    """Missed ones count as calls; an outgoing one that nobody answered was not missed."""
    found = values(
        saved("a", "interested", "Interested"),
        saved("b", "resolved", "Resolved", after=45),
        s.closed("c"),
        s.outgoing(s.closed("d", EndReason.MISSED)),
    )
    assert {"Calls": "4", "Missed": "1", "Talk time": "04:52", "Wrap-up": "01:15"} == found


def test_a_long_break_is_no_wrap_up() -> None:
    """Nor is what the provider's panel recorded, or a clock that was set."""
    assert LONGEST_WRAP_UP == wrap_up_time(saved("a", "resolved", "Resolved", after=7200))
    assert timedelta() == wrap_up_time(saved("a", "resolved", "Resolved", via="provider"))
    assert timedelta() == wrap_up_time(saved("a", "resolved", "Resolved", after=-5))
    assert timedelta() == wrap_up_time(s.wrap_up())


def test_outcomes_by_how_often() -> None:
    """Whatever the reason below them; what was recorded elsewhere has its words only."""
    calls = [
        saved("a", "not_interested", "Not Interested · Price"),
        saved("b", "not_interested", "Not Interested · Timing"),
        saved("c", "interested", "Interested"),
        s.disposed("d", "Sold in the panel"),
    ]
    bars = figures(calls, s.CATALOGUE).bars
    expected = [("Not Interested", 2), ("Interested", 1), ("Sold in the panel", 1)]
    assert expected == [(bar.label, bar.count) for bar in bars]
    assert 1 == sum(bar.share for bar in bars)
    assert "#dc2626" == bars[0].color


def test_many_outcomes_end_in_the_rest() -> None:
    """Five parts can be told apart."""
    calls = [
        saved(f"{n}{m}", code.code, code.label)
        for n, code in enumerate(s.CATALOGUE.codes[:7])
        for m in range(9 - n)
    ]
    bars = figures(calls, s.CATALOGUE).bars
    assert 5 == len(bars)
    assert ("Others", 5 + 4 + 3) == (bars[-1].label, bars[-1].count)


def test_a_day_begins_at_the_agents_midnight() -> None:
    """Not at Greenwich's."""
    late = replace(s.disposed("a"), rang_at=s.NOW.replace(hour=18, minute=31) - timedelta(days=1))
    before = replace(late, info=s.info("b"), rang_at=s.NOW.replace(hour=18, minute=29) - timedelta(days=1))
    assert [late] == of_today([before, late], s.NOW, s.ZONE)


def test_all_of_it_is_spoken() -> None:
    """For whom the chart says nothing."""
    spoken = figures([saved("a", "resolved", "Resolved")], s.CATALOGUE).spoken
    assert "Calls: 1, Missed: 0, Talk time: 02:26, Wrap-up: 00:30, Resolved 1" == spoken
