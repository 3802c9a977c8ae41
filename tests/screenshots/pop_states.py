"""More states to picture: cards as the agent's settings have them, and the settings themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from cti_desktop.core.call import EndReason
from cti_desktop.core.my_call import MyCall
from cti_desktop.desktop.reasons import Trouble
from cti_desktop.desktop.screen import (
    Hops,
    LatencyFigures,
    Notice,
    NoticeCode,
    Rehearsal,
    RehearsalState,
    Situation,
    Waiting,
)
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.sharing import Sharing
from tests.helpers import situations as s
from tests.screenshots.states import ASHA, HINDI, UNKNOWN, State, history

LATENCY: Final = LatencyFigures(23, whole=Hops(0.04, 0.2))
CRM: Final = "https://crm.example.com/?phone={number}"


def chosen(*calls: MyCall, **settings: object) -> Situation:
    """A situation with these settings."""
    return s.situation(*calls, settings=Settings(**settings))  # type: ignore[arg-type]  # the tests' own keywords


def offline(trouble: Trouble) -> Situation:
    """No link for a minute, because of that."""
    return s.situation(*history(), link=Waiting(s.ago(seconds=61), s.NOW + timedelta(seconds=12), trouble))


def card_states() -> list[State]:
    """Cards and pills."""
    late = replace(s.closed("c", caller=ASHA), late=True, rang_at=s.ago(minutes=50))
    calls = (s.connected("a"), s.closed("m", caller=UNKNOWN), s.ringing("b", HINDI))
    test = Rehearsal(RehearsalState.THROUGH, s.NOW, 0.012)
    return [
        State("missed-late", s.situation(late)),
        State("pills", chosen(*calls, do_not_disturb=True)),
        State("card-with-crm", chosen(s.connected("c"), crm_url=CRM)),
        State("card-private", chosen(*history()[:1], s.ringing("c"), privacy=True)),
        State("card-shared", s.situation(*history()[:1], s.ringing("c"), sharing=Sharing.HIDDEN)),
        State("stack-shared", s.situation(s.ringing("c"), s.wrap_up("p", ASHA), sharing=Sharing.HIDDEN)),
        State("top-left", chosen(s.connected("a"), s.ringing("b", ASHA), corner="top-left")),
        State("test-pop", s.situation(rehearsal=test, latency=LATENCY)),
        State("test-pop-offline", s.situation(rehearsal=Rehearsal(RehearsalState.NO_LINK, s.NOW))),
        State("voicemail", s.situation(s.closed("c", EndReason.VOICEMAIL, caller=ASHA))),
    ]


def window_states() -> list[State]:
    """The main window where the link has a trouble of its own kind; the settings."""
    fixed = replace(
        chosen(screen="DP-7", sound=True, crm_url=CRM),
        locked=frozenset({"sound", "ca_file", "proxy"}),
        latency=LATENCY,
    )
    done = Notice(NoticeCode.DIAGNOSTICS, "/home/meera/Downloads/cti-desktop-diagnostics-20261123-150507.zip")
    return [
        State("window-portal", offline(Trouble.PORTAL), window=True),
        State("window-clock-behind", offline(Trouble.CLOCK), window=True),
        State("window-not-pinned", offline(Trouble.NOT_PINNED), window=True),
        State("window-clock-ahead", s.situation(*history(), clock_skew=timedelta(minutes=12)), window=True),
        State("window-private", chosen(*history(), privacy=True), window=True),
        State("window-shared", s.situation(*history(), sharing=Sharing.HIDDEN), window=True),
        State("window-shared-revealed", s.situation(*history(), sharing=Sharing.REVEALED), window=True),
        State("window-diagnostics", s.situation(*history(), notices=(done,)), window=True),
        State("settings", s.situation(), settings=True),
        State("settings-fixed", fixed, settings=True),
    ]


def all_states() -> list[State]:
    """Every state of this module."""
    return [*card_states(), *window_states()]
