"""Deliveries that were turned away: counted, and the first after a change of secrets is cried out at once.

A provider that still sends the old secret tells nobody but us, and then forgets the calls.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

_log: Final = logging.getLogger(__name__)

Secrets = tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """How many deliveries of a source carried none of its secrets, and when the last one came."""

    count: int
    last_at: datetime


class TurnedAway:
    """`counted` is by source since it was last taken; `since_rotation` since the secrets changed."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.counted: dict[str, Refused] = {}
        self._clock = clock
        self.since_rotation: Counter[str] = Counter()
        self._secrets: dict[str, Secrets] = {}
        self._strangers: set[tuple[str, str]] = set()

    def wrong_secret(self, source: str, active: Secrets, address: str) -> None:
        """A delivery to `source` carried none of its `active` secrets."""
        before = self.counted.get(source)
        self.counted[source] = Refused(before.count + 1 if before else 1, self._clock())
        if self._secrets.get(source) != active:
            self._secrets[source] = active
            self.since_rotation[source] = 0
            _log.error(
                "%s: a delivery from %s was refused, the first since the secrets were changed or the relay "
                "was started: it carries none of the %d active ones. If the provider sent it, its calls are "
                "being lost: compare the panel's secret with the relay's (cti-relay secret list)",
                source,
                address,
                len(active),
            )
        self.since_rotation[source] += 1

    def take(self) -> dict[str, Refused]:
        """What was counted, by source; from now on it is counted anew."""
        taken, self.counted = self.counted, {}
        return taken

    def put_back(self, taken: dict[str, Refused]) -> None:
        """What was taken could not be noted: it counts for the next time."""
        for source, earlier in taken.items():
            later = self.counted.get(source, Refused(0, earlier.last_at))
            self.counted[source] = Refused(earlier.count + later.count, later.last_at)

    def stranger(self, source: str, address: str, *, let_in: bool) -> None:
        """A delivery to `source` came from outside its allowed addresses. Said once per address."""
        if (source, address) not in self._strangers and len(self._strangers) < _REMEMBERED:
            self._strangers.add((source, address))
            _log.warning(
                "%s: a delivery from %s, which is not among its allowed_addresses, was %s",
                source,
                address,
                "judged by its secret alone" if let_in else "refused",
            )


_REMEMBERED: Final = 1000
