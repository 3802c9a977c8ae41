"""`/hooks/…` straight from the parser: as an ASGI request each would take twice as long.

A connection is uvicorn's, and so are keep-alive, pipelining, shutdown and every other request on it. Owns how
a hook's request travels: its body's size and time, `Expect`, one write for each answer. `hooks` decides.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any, Final, cast
from urllib.parse import unquote

import httptools
from starlette.types import Scope
from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from cti_desktop.relay import funnels
from cti_desktop.relay.hooks import MAX_BODY, OUR_BUG, TOO_LARGE, TOO_SLOW, Answer, Hooks
from cti_desktop.relay.proxies import Network, seen_through
from cti_desktop.relay.server import BoundedHttp

PATH: Final = "/hooks/"
_PLAIN: Final = PATH.encode()
_BODY_SECONDS: Final = 10.0
# Of a body that is too large, so much is read and thrown away: else the sender sees no answer, but a reset.
_THROWN_AWAY: Final = 4 * 1024 * 1024


class HookHttp(BoundedHttp):
    """One connection."""

    body_seconds = _BODY_SECONDS
    cycle: Any  # uvicorn's or a `Delivery`

    def __init__(
        self,
        *uvicorns: Any,  # noqa: ANN401 - uvicorn's
        hooks: Hooks,
        trusted_proxies: Sequence[Network] = (),
        **more: Any,  # noqa: ANN401 - uvicorn's
    ) -> None:
        """`trusted_proxies`: whose word on who asks counts."""
        super().__init__(*uvicorns, **more)
        self.hooks = hooks
        self._trusted_proxies = trusted_proxies

    def data_received(self, data: bytes) -> None:
        """Parse; what then lacks the rest of its body has a deadline."""
        super().data_received(data)
        if isinstance(self.cycle, Delivery):
            self.cycle.expect_more()

    def on_headers_complete(self) -> None:
        """The head is here, and says whether the request is ours."""
        upgrades = self.parser.should_upgrade() and self._should_upgrade()
        path, query_string = ("", b"") if upgrades else _target(self.url)
        if not path.startswith(PATH):
            super().on_headers_complete()
            return
        self.head_came()
        scope = cast("dict[str, Any]", self.scope)  # uvicorn makes one for each request
        scope["method"] = self.parser.get_method().decode("ascii")
        scope["path"], scope["query_string"] = path, query_string
        keep_alive = self.parser.get_http_version() != "1.0" and self.parser.should_keep_alive()
        previous = self.cycle
        delivery = Delivery(self, seen_through(scope, self._trusted_proxies), keep_alive=keep_alive)
        self.cycle = delivery
        if previous is None or previous.response_complete:
            delivery.begin()
        else:
            self.flow.pause_reading()
            self.pipeline.appendleft((self.cycle, self.app))

    def on_body(self, body: bytes) -> None:
        """A part of a body."""
        if isinstance(self.cycle, Delivery):
            self.cycle.receive(body)
        else:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole."""
        if isinstance(self.cycle, Delivery):
            self.cycle.end()
        else:
            super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """Converse, unless an answer is still owed: it would land among the frames."""
        if self.cycle is None or self.cycle.response_complete:
            super().handle_websocket_upgrade()
        else:
            self.send_400_response("An upgrade must wait for the answer to what was asked before.")

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody waits for an answer any more."""
        for cycle in (self.cycle, *(queued for queued, _ in self.pipeline)):
            if isinstance(cycle, Delivery):
                cycle.hung_up()
        super().connection_lost(exc)

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:  # noqa: ANN401 - uvicorn's
        """A request's turn has come that was sent before the answer to another."""
        if isinstance(cycle, Delivery):
            cycle.begin()
        else:
            super()._start_asgi_task(cycle, app)

    def write(self, answer: Answer, *, keep_alive: bool, bodiless: bool) -> None:
        """Answer, in one piece."""
        if self.transport.is_closing():
            return
        if self.flow.write_paused:  # who sends so much and reads no answer isn't waited for
            self.transport.abort()
            return
        parts = [STATUS_LINE[answer.status]]
        for name, value in self.server_state.default_headers:
            parts += (name, b": ", value, b"\r\n")
        parts += (answer.lines, b"\r\n" if keep_alive else b"connection: close\r\n\r\n")
        if not bodiless:
            parts.append(answer.content)
        self.transport.write(b"".join(parts))
        if not keep_alive:
            self.transport.close()


