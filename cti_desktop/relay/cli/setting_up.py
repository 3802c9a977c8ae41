"""`cti-relay init`: from nothing to a relay that can be served, and what to type into MyOperator's panel."""

from __future__ import annotations

import os
import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

import typer

from cti_desktop.core.errors import ConfigError, StorageError
from cti_desktop.relay import credentials
from cti_desktop.relay.cli.console import Console
from cti_desktop.relay.config import DEFAULT_SOURCE, FILE_NAME, ServerConfig, SourceConfig, config_folder
from cti_desktop.relay.config_keys import key_of
from cti_desktop.relay.owner import hand_over
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.service_checks import is_loopback
from cti_desktop.relay.store import Store

DATABASE: Final = "relay.db"
_EVENTS: Final = "call.initiated, call.dial_begin, call.answered, call.end, call.summary, call.disposition"

TEMPLATE: Final = """\
# The relay's configuration. Every key can also be set as CTI_RELAY_<SECTION>_<KEY>, which wins.
# Check it with: cti-relay doctor

[server]
# Listens on this machine only: put a proxy with a certificate (https) before it.
host = "127.0.0.1"
port = 8420
# Where MyOperator and the desktops find it from outside.
{public_url}
# The proxy's address: only its word on who really asks counts.
#trusted_proxies = ["127.0.0.1"]
# Or without a proxy: the relay speaks TLS itself.
#tls_certificate = "relay.pem"
#tls_key = "relay.key"
# Who may read /metrics.
#metrics_from = ["127.0.0.1", "::1"]
# Web pages that may connect as a desktop does. None need to.
#allowed_origins = []

[store]
# A path is relative to this file.
url = "sqlite:///{database}"

[catalogue]
# The outcomes that agents choose from; without a file, the relay's own list.
#file = "dispositions.toml"

[lookups]
# Other directories to ask about callers whom the own one doesn't know.
#file = "lookups.toml"

[privacy]
# Who doesn't see customers' numbers, and whether they may look behind the mask (which is noted down).
#masked_roles = ["agent"]
#reveal = true

[vendor]
# MyOperator's own interfaces: calls that no webhook told of are fetched, and agents dial from the desktop.
# Never a secret itself, but where it is kept: "env:NAME" or "keyring:NAME".
#token = "env:MYOPERATOR_TOKEN"
#api_key = "env:MYOPERATOR_API_KEY"
#secret_token = "env:MYOPERATOR_SECRET_TOKEN"
#company_id = ""
#public_ivr_id = ""
#url = ""
#dial_url = ""
#reconcile_hours = 24

[policy]
# After a conversation the desktop asks for its outcome. "optional": it can be put off; "required": put off,
# it asks again after five minutes; "timed": after wrap_up_seconds, auto_code is saved by itself.
wrap_up = "optional"
#wrap_up_seconds = 60
#auto_code = "not_connected"
# Whether the desktop asks for open outcomes before it quits. It never keeps the computer from logging off.
#finish_before_quit = false

[calls]
# A call whose end never arrives is closed after this many seconds without news.
ring_timeout_seconds = 180
talk_timeout_seconds = 14400

[retention]
# Days: events that desktops may still fetch, bodies of webhooks, all other records.
#stream_days = 7
#raw_days = 30
#record_days = 400
# A desktop's token is exchanged for a fresh one at this age, and ends when nobody showed it for so long.
#renew_token_days = 30
#idle_token_days = 180

[hours]
# When the team works: half an hour without a call is worth a warning then.
#opens = "10:00"
#closes = "19:00"
#days = "mon-sat"
#timezone = "Asia/Kolkata"

[log]
# "json" writes one object per line, for a log collector.
#format = "text"
#level = "info"

# One table per webhook origin; its name is part of the address: /hooks/myoperator
[sources.myoperator]
provider = "myoperator"
# What the first generation's times and national numbers are meant in.
timezone = "Asia/Kolkata"
region = "IN"
# The header in which the panel sends the secret.
token_header = "X-Webhook-Token"
# From where it posts. Others are reported ("alert") or refused ("refuse").
#allowed_addresses = ["103.21.77.0/24"]
#address_policy = "alert"
"""

