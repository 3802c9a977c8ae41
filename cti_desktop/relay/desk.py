"""What all sessions share: the store, the hub, what agents choose from, and how patient to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from cti_desktop.core.disposition import Catalogue
from cti_desktop.relay.cursors import Cursors
from cti_desktop.relay.dispositions import Dispositions
from cti_desktop.relay.errands import Errands
from cti_desktop.relay.hub import Hub
from cti_desktop.relay.store import Store
from cti_desktop.wire.policy import Policy


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a desktop may take, in seconds: to say hello, and to get on when everything waits for it."""

    hello: float = 10.0
    stall: float = 30.0


@dataclass(slots=True)
class Desk:
    """What all sessions share. `still_counts` tells whether a token has not been revoked meanwhile.

    `dispositions` may be replaced, by ones with another catalogue. `acknowledged` and `disposed` measure.
    """

    store: Store
    hub: Hub
    dispositions: Dispositions
    cursors: Cursors
    clock: Callable[[], datetime]
    still_counts: Callable[[str], bool]
    policy: Policy = Policy()
    limits: Limits = Limits()
    acknowledged: Callable[[str, int], object] = lambda _agent_id, _seq: None
    disposed: Callable[[float], object] = float
    errands: Errands | None = None

    @property
    def catalogue(self) -> Catalogue:
        """What the team may choose from."""
        return self.dispositions.catalogue

    @property
    def told(self) -> Policy:
        """The policy as desktops are told it: with what they may wish."""
        offered = self.errands.offered if self.errands is not None else ()
        return msgspec.structs.replace(self.policy, errands=offered)
