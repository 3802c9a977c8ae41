"""A CRM on loopback that answers as told, or misbehaves: slow, 500, garbage, redirects, huge."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

OK = "HTTP/1.1 200 OK"

# As the services document them, with only what is read.
ANSWERS: dict[str, Any] = {
    "zoho": {
        "data": [
            {
                "id": "55",
                "Full_Name": "Asha",
                "Account_Name": {"name": "ATL"},
                "Owner": {"name": "Ravi"},
                "Tag": [{"name": "gold"}],
                "Email": "a@b.c",
            }
        ]
    },
    "hubspot": {
        "results": [
            {
                "id": "55",
                "properties": {
                    "firstname": "Asha",
                    "lastname": None,
                    "company": "ATL",
                    "phone": "99999 00001",
                },
            }
        ]
    },
    "freshdesk": [
        {"id": 55, "name": "Asha", "tags": ["gold", "pune"], "email": "a@b.c", "description": None}
    ],
    "salesforce": {
        "searchRecords": [
            {
                "Id": "55",
                "Name": "Asha",
                "MobilePhone": "99999 00001",
                "Account": {"Name": "ATL"},
                "Owner": {"Name": "Ravi"},
            }
        ]
    },
    "rest": {
        "name": "Asha",
        "company": "ATL",
        "owner": "Ravi",
        "vip": True,
        "tags": "gold",
        "plan": "A",
        "url": "https://customers.example.com/55",
    },
    "sql": {"name": "Asha", "company": "ATL", "account_manager": "Ravi", "is_vip": 1},
}


@dataclass
class Crm:
    """What it was asked, and what it answers next."""

    port: int = 0
    status: str = OK
    body: bytes = b"{}"
    headers: str = ""
    asked: list[str] = field(default_factory=list)
    answering: asyncio.Event = field(default_factory=asyncio.Event)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.answering.set()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request, answer it when allowed to, and hang up."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            length = next(
                (
                    int(line.split(":")[1])
                    for line in head.splitlines()
                    if line.lower().startswith("content-length")
                ),
                0,
            )
            self.asked.append(head + (await reader.readexactly(length)).decode())
            self.arrived.set()
            await self.answering.wait()
            more = f"\r\n{self.headers}" if self.headers else ""
            writer.write(
                f"{self.status}\r\nContent-Length: {len(self.body)}{more}\r\n\r\n".encode() + self.body
            )
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass  # it did not wait for us
        finally:
            writer.close()


@asynccontextmanager
async def crm() -> AsyncIterator[Crm]:
    """A running one."""
    found = Crm()
    server = await asyncio.start_server(found.serve, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    try:
        yield found
    finally:
        found.answering.set()
        server.close()
        await server.wait_closed()
