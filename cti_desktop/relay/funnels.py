"""Where our own bugs end up: each costs one request, is logged, and tells nothing that it shouldn't."""

from __future__ import annotations

import hashlib
import logging
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from cti_desktop.providers.delivery import Delivery, NotUnderstood, ProviderSettings, read
from cti_desktop.relay import asgi

_log: Final = logging.getLogger(__name__)


async def survived(front: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer; a bug of ours ends one request, and nothing else."""
    try:
        await front(scope, receive, send)
    except Exception as error:  # noqa: BLE001 - the funnel
        tell(scope["path"], error)
        if scope["type"] == "http":
            await asgi.answer(send, 500, {"error": "internal error"})


def attempt(path: str, act: Callable[[], None], fail: Callable[[], None]) -> None:
    """Like `survived`, for a request that is answered without waiting."""
    try:
        act()
    except Exception as error:  # noqa: BLE001 - the funnel
        tell(path, error)
        fail()


def tell(path: str, error: BaseException) -> None:
    """A bug of ours ended a request."""
    _log.error("a bug of ours ended a request to %s: %s", path, place(error))


def understood(
    body: bytes, content_type: str, query: Mapping[str, str], source: str, settings: ProviderSettings
) -> Delivery | NotUnderstood:
    """What a delivery means; a bug of ours must not lose a call, so what trips over one is kept unread."""
    try:
        return read(body, content_type, query, settings)
    except Exception as error:  # noqa: BLE001 - the funnel
        return unread(body, source, error)


def unread(body: bytes, source: str, error: BaseException) -> NotUnderstood:
    """What to keep of a delivery that trips over a bug of ours."""
    fault = place(error)
    _log.error("a bug of ours keeps a delivery to %s from being read: %s", source, fault)
    return NotUnderstood(f"a bug of ours: {fault}", f"raw:{hashlib.sha256(body).hexdigest()}")


def place(error: BaseException) -> str:
    """What happened and where, without the message: it may quote a number or a secret."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return type(error).__name__ + where
