"""Asks the relay for a fresh token. Blocking; holds no state; never stands in the way of a start."""

from __future__ import annotations

import logging
import urllib.request
from http.client import HTTPException
from typing import Final
from urllib.error import URLError

import msgspec

from cti_desktop import __version__
from cti_desktop.core.errors import ConfigError
from cti_desktop.desktop import enrolment
from cti_desktop.desktop.address import RelayAddress
from cti_desktop.desktop.way import DEFAULT_WAY, Way

TIMEOUT_SECONDS: Final = 4.0
_log: Final = logging.getLogger(__name__)


class _Answer(msgspec.Struct):
    token: str | None


def ask(address: RelayAddress, token: str, way: Way = DEFAULT_WAY) -> str | None:
    """A fresh token in place of `token`; None where there is none, for whatever reason."""
    headers = {"Authorization": f"Bearer {token}", "User-Agent": f"cti-desktop/{__version__}"}
    url = f"{address.base}/renew"
    request = urllib.request.Request(url, b"", headers, method="POST")  # noqa: S310 - http(s) only
    try:
        with enrolment.opener(address, way).open(request, timeout=TIMEOUT_SECONDS) as answer:
            fresh = msgspec.json.decode(answer.read(enrolment.MAX_ANSWER_BYTES), type=_Answer).token
    except (ConfigError, URLError, OSError, HTTPException, msgspec.DecodeError, UnicodeError) as error:
        # An older relay says 404. Whether the token still counts, the connection will say.
        _log.info("no fresh token: %s", type(error).__name__)
        return None
    return fresh if fresh and fresh.isascii() and fresh.isprintable() else None
