"""Tells the relay that a token shall end. Blocking; holds no state; never keeps anybody from signing out."""

from __future__ import annotations

import logging
import urllib.request
from http import HTTPStatus
from http.client import HTTPException
from typing import Final
from urllib.error import HTTPError, URLError

from cti_desktop import __version__
from cti_desktop.core.errors import ConfigError
from cti_desktop.desktop import enrolment
from cti_desktop.desktop.address import RelayAddress
from cti_desktop.desktop.way import DEFAULT_WAY, Way

TIMEOUT_SECONDS: Final = 4.0
_log: Final = logging.getLogger(__name__)


def tell(address: RelayAddress, token: str, way: Way = DEFAULT_WAY) -> bool:
    """Whether `token` counts no more at the relay."""
    headers = {"Authorization": f"Bearer {token}", "User-Agent": f"cti-desktop/{__version__}"}
    url = f"{address.base}/sign-out"
    request = urllib.request.Request(url, b"", headers, method="POST")  # noqa: S310 - http(s) only
    try:
        with enrolment.opener(address, way).open(request, timeout=TIMEOUT_SECONDS) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except HTTPError as error:
        with error:
            ended = error.code == HTTPStatus.UNAUTHORIZED  # it had ended before
        _log.info("signing out, the relay answered %d", error.code)  # 404: an older one
        return ended
    except (ConfigError, URLError, OSError, HTTPException, UnicodeError) as error:
        _log.info("signing out, the relay was not reached: %s", type(error).__name__)
        return False
