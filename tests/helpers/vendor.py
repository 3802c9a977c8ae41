"""MyOperator's own API on loopback, as its documentation tells: users, call logs, recordings, dialling."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "t0ken"
KEY = "k3y"


@dataclass
class Vendor:
    """What it knows, and what it was asked. `takes_body`: an account that wants JSON instead of a query.

    `refuses_call`: why it dials nobody, in an answer that looks like a success.
    """

    port: int = 0
    takes_body: bool = False
    broken: bool = False
    refuses_call: str = ""
    users: list[dict[str, Any]] = field(default_factory=list)
    log: list[dict[str, Any]] = field(default_factory=list)
    dialled: list[dict[str, Any]] = field(default_factory=list)
    searches: list[dict[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def answer(
        self, method: str, path: str, query: dict[str, str], body: dict[str, Any], key: str
    ) -> tuple[int, Any]:
        """Status and document."""
        if self.broken:
            return 500, "oops"
        if path == "/dial":
            return self._dial(body, key)
        given = query if "token" in query else body
        if path == "/search" and (not given.get("log_from") or (self.takes_body and given is query)):
            return 400, {"status": "error", "message": "send it as JSON"}
        if given.get("token") != TOKEN:
            return 401, {"status": "error"}
        match method, path:
            case "GET", "/user":
                return 200, {"data": self.users}
            case "GET", "/recordings/link" if query["file"] == "rec.mp3":
                return 200, {"status": "success", "url": "https://s3.example.com/rec.mp3?sig=1"}
            case "GET", "/recordings/link":
                return 200, {"status": "error"}
            case "POST", "/search":
                return 200, self._search(given)
            case _:
                return 404, {}

    def _dial(self, body: dict[str, Any], key: str) -> tuple[int, Any]:
        if key != KEY or ("user_id" in body and "number_2" in body):
            return 403, {"status": "error"}
        if self.refuses_call:
            return 200, {"status": "error", "message": self.refuses_call}
        self.dialled.append(body)
        return 200, {"status": "success"}

    def _search(self, given: dict[str, Any]) -> dict[str, Any]:
        self.searches.append(dict(given))
        between = [r for r in self.log if int(given["from"]) <= r["start_time"] <= int(given["to"])]
        first, size = int(given["log_from"]), int(given["page_size"])
        return {"data": {"hits": [{"_source": row} for row in between[first : first + size]]}}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
            raw = await reader.readexactly(int(headers.get("content-length", "0")))
            method, target, _ = head.split("\r\n")[0].split(" ")
            parts = urlsplit(target)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            status, document = self.answer(
                method, parts.path, query, json.loads(raw or b"{}"), headers.get("x-api-key", "")
            )
            body = json.dumps(document).encode()
            head = f"HTTP/1.1 {status} X\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            writer.write(head.encode() + body)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def vendor() -> AsyncIterator[Vendor]:
    """A running one."""
    found = Vendor()
    server = await asyncio.start_server(found.serve, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    try:
        yield found
    finally:
        server.close()
        await server.wait_closed()


def logged(
    start: int, number: str = "919999900001", *, agent: str = "Asha", connected: bool = True
) -> dict[str, Any]:
    """A row of the call log, as the API gives it: 40 seconds long."""
    return {
        "caller_number": number.removeprefix("91"),
        "caller_number_raw": number,
        "start_time": start,
        "end_time": start + 40,
        "duration": "00:00:40",
        "event": 1,
        "status": 1 if connected else 2,
        "filename": "rec.mp3" if connected else "",
        "department_name": "Sales",
        "log_details": [
            {
                "action": "received" if connected else "missed",
                "_ds": "ANSWER" if connected else "NOANSWER",
                "duration": "00:00:31",
                "start_time": start + 5,
                "received_by": [{"name": agent, "extension": "11"}],
            }
        ],
    }
