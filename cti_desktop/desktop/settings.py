"""A profile's settings file: JSON, written whole or not at all, nothing secret in it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import msgspec

from cti_desktop.core.errors import ConfigError, StorageError


class Settings(msgspec.Struct, frozen=True):
    """What the agent, or IT, has chosen. `relay_url` is empty before the first sign-in."""

    relay_url: str = ""


def load(path: Path) -> Settings:
    """The settings in `path`; the defaults when there is no such file.

    Raises `ConfigError` for a file that can't be understood, `StorageError` for one that can't be read.
    """
    try:
        return msgspec.json.decode(path.read_bytes(), type=Settings)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        raise StorageError(f"{path} can't be read: {error.strerror}", code="io") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        allowed = 'settings like {"relay_url": "https://relay.example.com"}'
        raise ConfigError(where=str(path), key="the file", found=str(error), allowed=allowed) from error


def save(path: Path, settings: Settings) -> None:
    """Replace the file by `settings`; a crash leaves the old or the new one, whole. Raises `StorageError`."""
    try:
        _replace(path, msgspec.json.format(msgspec.json.encode(settings), indent=2) + b"\n")
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror}", code="io") from error


def _replace(path: Path, content: bytes) -> None:
    # mkstemp makes the file for this user only.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
