"""What was found of all calls that this device knows, as lines that are made when they are looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo

from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.screen import PAGE, FoundCalls, Reply, Situation
from cti_desktop.desktop.viewmodels.caller import caller_model
from cti_desktop.desktop.viewmodels.rows import Row, call_row
from cti_desktop.desktop.viewmodels.words import day as words


@dataclass(frozen=True, slots=True)
class FoundModel:
    """`heading` names the caller whose calls these are, `count` how many. Equal while nothing changed."""

    found: FoundCalls
    heading: str = ""
    count: str = ""
    _situation: Situation | None = field(default=None, compare=False, repr=False)
    _live: Mapping[str, MyCall] = field(default_factory=dict, repr=False)
    _zone: tzinfo | None = None
    _replies: Mapping[tuple[str, str], Reply] = field(default_factory=dict, repr=False)
    _offered: tuple[str, ...] = ()

    def call_at(self, index: int) -> MyCall | None:
        """The call at `index` as it is now; None while its page is not read."""
        page = self.found.pages.get(index // PAGE)
        if page is None or index % PAGE >= len(page):
            return None
        call = page[index % PAGE]
        return self._live.get(call.id, call)

    def row(self, call: MyCall) -> Row:
        """Its line."""
        assert self._situation is not None  # noqa: S101 - whoever has a call has a situation
        row = call_row(call, self._situation, self._zone)
        return replace(row, number="") if self.found.number else row  # these are the caller's calls already

    def lacks(self, first: int, last: int) -> tuple[int, ...]:
        """The pages with the lines `first` to `last`, and their neighbours, as far as they are not read."""
        pages = range(max(0, first // PAGE - 1), last // PAGE + 2)
        end = -(-self.found.total // PAGE)
        return tuple(page for page in pages if page < end and page not in self.found.pages)


def found_model(situation: Situation, zone: tzinfo | None = None) -> FoundModel:
    """What the search found, with what this run knows better."""
    found = situation.found
    live = {call.id: call for call in situation.calls} if found.serial else {}
    count = words.found(found.total, cut=found.is_cut) if found.total and not found.is_looking else ""
    replies = situation.replies if found.serial else {}
    offered = situation.policy.errands
    return FoundModel(found, _heading(found), count, situation, live, zone, replies, offered)


def _heading(found: FoundCalls) -> str:
    """Whose history it is."""
    if not found.number:
        return ""
    first = found.pages.get(0, ())
    return words.calls_of(caller_model(first[0].info.caller).brief if first else found.number)
