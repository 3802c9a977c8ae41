"""Settings, the test pop, the file for IT: as the whole desktop sees them, over a real relay's end."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from cti_desktop.core.errors import StorageError
from cti_desktop.desktop.attendant import Surroundings
from cti_desktop.desktop.intents import (
    CardPainted,
    ChangeSettings,
    EndTestPop,
    ExportDiagnostics,
    HideCallers,
    LookForUpdates,
    NetworkChanged,
    ScreenShared,
    TestPop,
)
from cti_desktop.desktop.screen import NoticeCode, RehearsalState, Situation, Waiting
from cti_desktop.desktop.settings import load
from cti_desktop.desktop.sharing import Sharing
from cti_desktop.desktop.viewmodels.veil import is_private
from cti_desktop.wire.events import body_of
from tests.helpers.calls import rang
from tests.helpers.desktop import call_of, running
from tests.helpers.fake_relay import FakeRelay


def notice(code: NoticeCode) -> Callable[[Situation], bool]:
    """Whether that notice is up."""
    return lambda situation: any(n.code is code for n in situation.notices)


async def test_settings_apply_at_once_and_are_kept(tmp_path: Path) -> None:
    """The next situation has them, and so has the next run."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        await desktop.screen.online()
        desktop.emit(ChangeSettings({"corner": "top-left"}))
        await desktop.screen.shows(lambda s: s.settings.corner == "top-left")
    kept = load(tmp_path / "config" / "settings.json")
    assert ("top-left", relay.url) == (kept.corner, kept.relay_url)


async def test_another_proxy_or_authority_makes_the_link_anew(tmp_path: Path) -> None:
    """Nobody has to restart for it."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        await desktop.screen.online()
        desktop.emit(ChangeSettings({"proxy": "none"}))
        await relay.until(lambda: len(relay.hellos) == 2)


async def test_start_at_log_in_is_put_into_effect(tmp_path: Path) -> None:
    """When the setting changes, not at other times; a system that refuses is told."""
    wanted: list[bool] = []

    def start(want: bool) -> None:
        wanted.append(want)
        if not want:
            raise StorageError("start at log-in: Permission denied", code="io")

    async with (
        FakeRelay() as relay,
        running(tmp_path, relay.url, surroundings=Surroundings(start_at_log_in=start)) as desktop,
    ):
        desktop.emit(ChangeSettings({"start_at_log_in": True}))
        desktop.emit(ChangeSettings({"sound": True}))
        desktop.emit(ChangeSettings({"start_at_log_in": False}))
        await desktop.screen.shows(notice(NoticeCode.NOT_CHANGED))
    assert [True, False] == wanted


async def test_a_test_pop_goes_through_the_relay(tmp_path: Path) -> None:
    """It comes back with the time that the way took, and leaves when it was seen."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        await desktop.screen.online()
        desktop.emit(TestPop())
        seen = await desktop.screen.shows(
            lambda s: s.rehearsal is not None and s.rehearsal.state is RehearsalState.THROUGH
        )
        assert seen.rehearsal is not None
        assert seen.rehearsal.round_trip > 0
        desktop.emit(EndTestPop())
        await desktop.screen.shows(lambda s: s.rehearsal is None)
    assert () == desktop.screen.now.calls


async def test_a_test_pop_without_a_link_says_so(tmp_path: Path) -> None:
    """The card can be seen all the same."""
    async with FakeRelay() as relay:
        await relay.stop()
        async with running(tmp_path, relay.url) as desktop:
            await desktop.screen.shows(lambda s: isinstance(s.link, Waiting))
            desktop.emit(TestPop())
            await desktop.screen.shows(
                lambda s: s.rehearsal is not None and s.rehearsal.state is RehearsalState.NO_LINK
            )


