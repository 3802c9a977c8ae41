"""`relay.toml` and the environment as one frozen `RelayConfig`. Checks everything, opens only that file.

Every key also stands as `CTI_RELAY_<SECTION>_<KEY>`; the environment wins.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import platformdirs

from cti_desktop.core.errors import ConfigError, CtiError
from cti_desktop.relay.config_keys import SECTIONS, SOURCE, SOURCE_NAME, Key, key_of, known_names
from cti_desktop.relay.hours import WorkingHours
from cti_desktop.relay.proxies import Network, network
from cti_desktop.relay.vendor_config import VendorConfig
from cti_desktop.wire.policy import Policy

FILE_NAME: Final = "relay.toml"
ENV_PREFIX: Final = "CTI_RELAY_"
ENVIRONMENT: Final = "environment"
DEFAULT_SOURCE: Final = "myoperator"
_SQLITE: Final = "sqlite:///"
_LOOPBACK: Final = (network("127.0.0.0/8"), network("::1"))


class ConfigUnreadable(CtiError):
    """There is no configuration, or it is no TOML. The message says how to get one."""

    code = "no_config"


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """Where to listen, and where others find it. `public_url` has no trailing slash.

    `trusted_proxies`: whose word on the real sender counts. `metrics_from`: who may read /metrics.
    """

    host: str = "127.0.0.1"
    port: int = 8420
    public_url: str | None = None
    allowed_origins: tuple[str, ...] = ()
    trusted_proxies: tuple[Network, ...] = ()
    metrics_from: tuple[Network, ...] = _LOOPBACK
    tls_certificate: Path | None = None
    tls_key: Path | None = None


@dataclass(frozen=True, slots=True)
class StoreConfig:
    """Where the store is: an SQLAlchemy URL. It may hold a password, so it is no part of the repr."""

    url: str = field(repr=False)

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for a server."""
        return Path(self.url.removeprefix(_SQLITE)) if self.url.startswith(_SQLITE) else None


@dataclass(frozen=True, slots=True)
class CallsConfig:
    """After how long a call whose end never came is given up, in seconds since it was last heard of."""

    ring_timeout_seconds: int = 180
    talk_timeout_seconds: int = 4 * 3600


@dataclass(frozen=True, slots=True)
class SourceConfig:
    """One webhook origin: who sends, in which time zone and country its bare times and numbers are meant."""

    provider: str = "myoperator"
    timezone: str = "Asia/Kolkata"
    region: str = "IN"
    token_header: str = "X-Webhook-Token"  # noqa: S105 - a header's name
    allowed_addresses: tuple[Network, ...] = ()
    address_policy: str = "alert"


@dataclass(frozen=True, slots=True)
class RetentionConfig:
    """For how many days events can be resumed, raw bodies are kept, all other records, and tokens."""

    stream_days: int = 7
    raw_days: int = 30
    record_days: int = 400
    renew_token_days: int = 30
    idle_token_days: int = 180


@dataclass(frozen=True, slots=True)
class LogConfig:
    """How and how much is logged."""

    format: str = "text"
    level: str = "info"


@dataclass(frozen=True, slots=True)
class PrivacyConfig:
    """Whose desktops get no customer's number, and whether they may ask for one, which leaves a trace."""

    masked_roles: tuple[str, ...] = ()
    reveal: bool = True


@dataclass(frozen=True, slots=True)
class RelayConfig:
    """All of it. `path` is the file that it came from, None where the environment was enough."""

    server: ServerConfig
    store: StoreConfig
    calls: CallsConfig = CallsConfig()
    sources: Mapping[str, SourceConfig] = field(default_factory=lambda: {DEFAULT_SOURCE: SourceConfig()})
    catalogue: Path | None = None
    lookups: Path | None = None
    vendor: VendorConfig = VendorConfig()
    privacy: PrivacyConfig = PrivacyConfig()
    path: Path | None = None
    retention: RetentionConfig = RetentionConfig()
    hours: WorkingHours = WorkingHours()
    log: LogConfig = LogConfig()
    policy: Policy = Policy()


@dataclass(frozen=True, slots=True)
class _Found:
    """A raw value and where it stands."""

    value: object
    where: str


def config_folder() -> Path:
    """The platform's folder for the relay's configuration; the current one for a user without a home."""
    try:
        return platformdirs.user_config_path("cti-relay", appauthor=False)
    except RuntimeError:  # a container's user need not be in /etc/passwd
        return Path.cwd()


def find(explicit: Path | None = None, env: Mapping[str, str] = os.environ) -> Path | None:
    """The file to read: `explicit`, `CTI_RELAY_CONFIG`, `./relay.toml`, one in `config_folder()`, or None."""
    named = explicit or (Path(env["CTI_RELAY_CONFIG"]) if env.get("CTI_RELAY_CONFIG") else None)
    if named is not None:
        return named
    return next((p for p in (Path(FILE_NAME), config_folder() / FILE_NAME) if p.is_file()), None)


def load(explicit: Path | None = None, env: Mapping[str, str] = os.environ) -> RelayConfig:
    """The configuration in force. Raises `ConfigUnreadable` without one, `ConfigError` for a wrong value."""
    path = find(explicit, env)
    if path is None and not env.get("CTI_RELAY_STORE_URL"):
        raise ConfigUnreadable(
            f"there is no {FILE_NAME}, neither here nor in {config_folder()}. "
            f"Run `cti-relay init` to make one, or name yours with --config"
        )
    found = (dict(_from_file(path)) if path else {}) | dict(_from_environment(env))
    return _build({name: _read(name, f) for name, f in found.items()}, path.absolute() if path else None)


