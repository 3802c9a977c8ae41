"""The log file of a profile: rotating, for this user only, with numbers and tokens masked."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from cti_desktop.core.masking import mask

__all__ = ["MaskingFormatter", "mask", "to_file"]

_MAX_BYTES: Final = 1024 * 1024
_KEPT_FILES: Final = 3


class MaskingFormatter(logging.Formatter):
    """Masks the finished line, traceback included."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as text."""
        return mask(super().format(record))


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
