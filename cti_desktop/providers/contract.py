"""What goes into reading a delivery and what comes out. Shared by all providers; reads nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cti_desktop.core.report import CallReport
from cti_desktop.core.swift import swift

# One zone, no summer time: a fixed offset serves where the zone database is missing (Windows).
INDIA: Final = timezone(timedelta(hours=5, minutes=30), "IST")
_INDIAN_NAMES: Final = frozenset({"asia/kolkata", "asia/calcutta", "ist", ""})


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """What bodies leave out: the `zone` of local times, the ISO 3166 `region` of national numbers."""

    zone: tzinfo = INDIA
    region: str = "IN"


@swift
@dataclass(frozen=True, slots=True)
class Delivery:
    """An understood body. `report` is None for kinds that are known but say nothing of a call (WhatsApp)."""

    kind: str
    dedupe_key: str
    report: CallReport | None


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A body to be quarantined. `reason` is a sentence for whoever looks after the relay."""

    reason: str
    dedupe_key: str


def zone_named(name: str) -> tzinfo | None:
    """The zone of that IANA name (`Asia/Kolkata`), or None where nobody knows it."""
    if name.strip().lower() in _INDIAN_NAMES:
        return INDIA
    try:
        return ZoneInfo(name.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
