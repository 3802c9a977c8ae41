"""Web addresses with blanks to fill in: values are percent-encoded, and the host can't be changed by them."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Final

_ADDRESS: Final = re.compile(r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9.-]+(?::\d{1,5})?)(?P<rest>[/?#]\S*)?")
_BLANK: Final = re.compile(r"\{([A-Za-z0-9_.]+)\}")
_UNRESERVED: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_LONGEST: Final = 2000


class BadTemplate(ValueError):
    """No https address with a fixed host; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class LinkTemplate:
    """`https://crm.example.com/search?phone={digits}`. From `parsed`."""

    text: str
    host: str

    @classmethod
    def parsed(cls, text: str, *, schemes: tuple[str, ...] = ("https",)) -> LinkTemplate:
        """Check a team lead's words. Raises `BadTemplate`."""
        found = _ADDRESS.fullmatch(text.strip())
        if found is None:
            raise BadTemplate(
                "it must be an address like https://crm.example.com/…, without blanks in the host"
            )
        if found["scheme"] not in schemes:
            raise BadTemplate("it must begin with https://")
        if "{" in _BLANK.sub("", text) or "}" in _BLANK.sub("", text):
            raise BadTemplate("a blank is written {name}, without spaces")
        return cls(text.strip(), found["host"].lower())

    @property
    def blanks(self) -> tuple[str, ...]:
        """What has to be filled in, in order."""
        return tuple(_BLANK.findall(self.text))

    def filled(self, values: Mapping[str, str], optional: Container[str] = ()) -> str | None:
        """The address; None where a value is missing, or where the host would not be the template's."""
        if any(not values.get(name) for name in self.blanks if name not in optional):
            return None
        address = _BLANK.sub(lambda blank: percent_encoded(values.get(blank[1], "")), self.text)
        found = _ADDRESS.fullmatch(address)
        # Believing in the encoding is not enough: what will be opened is looked at once more.
        same = found is not None and found["host"].lower() == self.host
        return address if same and len(address) <= _LONGEST else None


def host_of(address: str) -> str | None:
    """The host of an https address; None for anything else, which must not be opened."""
    found = _ADDRESS.fullmatch(address)
    safe = found is not None and found["scheme"] == "https" and len(address) <= _LONGEST
    return found["host"].lower() if found is not None and safe else None


def percent_encoded(text: str) -> str:
    """`text` as it may stand anywhere in an address."""
    raw = text.encode("utf-8", "replace")
    return "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in raw)
