"""What each key of `relay.toml` may be: one reader per kind of value, one table of keys. Reads no file.

A reader takes what TOML or the environment has (there all is text) and raises `ValueError` for the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import phonenumbers

from cti_desktop.core.wrap_up import Demand
from cti_desktop.providers.contract import zone_named
from cti_desktop.relay.hours import days_of
from cti_desktop.relay.proxies import Network, network

PROVIDERS: Final = ("myoperator",)
SOURCE_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")

_HIGHEST_PORT: Final = 65535
_DAY: Final = 24 * 3600
_HOUR: Final = 3600
_NAMED: Final = "env:NAME or keyring:NAME: where the secret is kept, never the secret itself"
_HEADER: Final = re.compile(r"[A-Za-z0-9-]{1,64}")
_STORES: Final = ("sqlite:///", "postgresql://", "postgresql+")


@dataclass(frozen=True, slots=True)
class Key:
    """One key: how to read it, and in words what is allowed. `hidden` values never appear in a message."""

    read: Callable[[object], object]
    allowed: str
    hidden: bool = False


def _text(found: object) -> str:
    if not isinstance(found, str) or not found.strip():
        raise ValueError
    return found.strip()


def _number(lowest: int, highest: int) -> Callable[[object], int]:
    def read(found: object) -> int:
        number = int(found) if isinstance(found, int | str) and not isinstance(found, bool) else lowest - 1
        if not lowest <= number <= highest:
            raise ValueError
        return number

    return read


def _one_of(*allowed: str) -> Callable[[object], str]:
    def read(found: object) -> str:
        if found not in allowed:
            raise ValueError
        return str(found)

    return read


def _flag(found: object) -> bool:
    flags = {True: True, False: False, "true": True, "false": False}
    if not isinstance(found, bool | str) or found not in flags:
        raise ValueError
    return flags[found]


def _web_address(found: object) -> str:
    text = _text(found).rstrip("/")
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.query:
        raise ValueError
    _ = parts.port  # raises for a port that is none
    return text


def _origin(found: object) -> str:
    text = _web_address(found)
    if urlsplit(text).path:
        raise ValueError
    return text.lower()


def _origins(found: object) -> tuple[str, ...]:
    items = [part for part in found.split(",") if part.strip()] if isinstance(found, str) else found
    return tuple(_origin(item) for item in (items if isinstance(items, list) else [items]))


def _networks(found: object) -> tuple[Network, ...]:
    items = [part for part in found.split(",") if part.strip()] if isinstance(found, str) else found
    return tuple(network(_text(item)) for item in (items if isinstance(items, list) else [items]))


def _clock_time(found: object) -> time:
    return found if isinstance(found, time) else time.fromisoformat(_text(found))


def _days(found: object) -> frozenset[int]:
    return days_of(_text(found))


def _store_url(found: object) -> str:
    text = _text(found)
    if not text.startswith(_STORES) or text in _STORES:
        raise ValueError
    return text


def _timezone(found: object) -> str:
    name = _text(found)
    if zone_named(name) is None:
        raise ValueError
    return name


def _region(found: object) -> str:
    region = _text(found).upper()
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise ValueError
    return region


def _header(found: object) -> str:
    text = _text(found)
    if not _HEADER.fullmatch(text):
        raise ValueError
    return text


def _roles(found: object) -> tuple[str, ...]:
    items = found.split(",") if isinstance(found, str) else found
    return tuple(_text(item).lower() for item in (items if isinstance(items, list) else [items]))


def _secret_name(found: object) -> str:
    """Where a secret is kept, never the secret."""
    text = _text(found)
    if not re.fullmatch(r"(?:env|keyring):[A-Za-z0-9_.-]{1,80}", text):
        raise ValueError
    return text


def _path(found: object) -> Path:
    return Path(_text(found)).expanduser()


_NETWORKS: Final = 'a list of addresses or ranges such as ["103.21.77.0/24"]'
SECTIONS: Final[Mapping[str, Mapping[str, Key]]] = {
    "server": {
        "host": Key(_text, "an address to listen on, such as 127.0.0.1 or 0.0.0.0"),
        "port": Key(_number(0, _HIGHEST_PORT), f"a port, 0 to {_HIGHEST_PORT} (0 takes a free one)"),
        "public_url": Key(_web_address, "an http:// or https:// address without user name or query"),
        "trusted_proxies": Key(_networks, _NETWORKS),
        "metrics_from": Key(_networks, _NETWORKS),
        "tls_certificate": Key(_path, "the path of a PEM file: the certificate and its chain"),
        "tls_key": Key(_path, "the path of a PEM file: the certificate's private key"),
        "allowed_origins": Key(_origins, 'a list of origins such as ["https://crm.example.com"]'),
    },
    "store": {
        "url": Key(_store_url, "sqlite:///PATH or postgresql://…", hidden=True),
    },
    "catalogue": {
        "file": Key(_path, "the path of a dispositions file"),
    },
    "lookups": {
        "file": Key(_path, "the path of a file of other directories to ask"),
    },
    "privacy": {
        "masked_roles": Key(_roles, 'a list of roles such as ["agent"]'),
        "reveal": Key(_flag, "true or false"),
    },
    "vendor": {
        "token": Key(_secret_name, _NAMED),
        "api_key": Key(_secret_name, _NAMED),
        "secret_token": Key(_secret_name, _NAMED),
        "company_id": Key(_text, "the company's id in MyOperator's panel"),
        "public_ivr_id": Key(_text, "the id of the IVR that makes outgoing calls"),
        "url": Key(_web_address, "an http:// or https:// address"),
        "dial_url": Key(_web_address, "an http:// or https:// address"),
        "reconcile_hours": Key(_number(1, 24), "whole hours, 1 to 24"),
    },
    "policy": {
        "wrap_up": Key(_one_of(*(demand.value for demand in Demand)), "optional, required or timed"),
        "wrap_up_seconds": Key(_number(5, _HOUR), f"whole seconds, 5 to {_HOUR}"),
        "auto_code": Key(_text, "a code of the catalogue that asks for nothing else"),
        "finish_before_quit": Key(_flag, "true or false"),
    },
    "calls": {
        "ring_timeout_seconds": Key(_number(10, _DAY), f"whole seconds, 10 to {_DAY}"),
        "talk_timeout_seconds": Key(_number(60, 7 * _DAY), f"whole seconds, 60 to {7 * _DAY}"),
    },
    "retention": {
        "stream_days": Key(_number(1, 3650), "whole days, 1 to 3650"),
        "raw_days": Key(_number(1, 3650), "whole days, 1 to 3650"),
        "record_days": Key(_number(7, 3650), "whole days, 7 to 3650: repetitions are known by records"),
        "renew_token_days": Key(_number(1, 3650), "whole days, 1 to 3650"),
        "idle_token_days": Key(_number(2, 3650), "whole days, 2 to 3650: more than a weekend"),
    },
    "hours": {
        "opens": Key(_clock_time, 'a time of day such as "10:00"'),
        "closes": Key(_clock_time, 'a time of day such as "19:00"'),
        "days": Key(_days, 'weekdays such as "mon-sat" or "mon,wed,fri"'),
        "timezone": Key(_timezone, "a time zone such as Asia/Kolkata"),
    },
    "log": {
        "format": Key(_one_of("text", "json"), "text or json"),
        "level": Key(_one_of("debug", "info", "warning", "error"), "debug, info, warning or error"),
    },
}
SOURCE: Final[Mapping[str, Key]] = {
    "provider": Key(_one_of(*PROVIDERS), " or ".join(PROVIDERS)),
    "timezone": Key(_timezone, "a time zone such as Asia/Kolkata"),
    "region": Key(_region, "a country's two letters, such as IN"),
    "allowed_addresses": Key(_networks, _NETWORKS),
    "address_policy": Key(_one_of("alert", "refuse"), "alert or refuse"),
    "token_header": Key(_header, "the name of an HTTP header, such as X-Webhook-Token"),
}


def key_of(dotted: str) -> Key | None:
    """The key of that dotted name (`server.port`, `sources.myoperator.region`), or None."""
    match dotted.split("."):
        case ["sources", source, name] if SOURCE_NAME.fullmatch(source):
            return SOURCE.get(name)
        case [section, name]:
            return SECTIONS.get(section, {}).get(name)
        case _:
            return None


def known_names(like: str) -> list[str]:
    """All dotted names, with the source's part as in `like`: what to suggest from."""
    parts = like.split(".")
    source = parts[1] if len(parts) > 2 else "NAME"  # noqa: PLR2004 - sources.NAME.key
    return [
        *(f"{section}.{name}" for section, keys in SECTIONS.items() for name in keys),
        *(f"sources.{source}.{name}" for name in SOURCE),
    ]
