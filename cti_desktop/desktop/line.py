"""The connection in use, at most one at a time, and who is signed in over it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime

from cti_desktop import __version__
from cti_desktop.core.disposition import Disposition
from cti_desktop.core.errands import Errand
from cti_desktop.desktop.account import SignedIn
from cti_desktop.desktop.connection import Connection
from cti_desktop.desktop.dialing import Pace
from cti_desktop.desktop.inbox import Heard
from cti_desktop.desktop.screen import LinkStatus
from cti_desktop.desktop.way import Way
from cti_desktop.wire.desktop_link import Cursor, DesktopLink, LinkEvent


class Line:
    """`hear` enqueues what a connection tells; `way` is asked at each new connection."""

    def __init__(
        self,
        device: str,
        hear: Callable[[Heard], None],
        now: Callable[[], datetime],
        way: Callable[[], Way],
        pace: Pace,
    ) -> None:
        """Without a connection."""
        self.connection: Connection | None = None
        self.signed_in: SignedIn | None = None
        self._device = device
        self._hear = hear
        self._now = now
        self._way = way
        self._pace = pace
        self._task: asyncio.Task[None] | None = None

    def connect(self, signed_in: SignedIn, cursor: Cursor, tasks: asyncio.TaskGroup) -> None:
        """Connect as `signed_in`, beginning after `cursor`, in place of any other connection."""
        self.disconnect()
        self.signed_in = signed_in
        link = DesktopLink(self._device, __version__, cursor)

        def tell(what: LinkEvent | LinkStatus) -> None:
            self._hear(Heard(connection, what))

        connection = Connection(signed_in, link, tell, self._now, way=self._way(), pace=self._pace)
        self.connection = connection
        self._task = tasks.create_task(connection.run(), name="link")

    def deliver(self, dispositions: Iterable[Disposition], errands: Iterable[Errand] = ()) -> None:
        """Send what is saved and wished, now or as soon as there is a link."""
        if self.connection is not None:
            self.connection.submit(dispositions)
            self.connection.ask(errands)

    def disconnect(self) -> None:
        """End the connection, if there is one."""
        if self._task is not None:
            self._task.cancel()
        self._task = self.connection = None
