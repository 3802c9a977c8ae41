"""`POST /hooks/{source}`, the hot path: verify, hand to ingest, answer after the commit.

Knows requests and answers, but not how they travel: `hook_http` does. Nothing here waits.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import msgspec
from starlette.types import Scope

from cti_desktop.core.errors import StorageError
from cti_desktop.relay import asgi, funnels
from cti_desktop.relay.access import Access, without_token
from cti_desktop.relay.disk_guard import DiskGuard, Room
from cti_desktop.relay.ingest import Arrival, Outcome, Settled, Source
from cti_desktop.relay.metrics import Metrics
from cti_desktop.relay.proxies import Network, contains
from cti_desktop.relay.turned_away import TurnedAway

_log: Final = logging.getLogger(__name__)

MAX_BODY: Final = 256 * 1024


@dataclass(frozen=True)
class Answer:
    """What is said to a request: a status and JSON. `closes`: the connection is of no use afterwards."""

    status: int
    payload: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)
    closes: bool = False

    @cached_property
    def content(self) -> bytes:
        """The body."""
        return msgspec.json.encode(self.payload)

    @cached_property
    def lines(self) -> bytes:
        """The headers, as they travel."""
        length = str(len(self.content))
        headers = {"content-type": "application/json", "content-length": length, **self.headers}
        return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()


Reply = Callable[[Answer], None]

_NO_SOURCE: Final = Answer(404, {"error": "there is no such source"})
_WRONG_METHOD: Final = Answer(
    405,
    {
        "error": "this address takes POST only",
        "mend": "In MyOperator's panel, edit this webhook: set the method to POST and the format to JSON.",
    },
    {"allow": "POST"},
)
_STRANGER: Final = Answer(403, {"error": "not from this address"}, closes=True)
_UNAUTHORIZED: Final = Answer(401, {"error": "unauthorized"})
_RETRY: Final = {"retry-after": "5"}
_DISK_FULL: Final = Answer(503, {"error": "the disk is full: try again"}, _RETRY)
_NOT_STORED: Final = Answer(503, {"error": "not stored: try again"}, _RETRY)
_KEPT: Final = {outcome: Answer(200, {"status": outcome.value}) for outcome in Outcome}
OUR_BUG: Final = Answer(500, {"error": "internal error"})
TOO_LARGE: Final = Answer(413, {"error": "the body is too large"}, closes=True)
TOO_SLOW: Final = Answer(408, {"error": "the body took too long"}, closes=True)


@dataclass(frozen=True, slots=True)
class Hook:
    """A source, the lower-case name of the header in which its token may come, and from where it may come.

    No `allowed` addresses: from anywhere. Others are let in all the same unless `strict`, but not unnoticed.
    """

    source: Source
    token_header: bytes
    allowed: tuple[Network, ...] = ()
    strict: bool = False


class Hooks:
    """The endpoint. `turned_away` is told of everybody who isn't let in."""

    # Later than 5 s counts as a failure there; the provider tries again, and the dedupe key sees to the rest.
    commit_seconds = 4.0

    def __init__(
        self,
        hooks: Mapping[str, Hook],
        access: Callable[[], Access],
        take: Callable[[Arrival, Settled], None],
        disk: DiskGuard | None = None,
        metrics: Metrics | None = None,
    ) -> None:
        """`access`: what counts now. `take` tells once a delivery is on disk."""
        self._hooks = hooks
        self._access = access
        self._take = take
        self._disk = disk or DiskGuard(None)
        self._metrics = metrics or Metrics()
        self.now: Final = self._metrics.monotonic
        self.turned_away = TurnedAway()

    @property
    def refused(self) -> TurnedAway:
        """Who failed to authenticate, to be taken and reported."""
        return self.turned_away

    def refusal(self, name: str, scope: Scope) -> Answer | None:
        """Why a request to `/hooks/{name}` needn't send its body; None where it should."""
        hook = self._hooks.get(name)
        if hook is None:
            return _NO_SOURCE
        if scope["method"] != "POST":
            return _WRONG_METHOD
        if hook.allowed and not self._comes_from_where_it_may(hook, asgi.client(scope)):
            self._count(hook, "stranger")
            return _STRANGER
        return None

    def take(self, name: str, scope: Scope, body: bytes, began: float, reply: Reply) -> None:
        """Take one whole request, which began at a moment of `now`. `reply` is called once, then or later."""
        if refusal := self.refusal(name, scope):
            reply(refusal)
            return
        hook = self._hooks[name]
        access = self._access()
        if not access.admits(name, hook.token_header, scope, body):
            self.turned_away.wrong_secret(name, access.secrets.get(name, ()), asgi.client(scope))
            self._count(hook, "refused")
            reply(_UNAUTHORIZED)
        elif self._disk.room is Room.FULL:
            self._count(hook, "unavailable")
            reply(_DISK_FULL)
        else:
            content_type = asgi.header(scope, b"content-type") or ""
            query = without_token(asgi.query(scope)) if scope["query_string"] else {}
            self._store(hook, Arrival(hook.source, content_type[:200], body, query, began), reply)

    def unavailable(self, hook: Hook, why: str, reply: Reply) -> None:
        """A delivery could not be stored: it shall come again."""
        _log.error("%s: a delivery was not stored: %s", hook.source.name, why)
        self._count(hook, "unavailable")
        reply(_NOT_STORED)

    def _comes_from_where_it_may(self, hook: Hook, address: str) -> bool:
        if contains(hook.allowed, address):
            return True
        self.turned_away.stranger(hook.source.name, address, let_in=not hook.strict)
        return not hook.strict

    def _store(self, hook: Hook, arrival: Arrival, reply: Reply) -> None:
        pending = _Pending(self, hook, reply)
        try:
            self._take(arrival, pending.settled)
        except StorageError as error:
            self.unavailable(hook, str(error), reply)
            return
        pending.deadline = asyncio.get_running_loop().call_later(self.commit_seconds, pending.too_late)

    def _count(self, hook: Hook, outcome: str) -> None:
        name = hook.source.name
        self._metrics.turned_away(name, outcome, self.turned_away.since_rotation[name])


class _Pending:
    """A delivery that is being committed; answered once, by the commit or by the deadline."""

    __slots__ = ("_hook", "_hooks", "_reply", "deadline")

    def __init__(self, hooks: Hooks, hook: Hook, reply: Reply) -> None:
        self._hooks = hooks
        self._hook = hook
        self._reply: Reply | None = reply
        self.deadline: asyncio.TimerHandle

    def settled(self, outcome: Outcome | BaseException) -> None:
        """It is on disk, or can't be."""
        reply, self._reply = self._reply, None
        if reply is None:
            return
        self.deadline.cancel()
        match outcome:
            case Outcome():
                reply(_KEPT[outcome])
            case StorageError():
                self._hooks.unavailable(self._hook, str(outcome), reply)
            case _:
                funnels.tell(f"/hooks/{self._hook.source.name}", outcome)
                reply(OUR_BUG)

    def too_late(self) -> None:
        """Whoever posted it soon gives up; the dedupe key sees to the rest."""
        if self._reply is not None:
            reply, self._reply = self._reply, None
            self._hooks.unavailable(self._hook, "the disk is too slow", reply)
