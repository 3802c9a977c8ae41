"""The settings in force: the profile's file beneath what IT has fixed. Changes go to the file at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from cti_desktop.core.errors import ConfigError, StorageError
from cti_desktop.desktop import settings
from cti_desktop.desktop.managed import NOTHING, Managed
from cti_desktop.desktop.settings import Settings


class Preferences:
    """One profile's. `now` is what counts."""

    def __init__(self, path: Path, managed: Managed = NOTHING) -> None:
        """Read them. Raises what `settings.load` does."""
        self._path = path
        self._managed = managed
        self.now: Settings = settings.load(path, managed)

    @property
    def locked(self) -> frozenset[str]:
        """The keys that the agent can't change."""
        return frozenset(key for key in Settings.__struct_fields__ if self._managed.is_locked(key))

    def change(self, changes: Mapping[str, object]) -> None:
        """Use `changes` from now on, except what is locked, and keep them.

        Raises `ConfigError` for a value that can't be, and `StorageError` when they could not be kept: they
        count for this run all the same.
        """
        free = {key: value for key, value in changes.items() if key not in self.locked}
        if not free:
            return
        try:
            self.now = msgspec.convert({**msgspec.to_builtins(self.now), **free}, Settings)
        except msgspec.ValidationError as error:
            key = next(iter(free))
            raise ConfigError(
                where=str(self._path), key=key, found=free[key], allowed=str(error).partition(" - ")[0]
            ) from error
        settings.change(self._path, free)

    def reread(self) -> None:
        """The file was written by another part of the program. A damaged one changes nothing."""
        try:
            self.now = settings.load(self._path, self._managed)
        except (ConfigError, StorageError):
            return
