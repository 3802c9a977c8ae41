"""What an administrator's command is: a plain function of JSON arguments, run in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

Args = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a command must know besides its arguments: clock, home country, configured sources, who typed."""

    now: datetime
    region: str = "IN"
    sources: tuple[str, ...] = ()
    who: str = "cti-relay"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is answered, and the tokens that ended: whoever is connected with one must be sent away."""

    result: Any
    ended_tokens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """How to run it, and whether it writes. Whoever runs one that writes reloads what it keeps in memory."""

    run: Callable[[Connection, Args, Circumstances], Outcome]
    writes: bool = True
