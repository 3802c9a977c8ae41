"""What is read anew without a restart: dispositions and certificate. What can't be used stays as it was."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from cti_desktop.core.errors import ConfigError
from cti_desktop.relay import catalogue, policy
from cti_desktop.relay.config import RelayConfig
from cti_desktop.relay.desk import Desk
from cti_desktop.relay.tls import Certificate
from cti_desktop.wire.close_codes import CloseCode

_log: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reload:
    """See the module."""

    config: RelayConfig
    desk: Desk
    certificate: Certificate | None

    def go(self) -> list[str]:
        """Read everything; what was wrong."""
        faults = [fault for read in (self._catalogue, self._certificate) for fault in _tried(read)]
        _log.info("reloaded%s", f", except: {'; '.join(faults)}" if faults else "")
        return faults

    def _catalogue(self) -> None:
        """Desktops get it when they say hello, so those that are connected are sent away to come back."""
        found = catalogue.load(self.config.catalogue)
        decided = policy.checked(self.config.policy, found, self.config.path)
        if found != self.desk.catalogue:
            self.desk.dispositions = replace(self.desk.dispositions, catalogue=found)
            self.desk.policy = decided
            self.desk.hub.hang_up(
                CloseCode.RESTARTING, "the dispositions were changed", lambda _session: True
            )

    def _certificate(self) -> None:
        if self.certificate is not None:
            self.certificate.reload()


def _tried(read: Callable[[], None]) -> Iterator[str]:
    try:
        read()
    except ConfigError as error:
        _log.error("not reloaded, the earlier one goes on to count: %s", error)
        yield str(error)
