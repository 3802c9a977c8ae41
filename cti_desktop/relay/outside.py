"""All that the relay asks others about callers: other directories, and MyOperator's own API."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from cti_desktop.relay import click_to_call, lookup_sources
from cti_desktop.relay.config import RelayConfig
from cti_desktop.relay.directory import AddressBook
from cti_desktop.relay.errands import Errands
from cti_desktop.relay.lookups import Lookups, directories_of
from cti_desktop.relay.reconcile import Reconciler
from cti_desktop.relay.routing import Router
from cti_desktop.relay.store import Store
from cti_desktop.relay.streams import Appended
from cti_desktop.relay.vendor import VendorApi

Publish = Callable[[Iterable[Appended]], None]


class Outside:
    """`furnish` it before anything else but `book`."""

    def __init__(self, config: RelayConfig, clock: Callable[[], datetime]) -> None:
        """Raises `ConfigError` for a source or a secret that can't be used."""
        self._config = config
        self._clock = clock
        self._region = next(iter(config.sources.values())).region
        sources = lookup_sources.load(config.lookups) if config.lookups else ()
        self._directories = directories_of(sources, self._region)
        self._vendor = VendorApi(config.vendor) if config.vendor.token else None
        self._lookups: Lookups
        self._reconciler: Reconciler | None = None
        self.errands: Errands

    def book(self) -> AddressBook:
        """Our own directory, which knows whether there are others."""
        return AddressBook(asks_others=bool(self._directories), clock=self._clock)

    def furnish(self, store: Store, router: Router, publish: Publish) -> None:
        """Make the rooms."""
        clock, region = self._clock, self._region
        self._lookups = Lookups(self._directories, store, router, publish, clock)
        live = click_to_call.live(self._vendor, store) if self._vendor else {}
        may_reveal = self._config.privacy.reveal
        self.errands = Errands(store, router, publish, clock, region, live, may_reveal)
        if self._vendor is not None:
            every = timedelta(hours=self._config.vendor.reconcile_hours)

            def tell(appended: Iterable[Appended]) -> None:
                """Whoever called unseen may be unknown, too."""
                events = tuple(appended)
                publish(events)
                self.notice(events)

            self._reconciler = Reconciler(self._vendor, store, router, tell, clock, region, every)

    def notice(self, appended: Iterable[Appended]) -> None:
        """Ask for what is not known of the callers of these events."""
        self._lookups.notice(appended)

    async def run(self) -> None:
        """Ask until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._lookups.run(), name="relay: lookups")
            if self._reconciler is not None:
                group.create_task(self._reconciler.run(), name="relay: call log")
