"""What a team lead makes of the program: `branding.toml`, read and checked. Every wrong value is named.

The build stops at the first one; a built program carries a file that was checked.
"""

from __future__ import annotations

import base64
import binascii
import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

from cti_desktop.assets import resource
from cti_desktop.core.errors import ConfigError, ConfigFileError
from cti_desktop.core.links import BadTemplate, LinkTemplate
from cti_desktop.desktop import address
from cti_desktop.desktop.colours import contrast
from cti_desktop.desktop.managed import Managed
from cti_desktop.desktop.refusals import SignInRefused

FILE: Final = "branding.toml"
OUR_NAME: Final = "CTI Desktop"
LANGUAGES: Final = ("en", "hi")
# Settings that a team lead may fix, and the keys of this file that fill them.
LOCKABLE: Final = ("relay_url", "crm_url", "crm_open", "updates")
UPDATES: Final = ("off", "tell", "download")
# WCAG AA for text; the surfaces that the accent is written on, and what is written on it.
LEAST_CONTRAST: Final = 4.5
SURFACES: Final = {"accent": ("#ffffff", "#ffffff"), "accent_dark": ("#1d2129", "#0b1220")}
_KNOWN: Final = {
    "product": ("name", "publisher", "icon"),
    "colours": ("accent", "accent_dark"),
    "relay": ("url",),
    "crm": ("url", "unknown_url", "open"),
    "dispositions": ("file",),
    "languages": ("offered",),
    "settings": ("locked",),
    "updates": ("url", "public_key", "policy"),
}
_COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
CRM_OPEN: Final = ("click", "ring", "answer")
_CRM_FIELDS: Final = ("number", "digits", "name", "call_id")
_KEY_BYTES: Final = 32
_MAX_NAME: Final = 40
# A name becomes a folder on Windows, and a word in the recipes of installers.
_NOT_IN_NAMES: Final = '<>:"/\\|?*{}$`;'


@dataclass(frozen=True, slots=True)
class Branding:
    """A product. Empty text: not given. `icon` and `dispositions` are files that exist."""

    file: Path
    name: str = OUR_NAME
    publisher: str = "CTI Desktop contributors"
    icon: Path = Path()
    accent: str = "#1d5fd1"
    accent_dark: str = "#6ea0ff"
    relay_url: str = ""
    crm_url: str = ""
    crm_open: str = "click"
    dispositions: Path = Path()
    languages: tuple[str, ...] = LANGUAGES
    locked: tuple[str, ...] = ()
    update_url: str = ""
    update_key: str = ""
    updates: str = "tell"

    @property
    def managed(self) -> Managed:
        """The settings that it brings."""
        given = {
            "relay_url": self.relay_url,
            "crm_url": self.crm_url,
            "crm_open": self.crm_open,
            "updates": self.updates,
        }
        values = {key: value for key, value in given.items() if value}
        fixed = {key: value for key, value in values.items() if key in self.locked}
        return Managed(fixed, {key: value for key, value in values.items() if key not in fixed})


@functools.cache
def current() -> Branding:
    """The branding of this very program. Raises what `load` does."""
    return load()


def named(text: str) -> str:
    """`text`, which speaks of "CTI Desktop" in any language, with the product's own name in it."""
    return text.replace(OUR_NAME, current().name)


def load(file: Path | None = None) -> Branding:
    """The branding in `file`, or in the resources. Raises `ConfigError`."""
    path = file or resource(FILE)
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigFileError(path, error) from error
    return parse(tables, path)


