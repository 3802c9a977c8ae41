"""How long today's rings took, hop by hop: provider to relay, relay to desktop, frame to painted card."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from cti_desktop.desktop.screen import Hops, LatencyFigures

# More than anybody's phone rings in a day; older ones give way.
KEPT: Final = 2000
_PENDING: Final = 64


@dataclass(frozen=True, slots=True)
class _Sample:
    to_relay: float
    to_desktop: float
    to_paint: float


class Latency:
    """Of live rings only: what was replayed came late for other reasons."""

    def __init__(self) -> None:
        """Nothing measured yet."""
        self._day: date | None = None
        self._samples: deque[_Sample] = deque(maxlen=KEPT)
        self._pending: dict[str, tuple[float, float, float]] = {}
        self._figures = LatencyFigures()

    def heard(self, call_id: str, at: datetime, received_at: datetime, now: datetime, ticks: float) -> None:
        """A call rang at `at`, the relay learned it at `received_at`, and its frame is here `now`.

        `ticks` is the same moment by `time.perf_counter`.
        """
        if now.astimezone().date() != self._day:
            self._day = now.astimezone().date()
            self._samples.clear()
            self._figures = LatencyFigures()
        while len(self._pending) >= _PENDING:  # their cards were never painted
            del self._pending[next(iter(self._pending))]
        to_relay = max(0.0, (received_at - at).total_seconds())
        to_desktop = max(0.0, (now - received_at).total_seconds())
        self._pending[call_id] = (to_relay, to_desktop, ticks)

    def painted(self, call_id: str, ticks: float) -> None:
        """The card of that call was painted; by `time.perf_counter`."""
        pending = self._pending.pop(call_id, None)
        if pending is None:
            return
        to_relay, to_desktop, heard = pending
        self._samples.append(_Sample(to_relay, to_desktop, max(0.0, ticks - heard)))
        self._figures = self._summed_up()

    @property
    def figures(self) -> LatencyFigures:
        """Today's."""
        return self._figures

    def _summed_up(self) -> LatencyFigures:
        return LatencyFigures(
            len(self._samples),
            to_relay=_hops([s.to_relay for s in self._samples]),
            to_desktop=_hops([s.to_desktop for s in self._samples]),
            to_paint=_hops([s.to_paint for s in self._samples]),
            whole=_hops([s.to_desktop + s.to_paint for s in self._samples]),
        )


def _hops(seconds: Sequence[float]) -> Hops:
    ranked = sorted(seconds)
    return Hops(_at(ranked, 50), _at(ranked, 95))


def _at(ranked: Sequence[float], percent: int) -> float:
    return ranked[min(len(ranked) - 1, len(ranked) * percent // 100)]
