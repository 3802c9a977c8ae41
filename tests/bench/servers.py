"""The relays under test as processes of their own: `cti-relay serve` as IT runs it, and the baseline."""

import os
import shutil
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
    # Further processes that do a part of the work.
    helpers: tuple[int, ...] = ()
    silent: bool = False


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
def plain(
    folder: Path, agents: int, *, durable: bool = True, program: str = "plain_relay"
) -> Iterator[Server]:
    """The baseline; or, as `bare_relay`, what is possible at best."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    command = [sys.executable, "-m", f"tests.bench.{program}", str(folder / "plain.db"), str(port)]
    env = {**os.environ, "PLAIN_RELAY_DURABLE": str(int(durable))}
    with subprocess.Popen(command, env=env) as process:
        try:
            _await(port)
            yield Server(process.pid, port, "secret", phones(agents), phones(agents))
        finally:
            process.terminate()


_NCHAN = """\
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; worker_processes 1;
load_module /usr/lib/nginx/modules/ngx_nchan_module.so;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  keepalive_requests 100000000;
  upstream redis {{ nchan_redis_server redis://127.0.0.1:{redis}; }}
  map $http_authorization $agent {{ "~^Bearer (?<phone>.+)$" $phone; }}
  server {{
    listen 127.0.0.1:{port};
    nchan_message_buffer_length 10000; nchan_message_timeout 1m;
    location = /hooks/myoperator {{
      if ($http_x_webhook_token != "secret") {{ return 401; }}
      nchan_publisher; nchan_channel_id $http_x_agent; nchan_redis_pass redis;
    }}
    location = /agent {{
      nchan_subscriber websocket; nchan_channel_id $agent; nchan_redis_pass redis;
      nchan_subscriber_first_message oldest;
    }}
  }}
}}
"""


def nchan_lacks() -> str:
    """What must be installed before `nchan` can run; "" for nothing."""
    module = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
    there = shutil.which("nginx") and shutil.which("redis-server") and module.exists()
    return "" if there else "apt install nginx libnginx-mod-nchan redis-server"


@contextmanager
def nchan(folder: Path, agents: int) -> Iterator[Server]:
    """A broker in C: nginx with nchan, whose messages Redis puts on the disk before it answers."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o777)  # as root, nginx has its workers run as somebody else
    port, redis = free_port(), free_port()
    config = folder / "nginx.conf"
    config.write_text(_NCHAN.format(folder=folder, port=port, redis=redis), encoding="utf-8")
    durable = ["--appendonly", "yes", "--appendfsync", "always", "--save", "", "--dir", str(folder)]
    keep = ["redis-server", "--port", str(redis), "--bind", "127.0.0.1", *durable]
    with subprocess.Popen(keep, stdout=subprocess.DEVNULL) as store:
        try:
            _await(redis)
            with subprocess.Popen(["nginx", "-c", str(config), "-p", str(folder)]) as master:
                try:
                    _await(port)
                    children = Path(f"/proc/{master.pid}/task/{master.pid}/children").read_text(
                        encoding="ascii"
                    )
                    helpers = (store.pid, *map(int, children.split()))
                    yield Server(
                        master.pid, port, "secret", phones(agents), phones(agents), helpers, silent=True
                    )
                finally:
                    master.terminate()
        finally:
            store.terminate()


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
