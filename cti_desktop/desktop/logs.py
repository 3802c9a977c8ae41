"""The log file of a profile: rotating, for this user only, with numbers and tokens masked."""

from __future__ import annotations

import contextlib
import logging
import os
import re
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from cti_desktop.core.numbers import masked

_MAX_BYTES: Final = 1024 * 1024
_KEPT_FILES: Final = 3
# A number as it is stored, or as it is written for people.
_NUMBERS: Final = re.compile(r"\+\d[\d -]{6,}\d|\d{8,}")
_BEARER: Final = re.compile(r"(?i)\b(bearer|basic)\s+\S+")


class MaskingFormatter(logging.Formatter):
    """Masks the finished line, traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as text."""
        return mask(super().format(record))


def mask(text: str) -> str:
    """`text` without anything that looks like a phone number or a credential."""
    return _NUMBERS.sub(lambda found: masked(found.group()), _BEARER.sub(r"\1 …", text))


@contextlib.contextmanager
def to_file(path: Path) -> Iterator[None]:
    """Log to `path` within the block. Raises `OSError` when it can't be written."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    handler = RotatingFileHandler(path, maxBytes=_MAX_BYTES, backupCount=_KEPT_FILES, encoding="utf-8")
    handler.setFormatter(MaskingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
        handler.close()
