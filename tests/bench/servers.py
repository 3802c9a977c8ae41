"""The relays under test as processes of their own: `cti-relay serve` as IT runs it, and the baseline."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from cti_desktop.relay import credentials, roster
from cti_desktop.relay.store import Store
from tests.bench.load import free_port

STARTED_SECONDS = 20


@dataclass(frozen=True)
class Server:
    """A running relay, and how to talk to it. Agents are told apart by their phones."""

    pid: int
    port: int
    secret: str
    phones: list[str]
    tokens: list[str]


def phones(count: int) -> list[str]:
    """Distinct, valid phone numbers."""
    return [f"+9198{10_000_000 + number}" for number in range(count)]


@contextmanager
def ours(folder: Path, agents: int, *, stored: int = 0) -> Iterator[Server]:
    """`cti-relay serve`, with so many agents, and events from earlier days."""
    folder.mkdir(parents=True, exist_ok=True)
    store = Store.open(f"sqlite:///{folder / 'relay.db'}")
    now = datetime.now(UTC)
    try:
        secret = store.write_now(lambda c: credentials.add_secret(c, "myoperator", now)).secret
        tokens = store.write_now(lambda c: [_agent(c, phone, now) for phone in phones(agents)])
        if stored:
            store.write_now(lambda c: _fill(c, stored))
    finally:
        store.close()
    config = folder / "relay.toml"
    url = f"sqlite:///{folder / 'relay.db'}"
    config.write_text(
        f'[store]\nurl = "{url}"\n[sources.myoperator]\nprovider = "myoperator"\n', encoding="utf-8"
    )
    with serving(folder) as (pid, port):
        yield Server(pid, port, secret, phones(agents), tokens)


@contextmanager
def serving(folder: Path, port: int = 0) -> Iterator[tuple[int, int]]:
    """`cti-relay serve` on the store and configuration in `folder`: its process id, and its port."""
    config = str(folder / "relay.toml")
    command = [
        sys.executable,
        "-m",
        "cti_desktop.relay.cli",
        "--config",
        config,
        "serve",
        "--port",
        str(port),
    ]
    with (
        (folder / "log").open("ab") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        try:
            assert process.stdout is not None
            yield process.pid, int(process.stdout.readline().rpartition(":")[2])
        finally:
            process.terminate()


def _agent(connection: Connection, phone: str, now: datetime) -> str:
    person = roster.add_agent(connection, roster.NewAgent(f"Agent {phone}", (phone,)), "IN", now)
    return credentials.issue_token(connection, person, "pc", now).token


def _fill(connection: Connection, count: int) -> None:
    """Earlier deliveries, calls and events, `count` of each, as large as real ones."""
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})"  # noqa: S608 - ours
    day, body = "'2026-01-01 00:00:00.000000'", "zeroblob(600)"
    for columns, values in (
        (
            "inbox (source, dedupe_key, kind, received_at, content_type, body, outcome, call_id)",
            f"'myoperator', 'v2:' || printf('%032d', i), 'k', {day}, '', {body}, 'stored', 'old-' || i",
        ),
        (
            "calls (id, provider, state, updated_at, open)",
            f"'old-' || i, 'myoperator', zeroblob(400), {day}, 0",
        ),
        (
            "stream (agent_id, seq, call_id, received_at, body)",
            f"(SELECT id FROM agents WHERE rowid = 1 + i % 100), i, 'old-' || i, {day}, zeroblob(600)",  # noqa: S608 - ours
        ),
    ):
        connection.exec_driver_sql(f"{numbers} INSERT INTO {columns} SELECT {values} FROM n")  # noqa: S608
    heads = "SELECT coalesce(max(seq), 0) FROM stream WHERE agent_id = agents.id"
    connection.exec_driver_sql(f"UPDATE agents SET head = ({heads}), floor = ({heads}) + 1")  # noqa: S608


@contextmanager
def plain(folder: Path, agents: int, *, durable: bool = True) -> Iterator[Server]:
    """The baseline."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.plain_relay", str(folder / "plain.db"), str(port)]
    env = {**os.environ, "PLAIN_RELAY_DURABLE": str(int(durable))}
    with subprocess.Popen(command, env=env) as process:
        try:
            _await(port)
            yield Server(process.pid, port, "secret", phones(agents), phones(agents))
        finally:
            process.terminate()


def _await(port: int) -> None:
    deadline = time.monotonic() + STARTED_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
