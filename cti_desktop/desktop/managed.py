"""What IT and the team lead decided for this machine: fixed settings, and other values to begin with.

Reads the managed settings file, never writes it. What the settings mean is `settings`' business.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from cti_desktop.core.errors import ConfigError, StorageError

FILE: Final = "managed.toml"
_TABLES: Final = ("fixed", "defaults")
_MAX_BYTES: Final = 64 * 1024
_NONE: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Managed:
    """Settings by key. `fixed` wins over the agent's choice, `defaults` only over the program's own.

    `source` is the file they stand in, None without one.
    """

    fixed: Mapping[str, Any] = field(default_factory=lambda: _NONE)
    defaults: Mapping[str, Any] = field(default_factory=lambda: _NONE)
    source: Path | None = None

    def is_locked(self, key: str) -> bool:
        """Whether the agent can't change the setting `key`: show it, disabled."""
        return key in self.fixed

    def over(self, chosen: Mapping[str, Any]) -> dict[str, Any]:
        """The settings that count, by key, where the agent's own file says `chosen`."""
        return {**self.defaults, **chosen, **self.fixed}

    def beneath(self, other: Managed) -> Managed:
        """These together with `other`, which wins: the branding's beneath IT's."""
        fixed = {**self.fixed, **other.fixed}
        defaults = {**self.defaults, **other.defaults}
        # A default of IT's frees what the team lead had fixed.
        freed = {
            key: value for key, value in fixed.items() if key in other.fixed or key not in other.defaults
        }
        return Managed(freed, defaults, other.source or self.source)


NOTHING: Final = Managed()


def place(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> Path:
    """Where the file is on this system: a folder that only an administrator can write to."""
    match platform:
        case "win32":
            return Path(environment.get("PROGRAMDATA", r"C:\ProgramData")) / "cti-desktop" / FILE
        case "darwin":
            return Path("/Library/Application Support/cti-desktop") / FILE
        case _:
            return Path("/etc/cti-desktop") / FILE


def load(path: Path | None = None) -> Managed:
    """What the file (None: the system's) says; `NOTHING` when there is none.

    Raises `ConfigError` for one that can't be understood, `StorageError` for one that can't be read.
    """
    path = path or place()
    try:
        text = path.read_bytes()[:_MAX_BYTES].decode("utf-8-sig")
        tables = tomllib.loads(text)
    except FileNotFoundError:
        return NOTHING
    except OSError as error:
        raise StorageError(f"{path} can't be read: {error.strerror}", code="io") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        allowed = 'TOML in UTF-8, such as [fixed] and below it relay_url = "https://relay.example.com"'
        raise ConfigError(where=str(path), key="the file", found=str(error), allowed=allowed) from error
    for key, value in tables.items():
        if key not in _TABLES or not isinstance(value, dict):
            allowed = "the tables [fixed] and [defaults], and settings in them"
            raise ConfigError(where=str(path), key=key, found=value, allowed=allowed)
    return Managed(tables.get("fixed", {}), tables.get("defaults", {}), path)
