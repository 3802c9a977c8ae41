"""The team's dispositions, read from a TOML file and checked.

What a draft must be is `core.disposition`'s to say.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

import msgspec

from cti_desktop.assets import resource
from cti_desktop.core.disposition import Catalogue, Code, SubCode
from cti_desktop.core.errors import ConfigError, ConfigFileError

FILE_NAME: Final = "dispositions.toml"
REQUIRABLE: Final = ("sub_code", "notes", "follow_up")
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_COLOR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_DIGIT: Final = re.compile(r"[0-9]")
_MAX_LABEL: Final = 60
_MAX_BYTES: Final = 48 * 1024  # of the 64 KiB of a welcome


@dataclass(frozen=True, slots=True)
class _Table:
    """One TOML table, and where it stands: `file` and dotted `at`."""

    values: Mapping[str, Any]
    file: str
    at: str = ""

    def refuse(self, key: str, found: object, allowed: str) -> NoReturn:
        raise ConfigError(where=self.file, key=f"{self.at}.{key}".lstrip("."), found=found, allowed=allowed)

    def only(self, *known: str) -> None:
        for key, found in self.values.items():
            if key not in known:
                self.refuse(key, found, f"left out: only {', '.join(known)} are known here")

    def text(self, key: str, pattern: re.Pattern[str], allowed: str) -> str:
        found = self.values.get(key)
        if not isinstance(found, str) or not pattern.fullmatch(found):
            self.refuse(key, found, allowed)
        return found

    def flag(self, key: str) -> bool:
        found = self.values.get(key, False)
        if not isinstance(found, bool):
            self.refuse(key, found, "true or false")
        return found

    def tables(self, key: str) -> Iterator[_Table]:
        found = self.values.get(key, [])
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            self.refuse(key, found, "a list of tables")
        for number, item in enumerate(found, 1):
            yield _Table(item, self.file, f"{self.at}.{key}[{number}]".lstrip("."))

    def distinct(self, key: str, values: Iterable[str | None]) -> None:
        seen: set[str] = set()
        for value in values:
            if value in seen:
                self.refuse(key, value, "used once only")
            if value is not None:
                seen.add(value)


def load(path: Path | None = None) -> Catalogue:
    """The catalogue in `path`, or our default one.

    Raises `ConfigError` naming the file, the key, what was found and what is allowed.
    """
    file = path or resource(FILE_NAME)
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigFileError(file, error, "catalogue.file") from error
    return parse(document, str(file))


def parse(document: Mapping[str, Any], file: str) -> Catalogue:
    """The catalogue in a decoded document; `file` names it in errors, which are `load`'s."""
    table = _Table(document, file)
    table.only("version", "codes")
    version = document.get("version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        table.refuse("version", version, "a whole number from 1")
    codes = tuple(_code(item) for item in table.tables("codes"))
    if all(code.retired for code in codes):
        table.refuse(
            "codes", [code.code for code in codes], "a list with at least one code that is not retired"
        )
    table.distinct("codes.code", (code.code for code in codes))
    table.distinct("codes.key", (code.key for code in codes if not code.retired))
    catalogue = Catalogue(version, codes)
    size = len(msgspec.json.encode(catalogue))
    if size > _MAX_BYTES:
        allowed = f"fewer or shorter codes, at most {_MAX_BYTES} bytes in all: desktops get them in one frame"
        table.refuse("codes", f"{len(codes)} codes, {size} bytes", allowed)
    return catalogue


def _code(table: _Table) -> Code:
    table.only("code", "label", "color", "key", "requires", "retired", "sub")
    subs = tuple(_sub_code(item) for item in table.tables("sub"))
    table.distinct("sub.code", (sub.code for sub in subs))
    requires = _requires(table)
    if "sub_code" in requires and all(sub.retired for sub in subs):
        table.refuse("requires", list(requires), "without sub_code, as there is none to choose")
    return Code(
        code=_name(table),
        label=_label(table),
        color=_optional(table, "color", lambda: table.text("color", _COLOR, "#RRGGBB")) or Code("", "").color,
        key=_optional(table, "key", lambda: table.text("key", _DIGIT, 'one digit as text, such as "1"')),
        sub_codes=subs,
        requires=requires,
        retired=table.flag("retired"),
    )


def _sub_code(table: _Table) -> SubCode:
    table.only("code", "label", "retired")
    return SubCode(_name(table), _label(table), table.flag("retired"))


def _name(table: _Table) -> str:
    return table.text("code", _NAME, "small letters, digits, _ and -, at most 60")


def _label(table: _Table) -> str:
    allowed = f"a line of text, at most {_MAX_LABEL} characters"
    label = table.text("label", re.compile(r".*\S.*"), allowed).strip()
    if len(label) > _MAX_LABEL or not label.replace("\u200c", "").replace("\u200d", "").isprintable():
        table.refuse("label", label, allowed)
    return label


def _optional(table: _Table, key: str, read: Callable[[], str]) -> str | None:
    return read() if key in table.values else None


def _requires(table: _Table) -> tuple[str, ...]:
    found = table.values.get("requires", [])
    if not isinstance(found, list) or any(item not in REQUIRABLE for item in found):
        table.refuse("requires", found, f"a list of {', '.join(REQUIRABLE)}")
    return tuple(dict.fromkeys(found))
