"""What lies around the store, looked at for real where this machine has it."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from cti_desktop.relay import probes
from cti_desktop.relay.config import RelayConfig, ServerConfig, StoreConfig
from cti_desktop.relay.health import Level

GIB = 1024**3
NOW = datetime(2026, 8, 1, tzinfo=UTC)


class Answers(BaseHTTPRequestHandler):
    """Answers every GET with a status and a text."""

    status = 200
    text = b"the disk is full"

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(self.status)
        self.end_headers()
        self.wfile.write(self.text)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""


@contextmanager
def answering(status: int, text: bytes = Answers.text) -> Iterator[int]:
    """The port of a server that answers with `status` and `text`."""
    handler = type("Handler", (Answers,), {"status": status, "text": text})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), name="answers")
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def closed_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def config(**server: str) -> RelayConfig:
    """A configuration with that server."""
    return RelayConfig(ServerConfig(**server), StoreConfig("sqlite:///relay.db"))  # type: ignore[arg-type]


def control_file(folder: Path, http: int) -> Path:
    """The control file of a relay that listens there."""
    path = folder / "relay.control"
    path.write_text(json.dumps({"key": "k", "port": 1, "pid": 42, "http": http}), encoding="ascii")
    return path


@pytest.mark.parametrize(
    ("free", "level"), [(50 * GIB, Level.OK), (9 * GIB, Level.WARN), (1 * GIB, Level.FAIL)]
)
def test_a_filling_disk(free: int, level: Level, tmp_path: Path) -> None:
    """Below a tenth is a warning; below a fiftieth, webhooks will be refused."""
    assert probes.judge_disk(free, 100 * GIB, tmp_path).level is level


def test_this_disk(tmp_path: Path) -> None:
    """The real disk is measured where the store is."""
    assert str(tmp_path) in probes.disk(tmp_path).says


def test_no_relay_runs(tmp_path: Path) -> None:
    """Without a control file there is none, and calls are being lost."""
    check = probes.server(config(), tmp_path / "none")

    assert (check.level, "Start it with `cti-relay serve`" in check.mend) == (Level.FAIL, True)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104 - nothing listens there
def test_a_relay_answers(tmp_path: Path, host: str) -> None:
    """A ready relay is ok, and is found wherever it listens."""
    with answering(200) as port:
        check = probes.server(config(host=host), control_file(tmp_path, port))

    assert (check.level, check.says) == (
        Level.OK,
        f"the relay answers at http://127.0.0.1:{port} (process 42)",
    )


def test_a_relay_is_not_ready(tmp_path: Path) -> None:
    """Its own reason is told."""
    with answering(503) as port:
        check = probes.server(config(), control_file(tmp_path, port))

    assert check.level is Level.FAIL
    assert "is not ready: the disk is full" in check.says


def test_a_relay_hangs(tmp_path: Path) -> None:
    """A control file whose relay doesn't answer is a failure."""
    check = probes.server(config(), control_file(tmp_path, closed_port()))

    assert check.level is Level.FAIL
    assert "(process 42) should answer" in check.says


def test_no_public_address() -> None:
    """An address that isn't set can't be looked at."""
    (check,) = probes.public(config())

    assert (check.level, "Set server.public_url" in check.mend) == (Level.WARN, True)


def test_a_public_address_without_tls() -> None:
    """Plain http is said to be too little, even where it can be reached."""
    with answering(200, b'{"status":"alive"}') as port:
        tls, reachable = probes.public(config(public_url=f"http://127.0.0.1:{port}"))

    assert (tls.level, reachable.level) == (Level.WARN, Level.OK)
    assert "posts over https only" in tls.says


def test_a_public_address_that_leads_elsewhere() -> None:
    """A proxy that answers by itself is named."""
    with answering(404) as port:
        check = probes.reachable(f"http://127.0.0.1:{port}")

    assert (check.level, "answers 404, not 200" in check.says) == (Level.FAIL, True)
    with answering(200, b"<h1>It works!</h1>") as port:
        check = probes.reachable(f"http://127.0.0.1:{port}")

    assert (check.level, check.says.endswith("/healthz is no relay")) == (Level.FAIL, True)


def test_a_public_address_that_leads_nowhere() -> None:
    """Both TLS and HTTP say that they got no connection."""
    tls, reachable = probes.public(config(public_url=f"https://127.0.0.1:{closed_port()}"))

    assert (tls.level, reachable.level) == (Level.FAIL, Level.FAIL)
    assert "no TLS connection to 127.0.0.1" in tls.says
    assert "can't be reached from here" in reachable.says
    assert "Errno" not in tls.says + reachable.says


def test_a_public_address_that_speaks_no_tls() -> None:
    """An https address with plain http behind it has the wrong port, and no bad certificate."""
    with answering(200) as port:
        check = probes.certificate(f"https://127.0.0.1:{port}")

    assert check.level is Level.FAIL
    assert check.says == f"what answers at 127.0.0.1:{port} speaks no TLS"


@pytest.mark.parametrize(("days", "level"), [(60, Level.OK), (13, Level.WARN), (-1, Level.WARN)])
def test_an_ending_certificate(days: int, level: Level) -> None:
    """Two weeks before the end is the time to renew."""
    check = probes.judge_certificate("relay.example.com", NOW + timedelta(days=days), NOW)

    assert check.level is level
