"""What the agent wishes of the program itself. What the agent wishes for a call is in `core.intents`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cti_desktop.core.errands import Errand
from cti_desktop.core.intents import Intent


@dataclass(frozen=True, slots=True)
class SignIn:
    """Exchange an enrolment code for a token. `relay_url` is as typed."""

    relay_url: str
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignOut:
    """Forget the token. What is not sent yet stays."""


@dataclass(frozen=True, slots=True)
class RetryNow:
    """Don't wait any longer: connect, write or sign in again now."""


@dataclass(frozen=True, slots=True)
class UseThisOne:
    """Another session of this device took over: take it back."""


@dataclass(frozen=True, slots=True)
class ShowWindow:
    """Bring the main window to the front."""


@dataclass(frozen=True, slots=True)
class Quit:
    """End the program, once everything typed is on the disk. Nothing may stand in its way."""


@dataclass(frozen=True, slots=True)
class AskToQuit:
    """The agent wants to leave: end the program, unless the team asks for open outcomes first."""


@dataclass(frozen=True, slots=True)
class DismissNotice:
    """The notice with this code has been read."""

    code: str


@dataclass(frozen=True, slots=True)
class EditParked:
    """Open the prompt again with what the relay refused. `id` is the disposition's."""

    id: str


@dataclass(frozen=True, slots=True)
class DiscardParked:
    """Throw away a disposition that the relay refused. `id` is the disposition's."""

    id: str


@dataclass(frozen=True, slots=True)
class ForAttendant:
    """What concerns neither a call nor the sign-in."""


@dataclass(frozen=True, slots=True)
class ChangeSettings(ForAttendant):
    """Use these settings from now on, by key."""

    changes: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class HideCallers(ForAttendant):
    """Hide who calls, or show it: while the screen is shared, until that ends; else as a setting."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class ScreenShared(ForAttendant):
    """From the screen itself: the system tells that others see it, or that they do no longer."""

    told: bool


@dataclass(frozen=True, slots=True)
class TestPop(ForAttendant):
    """Show a card that is no call, through the relay and back."""

    __test__ = False  # for pytest, which takes the name for a test's


@dataclass(frozen=True, slots=True)
class EndTestPop(ForAttendant):
    """Take the card that is no call away."""


@dataclass(frozen=True, slots=True)
class CardPainted(ForAttendant):
    """The card of a call was painted for the first time, at `at` seconds of `time.perf_counter`."""

    call_id: str
    at: float


@dataclass(frozen=True, slots=True)
class ExportDiagnostics(ForAttendant):
    """Write a file that IT can use, and that says nothing of customers."""


@dataclass(frozen=True, slots=True)
class NetworkChanged(ForAttendant):
    """The way to the relay may be another one: look whether the link still holds."""


@dataclass(frozen=True, slots=True)
class DiagnosticsDone(ForAttendant):
    """From the program itself: the file is written at `path`, or `problem` says why not."""

    path: str
    problem: str = ""

    @property
    def said(self) -> str:
        """What a notice says of it."""
        return self.problem or self.path


@dataclass(frozen=True, slots=True)
class LookForUpdates(ForAttendant):
    """From the program itself, at its start: ask once a day from now on."""


@dataclass(frozen=True, slots=True)
class UpdateFound(ForAttendant):
    """From the program itself: a newer version is out; `said` has which, and where it lies."""

    said: str


@dataclass(frozen=True, slots=True)
class ProbeLate(ForAttendant):
    """From the program itself: the relay did not answer the probe of that id in time."""

    id: str


Attended = (
    ChangeSettings
    | HideCallers
    | ScreenShared
    | TestPop
    | EndTestPop
    | CardPainted
    | ExportDiagnostics
    | DiagnosticsDone
    | NetworkChanged
    | LookForUpdates
    | UpdateFound
    | ProbeLate
)


@dataclass(frozen=True, slots=True)
class ForArchive:
    """What concerns the search in all calls that this device knows."""


@dataclass(frozen=True, slots=True)
class FindCalls(ForArchive):
    """Look for the calls with `text`, or of the caller with `number`; with neither, for all."""

    text: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class ReadPages(ForArchive):
    """These pages of what the search `serial` found are in view, or nearly."""

    serial: int
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ForCaller:
    """What concerns the caller of a call, and not how the call went."""


@dataclass(frozen=True, slots=True)
class Wish(ForCaller):
    """Something that the relay is to do about the caller of a call."""

    errand: Errand


@dataclass(frozen=True, slots=True)
class TakeBack(ForCaller):
    """What the wish `what` led to is not to be shown any longer."""

    call_id: str
    what: str


@dataclass(frozen=True, slots=True)
class PageOpened(ForCaller):
    """The caller's page in the CRM was opened by itself, as it is once for a call."""

    call_id: str


AppIntent = (
    SignIn
    | SignOut
    | RetryNow
    | UseThisOne
    | ShowWindow
    | Quit
    | AskToQuit
    | DismissNotice
    | EditParked
    | DiscardParked
)
AnyIntent = Intent | AppIntent | Attended | ForArchive | ForCaller
