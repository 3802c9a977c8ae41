"""Commands that need more of the running relay than its store, or tell more there: see `admin.LIVE`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

from cti_desktop.relay import quarantine
from cti_desktop.relay.command import Args, Circumstances
from cti_desktop.relay.commands import command
from cti_desktop.relay.hub import Hub
from cti_desktop.relay.ingest import Source
from cti_desktop.relay.reload import Reloaded
from cti_desktop.relay.routing import Router
from cti_desktop.relay.store import Store
from cti_desktop.relay.streams import Appended

_TOLD: Final = ("understood", "duplicates", "still", "last", "more")


@dataclass(frozen=True, slots=True)
class LiveCommands:
    """`commands` are by name, for the control line."""

    store: Store
    router: Router
    sources: Mapping[str, Source]
    publish: Callable[[Iterable[Appended]], None]
    clock: Callable[[], datetime]
    reload: Callable[[], Awaitable[Reloaded]]
    hub: Hub

    @property
    def commands(self) -> dict[str, Callable[[Args], Awaitable[Any]]]:
        """All of them."""
        return {
            "relay.reload": self._reload,
            "quarantine.replay": self._replay,
            "token.list": self._tokens,
        }

    async def _reload(self, _args: Args) -> dict[str, list[str]]:
        return asdict(await self.reload())

    async def _tokens(self, args: Args) -> list[dict[str, Any]]:
        """As without a relay, and who is connected just now."""
        at, connected = Circumstances(self.clock()), self.hub.token_ids
        listed = await self.store.read(lambda c: command("token.list").run(c, args, at))
        return [{**row, "connected": row["id"] in connected} for row in listed.result]

    async def _replay(self, args: Args) -> dict[str, int]:
        again = partial(
            quarantine.replay,
            sources=self.sources,
            router=self.router,
            now=self.clock(),
            after=int(args["after"]),
            only=args.get("id"),
        )
        replayed = await self.store.write(again, then=lambda replayed: self.publish(replayed.appended))
        return {name: getattr(replayed, name) for name in _TOLD}
