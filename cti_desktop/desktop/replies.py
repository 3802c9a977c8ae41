"""What became of wishes: under way, done, or why not. Of this run only: nothing here is written.

A number that was revealed stays for a moment, and is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from cti_desktop.core.errands import (
    DIAL,
    DURABLE,
    MERGE_CONTACTS,
    RECORDING,
    REVEAL,
    UNMERGE_CONTACTS,
    Errand,
)
from cti_desktop.core.events import Caller
from cti_desktop.desktop.screen import Reply, ReplyState
from cti_desktop.wire.desktop_link import ErrandDone, ErrandRefused

# Longer than the relay waits for MyOperator.
PATIENCE: Final = timedelta(seconds=25)
# How long a number can be read, a success is shown, and a refusal.
REVEALED: Final = timedelta(seconds=30)
SHOWN: Final = timedelta(seconds=12)
TOLD: Final = timedelta(seconds=60)
# A merge can be taken back from the card for as long as the card may matter.
UNDOABLE: Final = timedelta(minutes=10)

OFFLINE: Final = "offline"
LOST: Final = "lost"
LATE: Final = "late"

Key = tuple[str, str]
_HOW_LONG: Final = MappingProxyType({REVEAL: REVEALED, DIAL: SHOWN, RECORDING: SHOWN})
_RESULT: Final = MappingProxyType({REVEAL: "number", RECORDING: "link"})


class Replies:
    """By call and wish: the latest one counts."""

    def __init__(self) -> None:
        """Nothing was wished."""
        self._replies: dict[Key, Reply] = {}

    @property
    def shown(self) -> Mapping[Key, Reply]:
        """What the screen may tell."""
        return MappingProxyType(dict(self._replies))

    @property
    def next_due(self) -> datetime | None:
        """When the next of them is over."""
        return min((reply.until for reply in self._replies.values()), default=None)

    def before_merge(self, errand: Errand) -> Caller | None:
        """Who the caller was before the merge that `errand` takes back."""
        merge = self._replies.get((errand.call_id, MERGE_CONTACTS))
        is_it = merge is not None and merge.errand.id == errand.args.get("merge")
        return merge.before if merge is not None and is_it and errand.what == UNMERGE_CONTACTS else None

    def asked(self, errand: Errand, now: datetime, *, linked: bool, caller: Caller | None = None) -> bool:
        """The agent wishes it. False: it can't be asked now and makes no sense later, or is being asked."""
        key = errand.call_id, errand.what
        was = self._replies.get(key)
        if errand.what in DURABLE:
            if errand.what == UNMERGE_CONTACTS:
                self._replies.pop((errand.call_id, MERGE_CONTACTS), None)
            self._replies[key] = Reply(errand, ReplyState.DONE, now + UNDOABLE, before=caller)
            return True
        if was is not None and was.state is ReplyState.UNDER_WAY:
            return False
        state = ReplyState.UNDER_WAY if linked else ReplyState.FAILED
        until = now + (PATIENCE if linked else TOLD)
        self._replies[key] = Reply(errand, state, until, code="" if linked else OFFLINE)
        return linked

    def answered(self, answer: ErrandDone | ErrandRefused, errand: Errand | None, now: datetime) -> None:
        """The relay's word. `errand`: as it was kept; None for one that was not."""
        known = next((r.errand for r in self._replies.values() if r.errand.id == answer.id), errand)
        if known is None:
            return
        key = known.call_id, known.what
        if isinstance(answer, ErrandRefused):
            refused = Reply(known, ReplyState.FAILED, now + TOLD, code=answer.code, text=answer.message)
            self._replies[key] = refused
        elif known.what not in DURABLE:
            until = now + _HOW_LONG.get(known.what, SHOWN)
            text = answer.result.get(_RESULT.get(known.what, ""), "")
            self._replies[key] = Reply(known, ReplyState.DONE, until, text=text, at=now)

    def take_back(self, call_id: str, what: str) -> None:
        """The agent has seen it."""
        self._replies.pop((call_id, what), None)

    def look(self, now: datetime, *, linked: bool) -> None:
        """Give up what got no answer, and forget what was shown for long enough."""
        for key, reply in list(self._replies.items()):
            if reply.state is ReplyState.UNDER_WAY and (not linked or reply.until <= now):
                code = LATE if linked else LOST
                self._replies[key] = replace(reply, state=ReplyState.FAILED, until=now + TOLD, code=code)
            elif reply.until <= now:
                del self._replies[key]
