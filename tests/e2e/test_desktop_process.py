"""The program as a process of its own, with Qt offscreen: how it starts, and how it ends."""

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.helpers.fake_relay import TOKEN, FakeRelay

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to be sent")


@contextlib.asynccontextmanager
async def started(
    home: Path, *arguments: str, token: str = TOKEN, platform: str = "offscreen"
) -> AsyncIterator[Process]:
    """The program, for a user whose home is `home`; killed at the end if it still runs."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "PYTHONPATH"}}
    env = {**kept, "HOME": str(home), "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": platform}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-X",
        "dev",
        # A branch of qasync that only a debugging loop takes asks for a loop while the last one closes.
        "-W",
        "ignore:There is no current event loop:DeprecationWarning:qasync",
        "-m",
        "cti_desktop.desktop",
        *arguments,
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        env=env,
    )
    assert process.stdin is not None
    process.stdin.write(f"{token}\n".encode())
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def outcome(process: Process) -> tuple[int | None, str, str]:
    """Exit code, stdout and stderr of a process that ends by itself."""
    async with asyncio.timeout(30):
        out, err = await process.communicate()
    return process.returncode, out.decode(), err.decode()


async def greeted(relay: FakeRelay, count: int) -> None:
    """Return once the relay has heard that many hellos."""
    await relay.until(lambda: len(relay.hellos) == count)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_connects_and_ends_in_order(tmp_path: Path, number: signal.Signals) -> None:
    """Exit code 0, nothing on stderr, and the token in no file."""
    async with FakeRelay() as relay, started(tmp_path, "--token-stdin", "--relay", relay.url) as process:
        await relay.until(lambda: relay.hellos)
        process.send_signal(number)
        assert (0, "", "") == await outcome(process)
    files = await asyncio.to_thread(lambda: [f.read_bytes() for f in tmp_path.rglob("*") if f.is_file()])
    assert files
    assert not [content for content in files if TOKEN.encode() in content]


async def test_a_second_one_brings_the_first_forward(tmp_path: Path) -> None:
    """Two programs on one profile would fight over the store: the later one ends. Other profiles go on."""
    async with FakeRelay() as relay:
        arguments = ("--token-stdin", "--relay", relay.url)
        async with started(tmp_path, *arguments):
            await greeted(relay, 1)
            async with started(tmp_path, *arguments) as second:
                assert (0, "", "") == await outcome(second)
            async with started(tmp_path, *arguments, "--profile", "other"):
                await greeted(relay, 2)


async def test_it_starts_again_after_a_kill(tmp_path: Path) -> None:
    """No lock is left behind."""
    async with FakeRelay() as relay:
        for count in (1, 2):
            async with started(tmp_path, "--token-stdin", "--relay", relay.url) as process:
                await greeted(relay, count)
                process.kill()
    assert relay.hellos[0].device == relay.hellos[1].device


@pytest.mark.parametrize(
    ("arguments", "token", "code", "words"),
    [
        (("--profile", "../x"), TOKEN, 2, "--profile"),
        (("--relay", "http://relay.example.com"), TOKEN, 2, "insecure_url"),
        (("--token-stdin",), "", 2, "holds no token"),
        (("--nonsense",), TOKEN, 2, "unrecognized arguments"),
    ],
)
async def test_usage_errors(
    tmp_path: Path, arguments: tuple[str, ...], token: str, code: int, words: str
) -> None:
    """Exit code 2, and the reason on stderr."""
    async with started(tmp_path, *arguments, token=token) as process:
        found, _, err = await outcome(process)
    assert (code, True) == (found, words in err), err


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
async def test_without_a_display_it_says_so(tmp_path: Path) -> None:
    """Where Qt itself would abort."""
    async with started(tmp_path, platform="") as process:
        code, _, err = await outcome(process)
    assert (1, True) == (code, "no display" in err)


async def test_damaged_settings_are_named(tmp_path: Path) -> None:
    """With the file, and what to do."""
    folder = tmp_path / ("Library/Application Support" if sys.platform == "darwin" else ".config")
    settings = folder / "cti-desktop" / "default" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text("{")
    async with started(tmp_path, "--token-stdin") as process:
        code, _, err = await outcome(process)
    assert (1, True, True) == (code, str(settings) in err, "Mend or delete" in err)
