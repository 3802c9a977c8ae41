"""The one way in: from a webhook's request to what it means. Never raises on foreign input."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from cti_desktop.providers import myoperator_v1 as v1
from cti_desktop.providers import myoperator_v2 as v2
from cti_desktop.providers.body import Unreadable, unwrap
from cti_desktop.providers.contract import Delivery, NotUnderstood, ProviderSettings

__all__ = ["Delivery", "NotUnderstood", "ProviderSettings", "read"]


def read(
    body: bytes, content_type: str, query: Mapping[str, str], settings: ProviderSettings
) -> Delivery | NotUnderstood:
    """What a POST means. `content_type` is the header as it came, `query` the URL's parameters."""
    try:
        found = _understood(unwrap(body, content_type, query), settings)
    except Unreadable as error:
        found = str(error)
    if isinstance(found, Delivery):
        return found
    return NotUnderstood(found, f"raw:{hashlib.sha256(body).hexdigest()}")


def _understood(body: Mapping[str, object], settings: ProviderSettings) -> Delivery | str:
    """The delivery, or why there is none."""
    event_type = v2.event_type_of(body)
    if event_type is not None:
        return _second_generation(event_type, body, settings)
    kind = v1.kind_of(body)
    if kind is None:
        return "The object is of none of the kinds that MyOperator sends."
    report = v1.report_of(kind, body, settings)
    if report is None:
        return f"The {kind.value} names no call."
    return Delivery(f"v1.{kind.value}", v1.dedupe_key(kind, body), report)


def _second_generation(
    event_type: str, body: Mapping[str, object], settings: ProviderSettings
) -> Delivery | str:
    key = v2.dedupe_key(body)
    if event_type.startswith(v2.OTHER_CHANNELS):
        return Delivery(event_type, key, None)
    if event_type not in v2.CALL_EVENTS:
        return f"The event type {event_type!r} is not known."
    report = v2.report_of(event_type, body, settings)
    return Delivery(event_type, key, report) if report else f"The {event_type} names no call."
