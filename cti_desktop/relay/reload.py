"""What is read anew without a restart: dispositions and certificate. What can't be used stays as it was."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from cti_desktop.core.disposition import Catalogue
from cti_desktop.core.errors import ConfigError
from cti_desktop.relay import catalogue, policy
from cti_desktop.relay.config import ConfigUnreadable, RelayConfig, load
from cti_desktop.relay.desk import Desk
from cti_desktop.relay.tls import Certificate
from cti_desktop.wire.close_codes import CloseCode

_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reloaded:
    """`kept`: what was wrong, and stays as it was. `warned`: what counts, but should be looked at."""

    kept: list[str] = field(default_factory=list)
    warned: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reload:
    """See the module."""

    config: RelayConfig
    desk: Desk
    certificate: Certificate | None

    def go(self) -> Reloaded:
        """Read everything; what was wrong."""
        done = Reloaded()
        for read in (self._catalogue, self._certificate):
            _try(read, done)
        _log.info("reloaded%s", f", except: {'; '.join(done.kept)}" if done.kept else "")
        return done

    def _catalogue(self, done: Reloaded) -> None:
        """Desktops get it when they say hello, so those that are connected are sent away to come back."""
        file = self._named()
        found, before = catalogue.load(file), self.desk.catalogue
        decided = policy.checked(self.config.policy, found, self.config.path)
        if found == before:
            return
        if (warning := _unraised(file, found, before)) is not None:
            _log.warning("%s", warning)
            done.warned.append(warning)
        self.desk.dispositions = replace(self.desk.dispositions, catalogue=found)
        self.desk.policy = decided
        self.desk.hub.hang_up(CloseCode.RESTARTING, "the dispositions were changed", lambda _session: True)

    def _named(self) -> Path | None:
        """The file that the configuration names by now, which may be for the first time."""
        return load(self.config.path).catalogue if self.config.path else self.config.catalogue

    def _certificate(self, _done: Reloaded) -> None:
        if self.certificate is not None:
            self.certificate.reload()


def _unraised(file: Path | None, found: Catalogue, before: Catalogue) -> str | None:
    """Nothing goes by the version but people: by it they tell which list a desktop has."""
    if file is None or found.version > before.version:
        return None
    return (
        f"{file}: the dispositions are others now, but version is {found.version}, and was {before.version} "
        f"before. They count all the same; raise it to {before.version + 1}, so that lists can be told apart"
    )


def _try(read: Callable[[Reloaded], None], done: Reloaded) -> None:
    try:
        read(done)
    except (ConfigError, ConfigUnreadable) as error:
        _log.error("not reloaded, the earlier one goes on to count: %s", error)
        done.kept.append(str(error))
