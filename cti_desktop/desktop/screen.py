"""The contract with the UI: one immutable `Situation` in, intents out.

View-models are derived from a `Situation` by pure functions; only the controller makes one. Codes here are
stable; words for people live in the view-models.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from types import MappingProxyType
from typing import Final, Protocol

from cti_desktop.core.disposition import Catalogue, Disposition, Problem
from cti_desktop.core.errands import Errand
from cti_desktop.core.events import Caller
from cti_desktop.core.my_call import MyCall
from cti_desktop.core.people import Person
from cti_desktop.desktop.intents import AnyIntent
from cti_desktop.desktop.reasons import SignInProblem, Trouble
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.sharing import Sharing
from cti_desktop.wire.policy import Policy


@dataclass(frozen=True, slots=True)
class SignedOut:
    """No token. `problem` None: the first start, or signed out by the agent."""

    problem: SignInProblem | None = None
    trouble: Trouble | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SigningIn:
    """Keyring or relay are being asked (`leaves`: to sign out), up to a minute if the keyring prompts."""

    leaves: bool = False


@dataclass(frozen=True, slots=True)
class Connecting:
    """The first try, or one after a wait."""


@dataclass(frozen=True, slots=True)
class Online:
    """Linked. `caught_up` False: what was missed is still coming in."""

    caught_up: bool = True


@dataclass(frozen=True, slots=True)
class Waiting:
    """No link since `since`; the next try is at `retry_at` (both by `Situation.now`'s clock)."""

    since: datetime
    retry_at: datetime
    trouble: Trouble
    detail: str = ""


@dataclass(frozen=True, slots=True)
class StoodBy:
    """Another session of this device took over. Nothing is retried until the agent says `UseThisOne`."""


LinkStatus = SignedOut | SigningIn | Connecting | Online | Waiting | StoodBy


class NoticeCode(Enum):
    """Something the agent should know that is no call and no link state."""

    NOT_WRITTEN = (
        "not_written"  # the disk refuses (`detail`: `disk_full`, `read_only`, `corrupt`, `io` …); retried
    )
    SET_ASIDE = "set_aside"  # the store was damaged; a new one was begun; `detail` is where the old one lies
    NOT_KEPT = "not_kept"  # signed in for this run only: the token could not be kept; `detail` is a code
    OTHER_AGENT = "other_agent"  # others left `count` outcomes that wait for them; `detail` is their names
    FINISH_FIRST = "finish_first"  # the team asks for open outcomes before quitting; `detail`: how many
    CALL_FORGOTTEN = "call_forgotten"  # a refused disposition's call is too old to be edited
    NOT_CHANGED = "not_changed"  # a setting could not be kept or put into effect; `detail` says why
    DIAGNOSTICS = "diagnostics"  # the file for IT is written; `detail` is where it lies
    NO_DIAGNOSTICS = "no_diagnostics"  # it could not be written; `detail` says why
    RELAY_NEWER = "relay_newer"  # the relay says what this version doesn't know
    UPDATE = "update"  # a newer version is out; `detail`: which, and where it lies


@dataclass(frozen=True, slots=True)
class Notice:
    """`detail` is for people, foreign text possible: show it as plain text."""

    code: NoticeCode
    detail: str = ""
    count: int = 0


class OutboxState(Enum):
    """Where a saved disposition stands."""

    WAITING = "waiting"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A saved disposition that the relay has not stored. `code`, `field`, `message`: why it is parked."""

    disposition: Disposition
    state: OutboxState = OutboxState.WAITING
    code: str = ""
    field: str = ""
    message: str = ""


@dataclass(frozen=True, slots=True)
class Hops:
    """Of one stretch of the way, in seconds."""

    p50: float = 0.0
    p95: float = 0.0


@dataclass(frozen=True, slots=True)
class LatencyFigures:
    """Of today's `count` live rings. `whole`: from the relay's store to the painted card."""

    count: int = 0
    to_relay: Hops = Hops()
    to_desktop: Hops = Hops()
    to_paint: Hops = Hops()
    whole: Hops = Hops()


class RehearsalState(Enum):
    """How far a test pop came."""

    UNDER_WAY = "under_way"  # on its way to the relay: nothing to be seen yet
    THROUGH = "through"  # back from the relay
    NO_LINK = "no_link"  # there is no link just now
    NO_ANSWER = "no_answer"  # the relay did not answer in time, or doesn't know how


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A test pop: a card that is no call. `round_trip` in seconds, to the relay and back."""

    state: RehearsalState
    began_at: datetime
    round_trip: float = 0.0


class ReplyState(Enum):
    """How far a wish came."""

    UNDER_WAY = "under_way"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Reply:
    """What became of a wish; gone at `until`. `code`: why it failed, `text`: the relay's words for that.

    Of what was done, `text` is the number, or the recording's address; `at` is when it was told; `before` is
    the caller as known until then.
    """

    errand: Errand
    state: ReplyState
    until: datetime
    code: str = ""
    text: str = ""
    at: datetime | None = None
    before: Caller | None = None


# How many calls are read at once.
PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class FoundCalls:
    """What a search found in all calls that this device knows, newest first.

    `pages`: those that were read, by number, `PAGE` calls each. `serial` tells searches apart; `is_cut`:
    there may be more than `total`; `is_looking`: no answer yet.
    """

    text: str = ""
    number: str = ""
    serial: int = 0
    total: int = 0
    is_cut: bool = False
    is_looking: bool = False
    pages: Mapping[int, tuple[MyCall, ...]] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that the UI may show."""

    link: LinkStatus
    now: datetime
    """The relay's clock at the moment of rendering; a timer on the screen counts on from here by itself."""
    profile: str = "default"
    agent: Person | None = None
    """Who is signed in, as the relay last told; kept while offline."""
    relay_url: str = ""
    calls: tuple[MyCall, ...] = ()
    """Mine, oldest first, closed ones of the last days included. `shown` says whether the card is up."""
    prompt_order: tuple[str, ...] = ()
    """Ids of calls whose prompt is open, in the order in which to ask."""
    saving: frozenset[str] = frozenset()
    """Ids of calls whose disposition is on its way to the disk: the form is disabled for this moment."""
    problems: Mapping[str, tuple[Problem, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """By call id, after a refused submit; gone with the next edit."""
    outbox: tuple[OutboxItem, ...] = ()
    """Oldest first."""
    catalogue: Catalogue = Catalogue()
    policy: Policy = Policy()
    notices: tuple[Notice, ...] = ()
    found: FoundCalls = FoundCalls()
    replies: Mapping[tuple[str, str], Reply] = field(default_factory=lambda: MappingProxyType({}))
    """What became of wishes, by call id and wish."""
    settings: Settings = Settings()
    locked: frozenset[str] = frozenset()
    """Keys of settings that IT has fixed."""
    sharing: Sharing = Sharing.NOT_TOLD
    latency: LatencyFigures = LatencyFigures()
    rehearsal: Rehearsal | None = None
    clock_skew: timedelta = timedelta()
    """How far this computer's own clock is ahead of the relay's; zero until that is known."""


Emit = Callable[[AnyIntent], None]


class Screen(Protocol):
    """The UI, as the controller sees it. Called in the event loop's thread only; must not raise or block."""

    def render(self, situation: Situation) -> None:
        """Show `situation`. Cheap when little changed; called for every batch of changes."""

    def activate(self) -> None:
        """Bring the main window to the front: the agent, or a second start of the program, asked for it."""

    def closed(self) -> None:
        """The program ends: take everything off the screen."""


ScreenFactory = Callable[[Emit], Screen]
