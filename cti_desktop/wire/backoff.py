"""How long to wait before the next try, as a plain iterator: no clock, no sleeping."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Final

FIRST_SECONDS: Final = 0.5
# Whatever kept the relay away, and for however long: all desktops are back within 15 s of its return.
LONGEST_SECONDS: Final = 12.0
_FACTOR: Final = 1.8


def delays(random: Random, first: float = FIRST_SECONDS, longest: float = LONGEST_SECONDS) -> Iterator[float]:
    """Seconds to wait before each further try: growing up to `longest`, each anywhere in its upper half.

    The jitter keeps a thousand desktops from coming back in step after the relay restarts.
    """
    ceiling = first
    while True:
        yield random.uniform(ceiling / 2, ceiling)
        ceiling = min(longest, ceiling * _FACTOR)
