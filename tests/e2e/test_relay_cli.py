"""`cti-relay serve` as a process, and commands beside it: one writer, whatever is typed meanwhile."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from cti_desktop.wire.close_codes import CloseCode
from tests.helpers.relay_cli import Keyboard

PROGRAM = [sys.executable, "-m", "cti_desktop.relay.cli"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGTERM")


class Served:
    """A relay in a process of its own, and who types beside it."""

    def __init__(self, keyboard: Keyboard, *options: str) -> None:
        self.keyboard = keyboard
        self.process = subprocess.Popen(
            [*PROGRAM, "serve", "--config", keyboard.config, "--port", "0", *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.line = self.process.stdout.readline()
        self.url = self.line.strip().removeprefix("listening on ")

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str, str]:
        """Exit code, what else stood on stdout, and stderr."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=20)
        return self.process.returncode, out, err

    def desktop(self, token: str) -> ClientConnection:
        """A desktop's connection."""
        url = self.url.replace("http", "ws", 1) + "/agent"
        headers = {"Authorization": f"Bearer {token}"}
        return connect(url, subprotocols=["cti.v1"], additional_headers=headers)  # type: ignore[list-item]  # a NewType


@pytest.fixture
def keyboard(tmp_path: Path) -> Keyboard:
    """A relay that was just made, with one agent."""
    keyboard = Keyboard(tmp_path / "relay")
    keyboard.types("agent", "add", "Asha Rao", "--phone", "9999900001")
    return keyboard


@contextmanager
def serving(keyboard: Keyboard, *options: str) -> Iterator[Served]:
    """A relay that accepts requests."""
    served = Served(keyboard, *options)
    try:
        yield served
    finally:
        if served.process.poll() is None:
            served.process.kill()
        served.process.communicate(timeout=20)