def parse(tables: Mapping[str, Any], file: Path) -> Branding:
    """The branding in a decoded document. Raises `ConfigError`, naming `file`."""
    read = _Reader(tables, file)
    read.only_known()
    found = Branding(
        file=file,
        name=read.line("product.name", OUR_NAME),
        publisher=read.line("product.publisher", "CTI Desktop contributors"),
        icon=read.file_of("product.icon", "icons/app.svg", (".svg", ".png")),
        accent=read.colour("colours.accent", "#1d5fd1"),
        accent_dark=read.colour("colours.accent_dark", "#6ea0ff"),
        relay_url=read.relay("relay.url"),
        crm_url=" ".join(filter(None, (read.crm("crm.url"), read.crm("crm.unknown_url")))),
        crm_open=read.one_of("crm.open", CRM_OPEN, "click"),
        dispositions=read.file_of("dispositions.file", "dispositions.toml", (".toml",)),
        languages=read.some_of("languages.offered", LANGUAGES, list(LANGUAGES)) or LANGUAGES,
        locked=read.some_of("settings.locked", LOCKABLE, []),
        update_url=read.https("updates.url"),
        update_key=read.public_key("updates.public_key"),
        updates=read.one_of("updates.policy", UPDATES, "tell"),
    )
    read.agree(found)
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    """Takes values out of the document, by dotted key."""

    tables: Mapping[str, Any]
    file: Path

    def only_known(self) -> None:
        for table, values in self.tables.items():
            if table not in _KNOWN or not isinstance(values, dict):
                _refuse(self.file, table, values, f"one of the tables {', '.join(_KNOWN)}")
            for key, found in values.items():
                if key not in _KNOWN[table]:
                    allowed = f"left out: in [{table}] there is only {', '.join(_KNOWN[table])}"
                    _refuse(self.file, f"{table}.{key}", found, allowed)

    def text(self, key: str, default: str = "") -> str:
        table, _, name = key.partition(".")
        found = self.tables.get(table, {}).get(name, default)
        if not isinstance(found, str):
            _refuse(self.file, key, found, "text in quotes")
        return found.strip()

    def line(self, key: str, default: str) -> str:
        found = self.text(key, default)
        forbidden = set(found) & set(_NOT_IN_NAMES)
        if not found or len(found) > _MAX_NAME or not found.isprintable() or forbidden:
            allowed = f"1 to {_MAX_NAME} characters, none of {' '.join(_NOT_IN_NAMES)}"
            _refuse(self.file, key, found, allowed)
        return found

    def colour(self, key: str, default: str) -> str:
        found = self.text(key, default)
        if not _COLOUR.fullmatch(found):
            _refuse(self.file, key, found, "a colour such as #1d5fd1")
        for other in SURFACES[key.partition(".")[2]]:
            if (ratio := contrast(found, other)) < LEAST_CONTRAST:
                theme = "dark" if key.endswith("_dark") else "light"
                how = "lighter" if theme == "dark" else "darker"
                allowed = (
                    f"{how}: beside {other} of the {theme} look it has a contrast of {ratio:.1f} to 1, "
                    f"and people need {LEAST_CONTRAST}"
                )
                _refuse(self.file, key, found, allowed)
        return found.lower()

    def file_of(self, key: str, default: str, endings: tuple[str, ...]) -> Path:
        found = self.text(key)
        path = self.file.parent / found if found else resource(default)
        if path.suffix.lower() not in endings or not path.is_file():
            allowed = f"a file ending in {' or '.join(endings)}; it is looked for in {self.file.parent}"
            _refuse(self.file, key, found or default, allowed)
        return path

    def relay(self, key: str) -> str:
        found = self.text(key)
        try:
            return address.parse(found).base if found else ""
        except SignInRefused:
            _refuse(self.file, key, found, "an address such as https://relay.example.com, or empty")

    def https(self, key: str) -> str:
        found = self.text(key)
        if not found:
            return ""
        try:
            parts = urlsplit(found)
        except ValueError:
            parts = urlsplit("")
        loopback = parts.scheme == "http" and address.is_loopback(parts.hostname or "")
        if not parts.hostname or not (parts.scheme == "https" or loopback) or not _is_plain(found):
            _refuse(self.file, key, found, "an address that begins with https://, or empty")
        return found

    def crm(self, key: str) -> str:
        found = self.https(key)
        if not found:
            return ""
        try:
            named = LinkTemplate.parsed(found).blanks
        except BadTemplate as error:
            _refuse(self.file, key, found, str(error))
        if not named or any(name not in _CRM_FIELDS for name in named):
            fields = ", ".join(f"{{{name}}}" for name in _CRM_FIELDS)
            _refuse(self.file, key, found, f"https://… with one or more of {fields} in it, and no others")
        return found

    def some_of(self, key: str, known: tuple[str, ...], default: list[str]) -> tuple[str, ...]:
        table, _, name = key.partition(".")
        found = self.tables.get(table, {}).get(name, default)
        if not isinstance(found, list) or any(item not in known for item in found):
            _refuse(self.file, key, found, f"a list of some of {', '.join(known)}")
        return tuple(dict.fromkeys(found))

    def one_of(self, key: str, known: tuple[str, ...], default: str) -> str:
        found = self.text(key, default)
        if found not in known:
            _refuse(self.file, key, found, f"one of {', '.join(known)}")
        return found

    def public_key(self, key: str) -> str:
        found = self.text(key)
        try:
            size = len(base64.b64decode(found, validate=True))
        except (binascii.Error, ValueError):
            size = 0
        if found and size != _KEY_BYTES:
            _refuse(self.file, key, found, "what `dev.py build --new-key` printed, or empty")
        return found

    def agree(self, branding: Branding) -> None:
        """Values that need each other."""
        if branding.update_url and not branding.update_key:
            allowed = "given with updates.url: without it nobody can tell a real update from a forged one"
            _refuse(self.file, "updates.public_key", branding.update_key, allowed)
        if self.text("crm.unknown_url") and not self.text("crm.url"):
            allowed = "given with crm.url, for the callers who are known"
            _refuse(self.file, "crm.unknown_url", self.text("crm.unknown_url"), allowed)
        for key, value in (("relay_url", branding.relay_url), ("crm_url", branding.crm_url)):
            if key in branding.locked and not value:
                allowed = f"without {key}, which is not given above: agents could never enter it"
                _refuse(self.file, "settings.locked", list(branding.locked), allowed)


def _is_plain(url: str) -> bool:
    return url.isprintable() and not any(character.isspace() for character in url)


def _refuse(file: Path, key: str, found: object, allowed: str) -> NoReturn:
    raise ConfigError(where=str(file), key=key, found=found, allowed=allowed)