def _target(url: bytes) -> tuple[str, bytes]:
    """A request's path, unquoted, and its query."""
    if url.startswith(_PLAIN) and b"%" not in url and b"#" not in url:
        path, _, query = url.partition(b"?")
        return path.decode("ascii"), query
    raw = httptools.parse_url(url)
    return unquote(raw.path.decode("ascii")) if raw.path else "", raw.query or b""


class Delivery:
    """One request to a hook, from its head to its answer. Looks to uvicorn like one of its own."""

    # uvicorn wakes its ASGI tasks by this; here nobody waits.
    message_event = asyncio.Event()
    __slots__ = (
        "_began",
        "_body",
        "_expects",
        "_has_turn",
        "_http",
        "_length",
        "_name",
        "_scope",
        "_timer",
        "_whole",
        "disconnected",
        "keep_alive",
        "response_complete",
    )

    def __init__(self, http: HookHttp, scope: Scope, *, keep_alive: bool) -> None:
        self.keep_alive = keep_alive
        self.response_complete = False
        self.disconnected = False
        self._http = http
        self._scope = scope
        self._name: str = scope["path"].removeprefix(PATH).removesuffix("/")  # panels' URLs are typed by hand
        self._expects = http.expect_100_continue
        self._body = b""
        self._length = 0
        self._whole = False
        self._has_turn = False
        self._began = http.hooks.now()
        self._timer: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Everything before it is answered."""
        self._has_turn = True
        if self._whole:
            self._go()
        elif self._expects:
            self._invite()
        else:
            self.expect_more()

    def receive(self, part: bytes) -> None:
        """A part of the body."""
        if self.response_complete:
            return
        self._length += len(part)
        if self._length <= MAX_BODY:
            self._body = self._body + part if self._body else part
        else:
            self._body = b""
            if self._length > _THROWN_AWAY and self._has_turn:
                self._answer(TOO_LARGE)

    def end(self) -> None:
        """That was all of it."""
        self._whole = True
        if self._has_turn and not self.response_complete:
            self._go()

    def expect_more(self) -> None:
        """The rest of the body must come soon."""
        if self._has_turn and not self._whole and not self.response_complete and self._timer is None:
            self._timer = self._http.loop.call_later(self._http.body_seconds, self._answer, TOO_SLOW)

    def hung_up(self) -> None:
        """The sender is gone."""
        if self._timer is not None:
            self._timer.cancel()
        self._whole = self.response_complete = True

    def _invite(self) -> None:
        """The sender asks before it sends a body."""
        refusal = self._http.hooks.refusal(self._name, self._scope)
        if refusal is not None:
            self.keep_alive = False  # whether the body comes all the same, nobody can tell
            self._answer(refusal)
        else:
            self._http.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.expect_more()

    def _go(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if self._length > MAX_BODY:
            self._answer(TOO_LARGE)
            return
        body, self._body = self._body, b""
        take = partial(self._http.hooks.take, self._name, self._scope, body, self._began, self._answer)
        funnels.attempt(self._scope["path"], take, partial(self._answer, OUR_BUG))

    def _answer(self, answer: Answer) -> None:
        if self.response_complete:
            return
        self.response_complete = True
        if self._timer is not None:
            self._timer.cancel()
        self.keep_alive = self.keep_alive and not answer.closes
        self._http.write(answer, keep_alive=self.keep_alive, bodiless=self._scope["method"] == "HEAD")
        self._http.on_response_complete()
