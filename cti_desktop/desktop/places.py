"""Where a profile keeps its files. Makes the folders private; knows nothing of what is in the files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from cti_desktop.core.errors import ConfigError

APP: Final = "cti-desktop"
DEFAULT_PROFILE: Final = "default"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", re.ASCII)
# Windows takes these for devices, with any ending and in any case.
_DEVICES: Final = re.compile(r"con|prn|aux|nul|com\d|lpt\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one profile."""

    profile: str
    config: Path
    data: Path
    state: Path

    @property
    def settings(self) -> Path:
        """The settings file; nothing secret in it."""
        return self.config / "settings.json"

    @property
    def store(self) -> Path:
        """The SQLite file."""
        return self.data / "desktop.sqlite3"

    @property
    def log(self) -> Path:
        """The log file; older ones beside it."""
        return self.state / "cti-desktop.log"

    def make(self) -> None:
        """Make the folders, for this user only. Raises `OSError`."""
        for folder in (self.config, self.data, self.state):
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)


def of_profile(profile: str) -> Places:
    """The user's own places for `profile`. Raises `ConfigError` for a name that can't be a folder's."""
    name = checked_profile(profile)
    return Places(
        name,
        platformdirs.user_config_path(APP, appauthor=False) / name,
        platformdirs.user_data_path(APP, appauthor=False) / name,
        platformdirs.user_state_path(APP, appauthor=False) / name,
    )


def under(root: Path, profile: str = DEFAULT_PROFILE) -> Places:
    """Places in a folder of the caller's: for tests, the self-test and the demo."""
    return Places(checked_profile(profile), root / "config", root / "data", root / "state")


def checked_profile(name: str) -> str:
    """`name`, if it can be a profile's. Raises `ConfigError`."""
    if not _NAME.fullmatch(name) or _DEVICES.fullmatch(name):
        allowed = "1 to 40 letters, digits, - or _, beginning with a letter or digit"
        raise ConfigError(where="command line", key="--profile", found=name, allowed=allowed)
    return name
