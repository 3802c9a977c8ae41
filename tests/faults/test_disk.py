"""A disk that fails, and one that is full: nothing is answered 200 that isn't on it, and it heals."""

import asyncio
import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.helpers.ledger import Ledger, http_client
from tests.helpers.relay_process import RelayProcess, log_of

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="strace and tmpfs")


async def settle(ledger: Ledger, posts: int = 10) -> None:
    """A life without accidents, in which everybody gets what is owed."""
    with RelayProcess.start(ledger.folder) as relay:
        async with http_client() as http:
            await ledger.storm(relay.url, http, len(ledger.pending) + posts)
    assert relay.exit_code == 0


@contextmanager
def failing_fsync(relay: RelayProcess, which: str) -> Iterator[None]:
    """From the `which`-th flush on, fsync and fdatasync fail in all threads with EIO."""
    inject = ["-e", f"inject=fsync,fdatasync:error=EIO:when={which}"]
    command = ["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", *inject, "-p", str(relay.process.pid)]
    with subprocess.Popen([*command, "-o", "/dev/null"], stderr=subprocess.PIPE, text=True) as strace:
        try:
            yield
        finally:
            strace.send_signal(signal.SIGINT)


def can_trace() -> bool:
    """Whether strace is here and may attach."""
    return shutil.which("strace") is not None and os.geteuid() == 0


@linux_only
async def test_failed_fsync_ends_the_process(tmp_path: Path, *, at_length: bool) -> None:
    """Nobody gets a 200 for what was not flushed; the relay exits non-zero and starts cleanly again."""
    if not can_trace():
        pytest.skip("needs strace, and root to attach it")
    ledger = Ledger.open(tmp_path)
    for trial in range(30 if at_length else 3):
        with RelayProcess.start(ledger.folder) as relay:
            async with http_client() as http, asyncio.timeout(60):
                with failing_fsync(relay, f"{1 + 3 * (trial % 4)}+"):
                    await ledger.storm(relay.url, http)
            assert relay.exit_code == 1
        ledger.check_store()
    assert "the relay ends" in log_of(tmp_path).read_text(encoding="utf-8")
    await settle(ledger)

    ledger.check_effects()


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A file system in memory with room for `size`."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs root, to mount a tmpfs")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(disk: Path) -> Path:
    """Leave no byte free; the file to delete."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            with contextlib.suppress(OSError):
                while file.write(b"x" * size):
                    pass
    return ballast


async def seconds_until(answer: int, ledger: Ledger, url: str, http: httpx.AsyncClient) -> float:
    """Post until one post is answered so; how long that took."""
    begun = asyncio.get_running_loop().time()
    async with asyncio.timeout(30):
        while (status := await ledger.post(url, http)) != answer:
            assert status in {200, 503}
    return asyncio.get_running_loop().time() - begun


@linux_only
async def test_full_disk_is_told_and_heals(tmp_path: Path, *, at_length: bool) -> None:
    """Full: 503, and nothing is lost. Room again: the same process stores within 5 s. Over and over."""
    with small_disk(tmp_path / "small", "8m") as disk:
        ledger, healing = Ledger.open(disk), []
        with RelayProcess.start(disk) as relay:
            async with http_client() as http:
                for _ in range(20 if at_length else 5):
                    ballast = fill(disk)
                    await seconds_until(503, ledger, relay.url, http)
                    ballast.unlink()
                    healing.append(await seconds_until(200, ledger, relay.url, http))
        assert relay.exit_code == 0
        await settle(ledger)

        ledger.check_effects()
        assert max(healing) < 5
