"""How the relay logs: lines for people, or one JSON object per line for a collector; always masked.

The standard library does: structlog would bring a second way to log beside that of the libraries.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Final, TextIO

from cti_desktop.core.masking import mask
from cti_desktop.relay.config import LogConfig

_CHATTY: Final = ("alembic", "httpx", "uvicorn")
_LINE: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class MaskedLines(logging.Formatter):
    """A line for people. The whole of it is masked, traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        """One record."""
        return mask(super().format(record))


class MaskedJson(logging.Formatter):
    """A JSON object: `time`, `level`, `logger`, `message`, and `exception` where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """One record."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": mask(record.getMessage()),
        }
        if record.exc_info:
            line["exception"] = mask(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def configure(config: LogConfig, stream: TextIO | None = None) -> logging.Handler:
    """Let the whole process log as `config` says. Returns the handler."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(MaskedJson() if config.format == "json" else MaskedLines(_LINE))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(config.level.upper())
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    return handler
