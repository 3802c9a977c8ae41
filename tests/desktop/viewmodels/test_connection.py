from dataclasses import replace
from datetime import timedelta

import pytest

from cti_desktop.core.events import Caller, Contact
from cti_desktop.desktop.reasons import Trouble
from cti_desktop.desktop.screen import (
    Connecting,
    Hops,
    LatencyFigures,
    LinkStatus,
    Online,
    OutboxState,
    SignedOut,
    SigningIn,
    StoodBy,
    Waiting,
)
from cti_desktop.desktop.settings import Settings
from cti_desktop.desktop.sharing import Sharing
from cti_desktop.desktop.viewmodels.connection import Health, LinkAction, connection_model
from tests.helpers import situations as s


def waiting(seconds: float, *, retry: float = 12, detail: str = "") -> Waiting:
    """No link for so long, next try in so long."""
    return Waiting(s.ago(seconds=seconds), s.NOW + timedelta(seconds=retry), Trouble.LOST, detail)


@pytest.mark.parametrize(
    ("link", "health", "headline"),
    [
        (Online(), Health.CONNECTED, "Connected"),
        (Online(caught_up=False), Health.CONNECTED, "Catching up"),
        (Connecting(), Health.RECONNECTING, "Connecting…"),
        (SigningIn(), Health.RECONNECTING, "Signing in…"),
        (SigningIn(leaves=True), Health.RECONNECTING, "Signing out…"),
        (SignedOut(), Health.SIGNED_OUT, "Signed out"),
        (StoodBy(), Health.OFFLINE, "In use elsewhere"),
        (waiting(5), Health.RECONNECTING, "Reconnecting"),
        (waiting(400), Health.OFFLINE, "Offline for 7 minutes"),
    ],
)
def test_states(link: LinkStatus, health: Health, headline: str) -> None:
    """Each state of the link has its colour and its words; a short break is not called offline."""
    model = connection_model(s.situation(link=link))
    assert (health, headline) == (model.health, model.headline)


def test_offline_reassures_and_counts_down() -> None:
    """Why, when next, and that nothing is lost."""
    model = connection_model(s.situation(link=waiting(400), outbox=(s.saved("a"),)))
    assert (
        "The connection broke. Next try in 12\u00a0s. 1 saved outcome waits to be sent; nothing is lost."
        == model.detail
    )


def test_a_due_try_is_happening() -> None:
    """The countdown doesn't run below zero."""
    assert (
        "The connection broke. Trying now." == connection_model(s.situation(link=waiting(3, retry=-2))).detail
    )


def test_what_the_world_said_is_repeated_safely() -> None:
    """A detail stands behind our own words, on one line."""
    assert (
        "(certificate\u202e expired\n)"
        not in connection_model(s.situation(link=waiting(3, detail="a\nb"))).detail
    )
    assert "(a b)" in connection_model(s.situation(link=waiting(3, detail="a\nb"))).detail


@pytest.mark.parametrize("trouble", [Trouble.RESTARTING, Trouble.TOO_SLOW])
def test_what_is_said_wholly_has_no_code_behind_it(trouble: Trouble) -> None:
    """The relay's word for it is its log's, in one language."""
    link = replace(waiting(3, detail=trouble.value), trouble=trouble)
    assert "(" not in connection_model(s.situation(link=link)).detail


def test_actions() -> None:
    """Retry while broken, take over while another session has the calls, else nothing."""
    assert LinkAction.RETRY is connection_model(s.situation(link=waiting(3))).action
    assert LinkAction.USE_THIS_ONE is connection_model(s.situation(link=StoodBy())).action
    assert connection_model(s.situation()).action is None


def test_counts() -> None:
    """What is owed, what waits, what was refused."""
    outbox = (s.saved("a"), s.saved("b"), s.saved("c", OutboxState.PARKED))
    model = connection_model(s.situation(s.wrap_up("d"), s.ringing("e"), outbox=outbox))
    assert (1, 2, 1) == (model.owed, model.waiting, model.parked)
    assert [
        "CTI Desktop – Connected",
        "1 outcome still open",
        "2 saved outcomes wait to be sent",
        "1 outcome was refused",
    ] == model.tooltip.split("\n")


