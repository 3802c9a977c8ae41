"""A profile's settings file: JSON, written whole or not at all, nothing secret in it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from cti_desktop.core.errors import ConfigError, StorageError
from cti_desktop.desktop.managed import NOTHING, Managed

MAX_CARD_SECONDS: Final = 600
Corner = Literal["bottom-right", "bottom-left", "top-right", "top-left"]


class Settings(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the agent, or IT, has chosen. `relay_url` is empty before the first sign-in."""

    relay_url: str = ""
    # From when on a card is up: as the phone rings, once it is answered, or only when asked for.
    pop_when: Literal["ring", "answer", "never"] = "ring"
    # After so many seconds a card shrinks to its pill; 0: it stays as large as it is.
    card_seconds: Annotated[int, msgspec.Meta(ge=0, le=MAX_CARD_SECONDS)] = 0
    do_not_disturb: bool = False
    # Whether a card that goes by itself fades: unless the system asks for less motion, or never.
    motion: Literal["system", "off"] = "system"
    # The screen by its name; empty: the one that `follow` says.
    screen: str = ""
    follow: Literal["pointer", "active-window"] = "pointer"
    corner: Corner = "bottom-right"
    # System-wide, written like `Ctrl+Alt+Space`; empty: none.
    shortcut: str = "Ctrl+Alt+Space"
    privacy_shortcut: str = "Ctrl+Alt+H"
    privacy: bool = False
    # Whether callers are hidden by themselves while the system tells that the screen is shared.
    privacy_when_shared: bool = True
    # Whether what leaves a card (window titles, announcements) has the last digits of a number in it.
    notify_numbers: bool = True
    sound: bool = False
    sound_file: str = ""
    sound_volume: Annotated[int, msgspec.Meta(ge=0, le=100)] = 70
    sound_device: str = ""
    # Opens a caller in the CRM: https, with `{number}`, `{digits}`, `{name}` or `{call_id}` in it. After a
    # blank, a second one may stand: for callers whom nobody knows.
    crm_url: str = ""
    # When that page opens: by a click, or by itself as it rings or is answered.
    crm_open: Literal["click", "ring", "answer"] = "click"
    # PEM file of the only authority that the relay's certificate may come from; empty: those of the system.
    ca_file: str = ""
    # `http://host:port`; `none`: connect directly; empty: as the system says.
    proxy: str = ""
    start_at_log_in: bool = False
    # Whether to look for newer versions, and to fetch them; never to install them.
    updates: Literal["off", "tell", "download"] = "tell"
    # A language's code, `hi`; empty: as the computer speaks.
    language: str = ""


def load(path: Path, managed: Managed = NOTHING) -> Settings:
    """The settings that count: those in `path`, as far as `managed` leaves the choice. Neither need exist.

    Raises `ConfigError` for a file that can't be understood, `StorageError` for one that can't be read.
    """
    return _managed(_own(path), managed)


def _own(path: Path) -> dict[str, object]:
    """What stands in the file, and is known to be settings."""
    try:
        raw = path.read_bytes()
        msgspec.json.decode(raw, type=Settings)
        return msgspec.json.decode(raw, type=dict[str, object])
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StorageError(f"{path} can't be read: {error.strerror}", code="io") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        allowed = 'settings like {"relay_url": "https://relay.example.com"}'
        raise ConfigError(where=str(path), key="the file", found=str(error), allowed=allowed) from error


def _managed(own: dict[str, object], managed: Managed) -> Settings:
    try:
        return msgspec.convert(managed.over(own), Settings)
    except msgspec.ValidationError as error:
        found = {key: managed.fixed.get(key, managed.defaults.get(key)) for key in Settings.__struct_fields__}
        bad = str(error).rpartition("`$.")[2].rstrip("`")
        allowed = str(error).partition(" - ")[0]
        where = str(managed.source or "branding.toml")
        raise ConfigError(where=where, key=bad, found=found.get(bad), allowed=allowed) from error


def save(path: Path, settings: Settings) -> None:
    """Replace the file by `settings`; a crash leaves the old or the new one, whole. Raises `StorageError`."""
    try:
        _replace(path, msgspec.json.format(msgspec.json.encode(settings), indent=2) + b"\n")
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror}", code="io") from error


def change(path: Path, changes: Mapping[str, object]) -> None:
    """Put `changes` into the file, and leave everything else in it alone, unknown keys too.

    Raises `StorageError`, and `ConfigError` for a value that can't be.
    """
    own = {**_own(path), **changes}
    try:
        msgspec.convert(own, Settings)
        content = msgspec.json.format(msgspec.json.encode(own), indent=2) + b"\n"
        _replace(path, content)
    except msgspec.ValidationError as error:
        key = next(iter(changes), "")
        raise ConfigError(
            where=str(path), key=key, found=changes.get(key), allowed=str(error).partition(" - ")[0]
        ) from error
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