async def test_each_live_ring_is_timed(tmp_path: Path) -> None:
    """From the relay's store to the painted card."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        await desktop.screen.online()
        relay.push(rang())
        await desktop.screen.shows(lambda s: s.calls and call_of(s).shown)
        desktop.emit(CardPainted("call-1", 1e12))
        await desktop.screen.shows(lambda s: s.latency.count == 1)


@pytest.mark.parametrize("fails", [False, True])
async def test_the_file_for_it(tmp_path: Path, fails: bool) -> None:
    """Written in one click; where it lies, or why it does not, is said."""

    def write(situation: Situation) -> Path:
        if fails:
            raise StorageError("No space left on device", code="io")
        return tmp_path / f"for-{situation.profile}.zip"

    async with (
        FakeRelay() as relay,
        running(tmp_path, relay.url, surroundings=Surroundings(write_diagnostics=write)) as desktop,
    ):
        desktop.emit(ExportDiagnostics())
        code = NoticeCode.NO_DIAGNOSTICS if fails else NoticeCode.DIAGNOSTICS
        seen = await desktop.screen.shows(notice(code))
    detail = next(n.detail for n in seen.notices if n.code is code)
    assert ("No space left on device" if fails else str(tmp_path / "for-default.zip")) == detail


async def test_a_change_of_the_network_doubts_the_link(tmp_path: Path) -> None:
    """A link that holds goes on."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        await desktop.screen.online()
        desktop.emit(NetworkChanged())
        relay.push(rang())
        await desktop.screen.shows(lambda s: s.calls)
    assert 1 == len(relay.hellos)


@pytest.mark.parametrize("frame", ["message", "event"])
async def test_a_newer_relay_is_told(tmp_path: Path, frame: str) -> None:
    """By a message, or an event, of a kind that this version doesn't know; the link stays."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        await desktop.screen.online()
        if frame == "message":
            await relay.say('{"type":"confetti"}')
        else:
            relay.push(msgspec.structs.replace(body_of(rang()), kind="whispered"))
        await desktop.screen.shows(notice(NoticeCode.RELAY_NEWER))
    assert 1 == len(relay.hellos)


async def test_a_newer_version_is_told(tmp_path: Path) -> None:
    """Asked for under the policy of the settings; which it is, and where it lies, is said."""

    def news(policy: str) -> str:
        return f"9.0, {policy}"

    async with (
        FakeRelay() as relay,
        running(tmp_path, relay.url, surroundings=Surroundings(news=news)) as desktop,
    ):
        desktop.emit(LookForUpdates())
        seen = await desktop.screen.shows(notice(NoticeCode.UPDATE))
    assert ["9.0, tell"] == [n.detail for n in seen.notices if n.code is NoticeCode.UPDATE]


async def test_a_shared_screen_is_private_until_that_ends(tmp_path: Path) -> None:
    """The agent may show callers meanwhile; the next time they are hidden again."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        desktop.emit(ScreenShared(told=True))
        await desktop.screen.shows(lambda s: s.sharing is Sharing.HIDDEN and is_private(s))
        desktop.emit(HideCallers(wanted=False))
        await desktop.screen.shows(lambda s: s.sharing is Sharing.REVEALED and not is_private(s))
        desktop.emit(HideCallers(wanted=True))
        await desktop.screen.shows(lambda s: is_private(s) and not s.settings.privacy)
        desktop.emit(HideCallers(wanted=False))
        desktop.emit(ScreenShared(told=False))
        await desktop.screen.shows(lambda s: s.sharing is Sharing.NOT_TOLD and not is_private(s))
        desktop.emit(ScreenShared(told=True))
        await desktop.screen.shows(is_private)


async def test_what_is_hidden_by_the_key_stays_so_after_a_share(tmp_path: Path) -> None:
    """Unless the agent showed it meanwhile: that is the last word."""
    async with FakeRelay() as relay, running(tmp_path, relay.url) as desktop:
        desktop.emit(HideCallers(wanted=True))
        await desktop.screen.shows(lambda s: s.settings.privacy)
        desktop.emit(ScreenShared(told=True))
        desktop.emit(ScreenShared(told=False))
        seen = await desktop.screen.shows(lambda s: s.sharing is Sharing.NOT_TOLD)
        assert is_private(seen)
        desktop.emit(ScreenShared(told=True))
        desktop.emit(HideCallers(wanted=False))
        seen = await desktop.screen.shows(lambda s: s.sharing is Sharing.REVEALED)
        assert not is_private(seen)
