"""Where our own bugs end up: each costs one request, is logged, and tells nothing that it shouldn't."""

from __future__ import annotations

import logging
import traceback
from pathlib import Path
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import asgi
from cti_desktop.relay.ingest import Arrival, Ingest, Outcome

_log: Final = logging.getLogger(__name__)


async def survived(front: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer; a bug of ours ends one request, and nothing else."""
    try:
        await front(scope, receive, send)
    except Exception as error:  # noqa: BLE001 - the funnel
        _log.error("a bug of ours ended a request to %s: %s", scope["path"], place(error))
        if scope["type"] == "http":
            await asgi.answer(send, 500, {"error": "internal error"})


async def taken(ingest: Ingest, arrival: Arrival) -> Outcome:
    """Take a delivery; a bug of ours must not lose a call, so what trips over one is kept in quarantine."""
    try:
        return await ingest.take(arrival)
    except StorageError:
        raise
    except Exception as error:  # noqa: BLE001 - the funnel
        fault = place(error)
        _log.error("a bug of ours keeps a delivery to %s from being read: %s", arrival.source.name, fault)
        return await ingest.quarantine(arrival, f"a bug of ours: {fault}")


def place(error: BaseException) -> str:
    """What happened and where, without the message: it may quote a number or a secret."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + where
