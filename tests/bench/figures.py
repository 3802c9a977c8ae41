"""What a benchmark prints: one JSON line of figures, beside its baseline and its goal where it has them."""

import json
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One measured figure. `goal` reads like "≥ 6×" or "≤ 24"; `met` is None where there is none."""

    what: str
    value: float
    unit: str
    baseline: float | None = None
    goal: str = ""

    @property
    def ratio(self) -> float | None:
        """The figure in units of its baseline."""
        return self.value / self.baseline if self.baseline else None

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached: a goal in × judges the ratio, any other the figure itself."""
        if not self.goal:
            return None
        relation, number = self.goal.split()[:2]
        bound = float(number.rstrip("×"))
        judged = self.ratio if "×" in number else self.value
        assert judged is not None, f"{self.what}: a goal in × needs a baseline"
        return judged >= bound if relation == "≥" else judged <= bound


def tell(figures: Sequence[Figure]) -> None:
    """Print the one line."""
    rows: list[dict[str, Any]] = [{**asdict(f), "ratio": f.ratio, "met": f.met} for f in figures]
    sys.stdout.write(json.dumps({"figures": rows}) + "\n")
    sys.stdout.flush()


def skip(why: str) -> None:
    """Say, in place of figures, why there are none."""
    sys.stdout.write(json.dumps({"skipped": why}) + "\n")
    sys.stdout.flush()


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that `percent` of all do not exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def waited(thread: str = "thread-self") -> float:
    """Seconds for which this thread, or that of a process id, could have run, but others had the processors.

    Only Linux tells; elsewhere measure on a machine that does nothing else.
    """
    told = Path("/proc", thread, "schedstat")
    return int(told.read_text(encoding="ascii").split()[1]) / 1e9 if told.exists() else 0.0


def open_many_files() -> None:
    """Let this process, and those that it starts, hold thousands of sockets."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
