"""A file for IT: versions, settings, the state of the link, the log. Nothing of customers, no secret."""

from __future__ import annotations

import json
import platform
import sys
import zipfile
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import msgspec

from cti_desktop import __version__
from cti_desktop.core.errors import StorageError
from cti_desktop.desktop.logs import mask
from cti_desktop.desktop.screen import Situation

_LOG_BYTES: Final = 2 * 1024 * 1024


def write(folder: Path, log: Path, situation: Situation, at: datetime) -> Path:
    """Write the file into `folder`; where it is now. Blocking. Raises `StorageError`."""
    target = folder / f"cti-desktop-diagnostics-{at:%Y%m%d-%H%M%S}.zip"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("report.json", report(situation, at))
            for path in sorted(log.parent.glob(f"{log.name}*")):
                archive.writestr(f"log/{path.name}", _masked_tail(path))
    except OSError as error:
        raise StorageError(f"{error.filename or target}: {error.strerror}", code="io") from error
    return target


def report(situation: Situation, at: datetime) -> str:
    """What there is to tell, as JSON: counts instead of calls, and numbers masked wherever one hides."""
    told: dict[str, Any] = {
        "written_at": at.isoformat(),
        "program": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "frozen": bool(getattr(sys, "frozen", False)),
        "profile": situation.profile,
        "signed_in": situation.agent is not None,
        "relay": situation.relay_url,
        "link": {"state": type(situation.link).__name__, **_plain(situation.link)},
        "relay_clock": situation.now.isoformat(),
        "clock_is_ahead_by_seconds": round(situation.clock_skew.total_seconds()),
        "latency_today": _plain(situation.latency),
        "calls": Counter(call.state.value for call in situation.calls),
        "owed": sum(call.owes_disposition for call in situation.calls),
        "outbox": Counter(item.state.value for item in situation.outbox),
        "parked_because": Counter(item.code for item in situation.outbox if item.code),
        "catalogue": situation.catalogue.version,
        "notices": [notice.code.value for notice in situation.notices],
        "settings": _plain(situation.settings),
        "locked": sorted(situation.locked),
    }
    return mask(json.dumps(told, indent=2, default=str, ensure_ascii=False))


def _plain(thing: object) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(thing)
    return plain


def _masked_tail(path: Path) -> str:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _LOG_BYTES))
        text = file.read().decode("utf-8", "replace")
    # Masked when it was written, and again: an older version may have known less.
    return mask(text)
