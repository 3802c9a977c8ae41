"""Autobahn's fuzzing client against the server of `/agent`: no failure beyond the library's documented one.

Its `wstest` needs Python 2.7: docs/reliability.md says how to come by it. Name it in `WSTEST`.
"""

import asyncio
import json
import logging
import os
from pathlib import Path

import pytest
from starlette.types import Receive, Scope, Send

from cti_desktop.relay import server

WSTEST = os.environ.get("WSTEST", "")
# `websockets` answers a text frame that follows a close with 1002, and says so.
DOCUMENTED = {"7.1.5"}


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Send back what comes."""
    assert scope["type"] == "websocket"
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", **{k: v for k, v in message.items() if k != "type"}})


async def fuzz(folder: Path) -> None:
    """Run every case but those of speed and compression: ours does none."""
    listening = server.bind("127.0.0.1", 0)
    url = f"ws://127.0.0.1:{listening.getsockname()[1]}"
    spec = {
        "outdir": str(folder),
        "servers": [{"agent": "relay", "url": url}],
        "cases": ["*"],
        "exclude-cases": ["9.*", "12.*", "13.*"],
    }
    (folder / "spec.json").write_text(json.dumps(spec), encoding="utf-8")
    served = server.Server(echo)
    async with asyncio.TaskGroup() as group:
        group.create_task(served.serve(sockets=[listening]))
        await served.up.wait()
        command = (WSTEST, "-m", "fuzzingclient", "-s", str(folder / "spec.json"))
        fuzzer = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL)
        async with asyncio.timeout(300):
            await fuzzer.wait()
        served.should_exit = True


@pytest.mark.long
@pytest.mark.skipif(not WSTEST, reason="no Autobahn here: see docs/reliability.md")
async def test_no_failure_but_the_documented_one(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """247 cases: frames, pings, reserved bits, opcodes, fragments, UTF-8, closing."""
    caplog.set_level(logging.CRITICAL)  # what isn't UTF-8 is logged
    await fuzz(tmp_path)
    cases = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))["relay"]
    fair = {"OK", "NON-STRICT", "INFORMATIONAL"}

    assert len(cases) > 240
    assert DOCUMENTED >= {name for name, case in cases.items() if case["behavior"] not in fair}