def test_connected_with_something_waiting_says_so() -> None:
    """Waiting while connected is worth a line, and so is a refusal."""
    assert "Calls appear here as they ring" == connection_model(s.situation()).detail
    assert "1 saved outcome waits to be sent" == connection_model(s.situation(outbox=(s.saved("a"),))).detail
    parked = s.saved("a", OutboxState.PARKED)
    assert "1 outcome was refused" == connection_model(s.situation(outbox=(parked,))).detail


def test_no_foreign_text_in_the_tooltip() -> None:
    """Some trays render markup: names of callers and details of errors stay out."""
    evil = Caller("+919000000007", None, Contact("1", "<b>Eve</b>"))
    situation = s.situation(s.wrap_up(caller=evil), link=waiting(400, detail="<i>no</i>"))
    assert "<" not in connection_model(situation).tooltip


def test_snoozed_is_still_owed() -> None:
    """Putting aside is not doing."""
    assert 1 == connection_model(s.situation(replace(s.wrap_up(), snoozed=True))).owed


@pytest.mark.parametrize(
    ("trouble", "step"),
    [
        (Trouble.PORTAL, "Open any page in your browser"),
        (Trouble.CLOCK, "Set date and time"),
        (Trouble.EXPIRED, "Check date and time here"),
        (Trouble.PROXY, "set another one in Settings"),
        (Trouble.PROXY_LOG_IN, "Ask IT to let the relay pass"),
        (Trouble.NOT_PINNED, "nothing is sent. Tell IT"),
        (Trouble.NO_PIN, "Ask IT"),
        (Trouble.WRONG_NAME, "check the address"),
        (Trouble.NO_SUCH_HOST, "on the network, and its VPN on?"),
        (Trouble.UNREACHABLE, "Check the network or the VPN"),
    ],
)
def test_each_trouble_has_its_own_next_step(trouble: Trouble, step: str) -> None:
    """A captive portal, a wrong clock and a foreign certificate ask for different things."""
    link = Waiting(s.ago(seconds=60), s.NOW + timedelta(seconds=12), trouble)
    assert step in connection_model(s.situation(link=link)).detail


def test_a_wrong_clock_is_told_while_the_link_works() -> None:
    """Only if it is far off: calls are timed by the relay's clock all the same."""
    for minutes, words in ((7, "7 minutes ahead"), (-7, "7 minutes behind")):
        model = connection_model(s.situation(clock_skew=timedelta(minutes=minutes)))
        assert (Health.CONNECTED, True) == (model.health, words in model.detail)
    assert "clock" not in connection_model(s.situation(clock_skew=timedelta(seconds=40))).detail


def test_todays_latency_is_in_the_trays_details() -> None:
    """From the relay to the painted card."""
    figures = LatencyFigures(23, whole=Hops(0.04, 0.2))
    assert (
        "Today, since the start: 23 pops, 40\u00a0ms; at"
        in connection_model(s.situation(latency=figures)).tooltip
    )
    assert "Today" not in connection_model(s.situation()).tooltip


@pytest.mark.parametrize(
    ("sharing", "by_key", "words"),
    [
        (Sharing.NOT_TOLD, False, ""),
        (Sharing.NOT_TOLD, True, "Private: you hid who calls"),
        (Sharing.HIDDEN, False, "Private while your screen is shared"),
        (Sharing.HIDDEN, True, "Private while your screen is shared"),
        (Sharing.REVEALED, False, "Your screen is shared, and who calls can be seen"),
        (Sharing.REVEALED, True, "Private: you hid who calls"),
    ],
)
def test_it_says_why_callers_are_hidden(sharing: Sharing, by_key: bool, words: str) -> None:
    """And when others see them; the tray says it, too."""
    model = connection_model(s.situation(sharing=sharing, settings=Settings(privacy=by_key)))
    assert (words, words.startswith("Private")) == (model.privacy, model.is_private)
    assert words in model.tooltip
