"""MyOperator's bodies as it posts them (numbers, names and ids are invented), and what they mean."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cti_desktop.core.report import CallReport
from cti_desktop.providers.delivery import Delivery, NotUnderstood, ProviderSettings, read

FOLDER = Path(__file__).resolve().parents[1] / "samples"
NAMES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("v*/*"))
V2_CALL = [
    "v2/1_call_initiated.json",
    "v2/2_call_dial_begin_first_agent.json",
    "v2/3_call_dial_begin_second_agent.json",
    "v2/4_call_answered.json",
    "v2/5_call_end.json",
    "v2/6_call_summary.json",
    "v2/7_call_disposition_unverified_shape.json",
]


def sample(name: str) -> bytes:
    """A body's bytes."""
    return (FOLDER / name).read_bytes()


def sample_object(name: str) -> dict[str, Any]:
    """A JSON body, to be altered."""
    parsed: dict[str, Any] = json.loads(sample(name))
    return parsed


def understood(body: bytes | Mapping[str, object], settings: ProviderSettings | None = None) -> Delivery:
    """The delivery in a body that must be understood."""
    found = read_body(body, settings)
    assert isinstance(found, Delivery), found
    return found


def report(body: bytes | Mapping[str, object], settings: ProviderSettings | None = None) -> CallReport:
    """The report in a body that must be about a call."""
    found = understood(body, settings).report
    assert found is not None
    return found


def read_body(
    body: bytes | Mapping[str, object], settings: ProviderSettings | None = None
) -> Delivery | NotUnderstood:
    """What a body means, posted as JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return read(raw, "application/json", {}, settings or ProviderSettings())