def _build(values: Mapping[str, Any], path: Path | None) -> RelayConfig:
    """The typed whole. `values` are read, by dotted name."""
    if "store.url" not in values:
        raise ConfigError(
            where=str(path), key="store.url", found=None, allowed="sqlite:///PATH or postgresql://…"
        )
    beside = path.parent if path else Path.cwd()
    sources: dict[str, dict[str, Any]] = {}
    for name, value in values.items():
        if name.startswith("sources."):
            _, source, key = name.split(".")
            sources.setdefault(source, {})[key] = value
    return RelayConfig(
        server=_server(_section(values, "server"), beside),
        retention=RetentionConfig(**_section(values, "retention")),
        hours=WorkingHours(**_section(values, "hours")),
        log=LogConfig(**_section(values, "log")),
        store=StoreConfig(_anchored(values["store.url"], beside)),
        calls=CallsConfig(**_section(values, "calls")),
        sources={s: SourceConfig(**keys) for s, keys in sources.items()} or {DEFAULT_SOURCE: SourceConfig()},
        catalogue=beside / values["catalogue.file"] if "catalogue.file" in values else None,
        privacy=PrivacyConfig(**_section(values, "privacy")),
        vendor=VendorConfig(**_section(values, "vendor")),
        lookups=beside / values["lookups.file"] if "lookups.file" in values else None,
        path=path,
        policy=Policy(**_section(values, "policy")),
    )


def _server(values: dict[str, Any], beside: Path) -> ServerConfig:
    """Certificates lie beside the file, unless it says otherwise."""
    given: dict[str, Path] = {
        key: beside / values[key] for key in ("tls_certificate", "tls_key") if key in values
    }
    if len(given) == 1:
        raise ConfigError(
            where="configuration",
            key="server.tls_certificate, server.tls_key",
            found=next(iter(given)),
            allowed="both of them, or neither",
        )
    return ServerConfig(**(values | given))


def _section(values: Mapping[str, Any], section: str) -> dict[str, Any]:
    return {key: values[f"{section}.{key}"] for key in SECTIONS[section] if f"{section}.{key}" in values}


def _anchored(url: str, beside: Path) -> str:
    """A relative SQLite path means a file beside the configuration, wherever the command is run."""
    if not url.startswith(_SQLITE):
        return url
    return _SQLITE + (beside / Path(url.removeprefix(_SQLITE)).expanduser()).as_posix()


def _from_file(path: Path) -> Iterator[tuple[str, _Found]]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigUnreadable(f"there is no file {path}. Run `cti-relay init --dir {path.parent}`") from None
    except OSError as error:
        raise ConfigUnreadable(f"{path} can't be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigUnreadable(f"{path} is no valid TOML: {error}") from None
    for name, value in _flat(document):
        yield name, _Found(value, str(path))


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for name, value in table.items():
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, dict):  # [sources.NAME] with nothing in it is a source with every default
            yield from _empty(f"{prefix}{name}")
        else:
            yield f"{prefix}{name}", value


def _empty(name: str) -> Iterator[tuple[str, object]]:
    if name.startswith("sources."):
        yield f"{name}.provider", SourceConfig().provider


def _from_environment(env: Mapping[str, str]) -> dict[str, _Found]:
    """Our variables, by dotted name. Variables of unknown sections are not ours: Kubernetes makes such."""
    names = (name for name in env if name.startswith(ENV_PREFIX))
    return {
        dotted: _Found(env[name], f"{ENVIRONMENT} {name}")
        for name in names
        if (dotted := _dotted(name.removeprefix(ENV_PREFIX).lower())) is not None
    }


def _dotted(name: str) -> str | None:
    """`server_port` as `server.port`, `sources_my_pbx_region` as `sources.my-pbx.region`."""
    section, _, rest = name.partition("_")
    if section in SECTIONS:
        return f"{section}.{rest}"
    key = next((key for key in SOURCE if rest.endswith(f"_{key}")), None)
    if section != "sources" or key is None:
        return None
    source = rest.removesuffix(f"_{key}").replace("_", "-")
    return f"sources.{source}.{key}"


def _read(name: str, found: _Found) -> object:
    key = key_of(name)
    if key is None:
        raise _unknown(name, found)
    try:
        return key.read(found.value)
    except ValueError:
        raise ConfigError(
            where=found.where, key=name, found=_shown(key, found.value), allowed=key.allowed
        ) from None


def _shown(key: Key, value: object) -> object:
    """What a message may show of a value."""
    return f"{value.partition(':')[0]}:…" if key.hidden and isinstance(value, str) else value


def _unknown(name: str, found: _Found) -> ConfigError:
    if name.startswith("sources.") and not SOURCE_NAME.fullmatch(name.split(".")[1]):
        allowed = "in a source named with a-z, 0-9 and -, as the name becomes part of the webhook's URL"
        return ConfigError(where=found.where, key=name, found="…", allowed=allowed)
    near = difflib.get_close_matches(name, known_names(name), n=1, cutoff=0.5)
    hint = f": did you mean {near[0]}?" if near else ""
    return ConfigError(
        where=found.where, key=name, found="…", allowed=f"left out, there is no such key{hint}"
    )