def typed(*words: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    return subprocess.run([*PROGRAM, *words], capture_output=True, text=True, timeout=30, check=False)


def hello(desktop: ClientConnection) -> Any:  # noqa: ANN401 - JSON
    """The relay's answer to a desktop's first frame."""
    desktop.send(json.dumps({"type": "hello", "device": "pc", "epoch": None, "seq": 0, "version": "1"}))
    return json.loads(desktop.recv(timeout=10))


def close_code(desktop: ClientConnection) -> int | None:
    """With which code the relay ends a connection; frames before it don't matter."""
    try:
        while True:
            desktop.recv(timeout=10)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_clean_life(keyboard: Keyboard, number: int) -> None:
    """One line on stdout, ready when it says so, exit code 0 at a signal, no control file left."""
    with serving(keyboard) as served:
        assert served.line.startswith("listening on http://127.0.0.1:")
        assert httpx.get(f"{served.url}/readyz").status_code == 200
        control = keyboard.folder / "relay.control"
        assert control.exists()

        code, out, err = served.end(number)

    assert (code, out) == (0, "")
    assert "Traceback" not in err
    assert not control.exists()


def test_an_address_of_the_command_line(keyboard: Keyboard) -> None:
    """Doctor looks for the relay where `serve --host` has put it."""
    with serving(keyboard, "--host", "127.0.0.2") as served:
        checks = json.loads(typed("--config", keyboard.config, "doctor", "--json").stdout)
        assert served.end()[0] == 0

    [server] = [check for check in checks if check["check"] == "server"]
    assert (server["level"], f"answers at {served.url} " in server["says"]) == ("ok", True)


def test_a_hangup_reloads(keyboard: Keyboard) -> None:
    """SIGHUP doesn't end it; what was read anew is logged, as `cti-relay reload` has it said."""
    with serving(keyboard) as served:
        assert served.process.stderr is not None
        served.process.send_signal(signal.SIGHUP)
        said = next(line for line in served.process.stderr if "reloaded" in line)
        assert keyboard.gets("reload") == {"kept": [], "warned": []}
        assert served.end()[0] == 0

    assert said.endswith("cti_desktop.relay.reload: reloaded\n")


def test_dispositions_that_are_named_while_it_runs(keyboard: Keyboard) -> None:
    """`reload` takes them; with bad ones it ends with 1 and the reason, as `doctor` fails."""
    ours, toml = keyboard.folder / "dispositions.toml", Path(keyboard.config)
    with serving(keyboard) as served:
        toml.write_text(toml.read_text().replace('#file = "dispositions', 'file = "dispositions', 1))
        ours.write_text("version = 2\ncodes = []\n")
        out, err = keyboard.prints("reload", code=1)
        ours.write_text('version = 2\n[[codes]]\ncode = "sold"\nlabel = "Sold"\n')
        assert keyboard.prints("reload") == ("Reloaded.\n", "")
        ours.write_text('version = 2\n[[codes]]\ncode = "sold"\nlabel = "Bought"\n')
        warned = keyboard.prints("reload")
        with served.desktop(
            keyboard.gets("agent", "token", "Asha Rao", "--device", "pc")["token"]
        ) as desktop:
            assert [code["label"] for code in hello(desktop)["catalogue"]["codes"]] == ["Bought"]
        assert served.end()[0] == 0

    assert (out, err.startswith("cti-relay: not reloaded, the earlier one")) == (
        "Reloaded, except for what is named.\n",
        True,
    )
    assert f"{ours}: codes is []" in err
    assert (warned[0], "raise it to 3" in warned[1]) == ("Reloaded.\n", True)


def test_who_is_connected(keyboard: Keyboard) -> None:
    """Beside its token it says so, and for the others when they last were."""
    token = keyboard.gets("agent", "token", "Asha Rao", "--device", "pc")
    keyboard.gets("agent", "token", "Asha Rao", "--device", "laptop")
    with serving(keyboard) as served:
        with served.desktop(token["token"]) as desktop:
            hello(desktop)
            lines = {line.split()[0]: line for line in keyboard.types("token", "list").splitlines()}
            listed = keyboard.gets("token", "list")
        assert served.end()[0] == 0

    assert [row["connected"] for row in listed] == [row["id"] == token["id"] for row in listed]
    assert [id_ for id_, line in lines.items() if line.endswith("  connected")] == [token["id"]]
    assert [row["connected"] for row in keyboard.gets("token", "list")] == [False, False]


def test_a_backup_beside_the_running_relay(keyboard: Keyboard, tmp_path: Path) -> None:
    """Made without stopping it; put back only when it is stopped."""
    copy = str(tmp_path / "copy.db")
    with serving(keyboard) as served:
        keyboard.types("backup", copy)
        keyboard.types("agent", "add", "Ben", "--phone", "9999900002")
        refused = keyboard.types("restore", copy, code=1)
        assert served.end()[0] == 0
    keyboard.types("restore", copy)

    assert "the relay is running" in refused
    assert [a["name"] for a in keyboard.gets("agent", "list")] == ["Asha Rao"]


def test_a_day_of_an_administrator(keyboard: Keyboard) -> None:
    """Everything that is typed while the relay runs counts at once, from other processes too."""
    with serving(keyboard) as served:
        config = ["--config", keyboard.config]
        added = typed(*config, "agent", "add", "Ben", "--phone", "9999900002", "--json")
        token = keyboard.gets("agent", "token", "Asha Rao", "--device", "pc")
        code = keyboard.gets("agent", "enrol", "Ben")["code"]
        enrolled = httpx.post(f"{served.url}/enrol", json={"code": code, "device": "ben-pc"})
        with served.desktop(token["token"]) as asha, served.desktop(enrolled.json()["token"]) as ben:
            assert [hello(d)["agent"]["name"] for d in (asha, ben)] == ["Asha Rao", "Ben"]

            keyboard.types("token", "revoke", token["id"])
            assert close_code(asha) == CloseCode.AUTH
            keyboard.types("agent", "disable", "Ben")
            assert close_code(ben) == CloseCode.AUTH
        assert served.end()[0] == 0

    assert (added.returncode, json.loads(added.stdout)["name"]) == (0, "Ben")
    assert [a["name"] for a in keyboard.gets("agent", "list")] == ["Asha Rao", "Ben"]


def test_a_rotation_loses_nothing(keyboard: Keyboard) -> None:
    """A new secret counts at once beside the old one; the old one ends when it is retired."""
    with serving(keyboard) as served:

        def post(secret: str) -> int:
            hook = f"{served.url}/hooks/myoperator"
            return httpx.post(hook, json={"any": "thing"}, headers={"X-Webhook-Token": secret}).status_code

        old = keyboard.made["secret"]
        (old_row,) = keyboard.gets("secret", "list")
        new = keyboard.gets("secret", "add")["secret"]
        both = [post(old), post(new)]
        keyboard.types("secret", "retire", old_row["id"])
        after = [post(old), post(new)]
        served.end()

    assert (both, after) == ([200, 200], [401, 200])


def test_simulated_calls_are_seen_by_the_doctor(keyboard: Keyboard) -> None:
    """The way from the simulator through the relay's store to what doctor says."""
    with serving(keyboard) as served:
        words = ["--url", served.url, "--token", keyboard.made["secret"], "--speed", "0"]
        done = typed("simulate", *words, "--scenario", "incoming_answered", "--agent-phone", "9999900007")
        checks = json.loads(typed("doctor", "--config", keyboard.config, "--json").stdout)
        served.end()

    assert done.returncode == 0, done.stderr
    says = {check["check"]: check["says"] for check in checks}
    assert says["unrouted"].startswith("nobody has +91 99999 00007: 1 call popped nowhere")
    assert "call.dial_begin" in says["webhooks"]
    assert says["server"].startswith(f"the relay answers at {served.url}")


def test_after_a_crash(keyboard: Keyboard) -> None:
    """A killed relay leaves its control file; commands notice, work, and so does the next relay."""
    with serving(keyboard) as served:
        served.end(signal.SIGKILL)
        assert (keyboard.folder / "relay.control").exists()

        keyboard.types("agent", "add", "Ben")
    with serving(keyboard) as again:
        assert [a["name"] for a in keyboard.gets("agent", "list")] == ["Asha Rao", "Ben"]
        assert again.end()[0] == 0


def test_a_second_relay_is_refused(keyboard: Keyboard) -> None:
    """Two relays on one store would damage it: the second says who has it, and the first goes on."""
    with serving(keyboard) as served:
        second = typed("serve", "--config", keyboard.config, "--port", "0")

        assert (second.returncode, second.stdout) == (1, "")
        assert f"(process {served.process.pid}). Let it run" in second.stderr
        assert keyboard.gets("agent", "list") != []
        assert served.end()[0] == 0


@pytest.mark.parametrize(("words", "code"), [(["bogus"], 2), (["agent", "list"], 1), (["--help"], 0)])
def test_exit_codes(tmp_path: Path, words: Sequence[str], code: int) -> None:
    """0 done, 1 refused with a reason, 2 wrong usage; never a traceback."""
    env = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path), "HOME": str(tmp_path)}
    done = subprocess.run(
        [*PROGRAM, *words], capture_output=True, text=True, timeout=30, check=False, cwd=tmp_path, env=env
    )

    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert bool(done.stderr) == (code != 0)