PANEL: Final = """\
Made {config}
 and {database}

Type this into MyOperator's panel. The secret is shown only now.

  URL            {hooks}
  Method         POST
  Content-Type   application/json
  Header name    {header}
  Header value   {secret}

  Webhooks v2 (one webhook): authentication “API key in header”, and tick
                 {events}
  Calling Webhooks v1 (three webhooks, all with the same values):
                 Incall, After Call, Disposition
{note}
Next:  {enter}cti-relay serve
       and in another terminal, there:
       cti-relay agent add "NAME" --phone +91…
       cti-relay agent enrol "NAME"
       cti-relay doctor
"""

NO_ADDRESS: Final = """
MyOperator delivers over https only: put a proxy with a certificate before the relay, set
server.public_url in {config}, and use that address in the panel.
"""


def init(
    ctx: typer.Context,
    *,
    folder: Annotated[
        Path | None, typer.Option("--dir", help="Where to put configuration and store.")
    ] = None,
    public_url: Annotated[
        str | None, typer.Option(help="The https:// address under which the world reaches the relay.")
    ] = None,
) -> None:
    """Write relay.toml, create the store, make a webhook secret, say what to type into MyOperator's panel."""
    home = (folder or config_folder()).absolute()
    config, database = home / FILE_NAME, home / DATABASE
    if config.exists():
        raise Refused(
            f"{config} is there already: nothing was changed. For another secret: cti-relay secret add"
        )
    url = _address(public_url)
    _require_https(url)
    _make_folder(home)
    secret = _first_secret(database)
    line = f'public_url = "{url}"' if url else '#public_url = "https://relay.example.com"'
    _write_new(config, TEMPLATE.format(public_url=line, database=DATABASE))
    server = ServerConfig()
    hooks = f"{url or f'http://{server.host}:{server.port}'}/hooks/{DEFAULT_SOURCE}"
    result = {"config": str(config), "database": str(database), "secret": secret, "hooks": hooks}
    note = "" if url and url.startswith("https://") else NO_ADDRESS.format(config=config)
    text = PANEL.format(
        **result, header=SourceConfig().token_header, events=_EVENTS, note=note, enter=_way_to(home)
    )
    Console.of(ctx).show(result, text.rstrip())


def _way_to(home: Path) -> str:
    """Commands look for the configuration where they are typed, and in its usual folder."""
    return "" if home in (Path.cwd(), config_folder()) else f"cd {shlex.quote(str(home))}\n       "


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command()(init)


def _address(public_url: str | None) -> str | None:
    key = key_of("server.public_url")
    if public_url is None or key is None:
        return None
    try:
        return str(key.read(public_url))
    except ValueError:
        raise ConfigError(
            where="command line", key="--public-url", found=public_url, allowed=key.allowed
        ) from None


def _require_https(url: str | None) -> None:
    """Secrets and customers' numbers would go through the internet for all to read."""
    parts = urlsplit(url or "")
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise Refused(
            f"--public-url {url}: MyOperator delivers to https only, and http shows secrets and numbers to "
            "everybody on the way. Put a proxy with a certificate before the relay, and give its https "
            "address. Nothing was made"
        )


def _make_folder(home: Path) -> None:
    try:
        for missing in reversed([p for p in (home, *home.parents) if not p.exists()]):
            missing.mkdir(mode=0o700)
    except OSError as error:
        raise StorageError(f"{home} can't be made: {error.strerror}") from None


def _first_secret(database: Path) -> str:
    """A secret in the new store. A store that is there already is taken over."""
    store = Store.open(f"sqlite:///{database.as_posix()}")
    try:
        now = datetime.now(UTC)
        return store.write_now(lambda conn: credentials.add_secret(conn, DEFAULT_SOURCE, now)).secret
    finally:
        store.close()


def _write_new(path: Path, text: str) -> None:
    try:
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "w", encoding="utf-8") as file:
            file.write(text)
        hand_over(path)
    except OSError as error:
        raise StorageError(f"{path} can't be written: {error.strerror}") from None
