"""`relay.toml`, the environment, and what is said about what can't be used."""

import sys
from datetime import time
from pathlib import Path

import pytest

from cti_desktop.core.errors import ConfigError
from cti_desktop.relay import config
from cti_desktop.relay.config import (
    ConfigUnreadable,
    LogConfig,
    RelayConfig,
    RetentionConfig,
    SourceConfig,
    find,
    load,
)
from cti_desktop.relay.hours import WorkingHours
from cti_desktop.relay.proxies import network
from cti_desktop.wire.policy import Policy

FULL = """
[catalogue]
file = "ours.toml"

[server]
host = "0.0.0.0"
port = 9000
public_url = "https://relay.example.com/"
allowed_origins = ["https://CRM.example.com"]
trusted_proxies = ["10.0.0.1", "fd00::/8"]
metrics_from = "10.1.0.0/16"
tls_certificate = "tls/relay.pem"
tls_key = "/etc/ssl/relay.key"

[store]
url = "sqlite:///relay.db"

[calls]
ring_timeout_seconds = 60
talk_timeout_seconds = 3600

[retention]
stream_days = 3
raw_days = 10
record_days = 500
renew_token_days = 7
idle_token_days = 90

[hours]
opens = "09:30"
closes = 18:00:00
days = "sun-thu"
timezone = "Asia/Dubai"

[log]
format = "json"
level = "warning"

[sources.myoperator]

[sources.second-line]
allowed_addresses = ["103.21.77.0/24"]
address_policy = "refuse"
timezone = "Asia/Dubai"
region = "ae"
token_header = "X-Second"
"""


def written(folder: Path, text: str) -> Path:
    """`text` as a relay.toml in `folder`."""
    path = folder / "relay.toml"
    path.write_text(text, encoding="utf-8")
    return path


def loaded(folder: Path, text: str, **env: str) -> RelayConfig:
    """The configuration of `text` with `env` around it."""
    return load(written(folder, text), env)


def refusal(folder: Path, text: str, **env: str) -> str:
    """What is said about a configuration that can't be used."""
    with pytest.raises(ConfigError) as caught:
        loaded(folder, text, **env)
    return str(caught.value)


def test_every_key_is_read(tmp_path: Path) -> None:
    """A file with all keys gives them all, typed."""
    found = loaded(tmp_path, FULL)

    assert (found.server.host, found.server.port) == ("0.0.0.0", 9000)  # noqa: S104 - only read
    assert found.server.public_url == "https://relay.example.com"
    assert found.server.allowed_origins == ("https://crm.example.com",)
    assert (found.calls.ring_timeout_seconds, found.calls.talk_timeout_seconds) == (60, 3600)
    assert found.sources == {
        "myoperator": SourceConfig(),
        "second-line": SourceConfig(
            "myoperator", "Asia/Dubai", "AE", "X-Second", (network("103.21.77.0/24"),), "refuse"
        ),
    }
    assert found.server.trusted_proxies == (network("10.0.0.1"), network("fd00::/8"))
    assert found.server.metrics_from == (network("10.1.0.0/16"),)
    assert found.server.tls_certificate == tmp_path / "tls/relay.pem"
    assert found.server.tls_key == Path("/etc/ssl/relay.key")
    assert found.retention == RetentionConfig(3, 10, 500, 7, 90)
    assert found.hours == WorkingHours(time(9, 30), time(18), frozenset({6, 0, 1, 2, 3}), "Asia/Dubai")
    assert found.log == LogConfig("json", "warning")
    assert (found.catalogue, found.path) == (tmp_path / "ours.toml", tmp_path / "relay.toml")


def test_a_relative_store_lies_beside_the_file(tmp_path: Path) -> None:
    """The store doesn't move with the folder that a command is run in."""
    found = loaded(tmp_path, FULL)

    assert found.store.file == tmp_path / "relay.db"


def test_a_postgresql_store_has_no_file(tmp_path: Path) -> None:
    """A server's URL is kept as it is."""
    found = loaded(tmp_path, '[store]\nurl = "postgresql://u:p@db/relay"\n')

    assert (found.store.url, found.store.file) == ("postgresql://u:p@db/relay", None)


def test_the_least_file_has_defaults(tmp_path: Path) -> None:
    """Only the store must be named."""
    found = loaded(tmp_path, '[store]\nurl = "sqlite:///r.db"\n')

    assert (found.server.host, found.server.port, found.server.public_url) == ("127.0.0.1", 8420, None)
    assert found.sources == {"myoperator": SourceConfig()}


def test_the_environment_wins(tmp_path: Path) -> None:
    """Every key can be overridden from outside, without touching the file."""
    found = loaded(
        tmp_path,
        FULL,
        CTI_RELAY_SERVER_PORT="0",
        CTI_RELAY_SERVER_ALLOWED_ORIGINS="https://a.example, https://b.example:8443",
        CTI_RELAY_SOURCES_SECOND_LINE_TOKEN_HEADER="X-Other",
        CTI_RELAY_CATALOGUE_FILE="theirs.toml",
    )

    assert found.server.port == 0
    assert found.server.allowed_origins == ("https://a.example", "https://b.example:8443")
    assert found.sources["second-line"].token_header == "X-Other"
    assert found.catalogue == tmp_path / "theirs.toml"


def test_variables_of_others_are_left_alone(tmp_path: Path) -> None:
    """Kubernetes makes CTI_RELAY_PORT and its kind for a service named cti-relay."""
    found = loaded(tmp_path, FULL, CTI_RELAY_PORT="tcp://10.0.0.1:8420", CTI_RELAY_SERVICE_HOST="10.0.0.1")

    assert found.server.port == 9000


def test_a_container_needs_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store in the environment is enough."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    found = load(None, {"CTI_RELAY_STORE_URL": "sqlite:///data/relay.db"})

    assert (found.path, found.store.file) == (None, tmp_path / "data" / "relay.db")


@pytest.mark.parametrize(
    ("key", "line", "allowed"),
    [
        ("server.port", "[server]\nport = 70000", "a port, 0 to 65535"),
        ("server.port", "[server]\nport = true", "a port"),
        ("server.port", '[server]\nport = "eighty"', "a port"),
        ("server.host", "[server]\nhost = 8", "an address to listen on"),
        ("server.public_url", '[server]\npublic_url = "relay.example.com"', "an http:// or https:// address"),
        ("server.public_url", '[server]\npublic_url = "https://r:99999"', "an http:// or https:// address"),
        ("server.allowed_origins", "[server]\nallowed_origins = 3", "a list of origins"),
        ("server.allowed_origins", '[server]\nallowed_origins = ["https://a/b"]', "a list of origins"),
        ("calls.ring_timeout_seconds", "[calls]\nring_timeout_seconds = 1", "whole seconds, 10 to"),
        ("sources.pbx.timezone", '[sources.pbx]\ntimezone = "Mars/Base"', "a time zone"),
        ("sources.pbx.timezone", '[sources.pbx]\ntimezone = "../etc"', "a time zone"),
        ("sources.pbx.region", '[sources.pbx]\nregion = "India"', "a country's two letters"),
        ("sources.pbx.provider", '[sources.pbx]\nprovider = "acme"', "myoperator"),
        ("sources.pbx.token_header", '[sources.pbx]\ntoken_header = "a b"', "the name of an HTTP header"),
        ("store.url", '[store]\nurl = "mysql://u:secret@h/d"', "sqlite:///PATH or postgresql://"),
        ("catalogue.file", "[catalogue]\nfile = 1", "the path of a dispositions file"),
    ],
)
def test_a_wrong_value_is_explained(tmp_path: Path, key: str, line: str, allowed: str) -> None:
    """The message names the file, the key, what was found and what is allowed."""
    said = refusal(tmp_path, line)

    assert said.startswith(f"{tmp_path / 'relay.toml'}: {key} is ")
    assert allowed in said


def test_a_wrong_variable_is_named(tmp_path: Path) -> None:
    """What came from the environment is said to come from there."""
    said = refusal(tmp_path, FULL, CTI_RELAY_SERVER_PORT="http")

    assert said.startswith("environment CTI_RELAY_SERVER_PORT: server.port is 'http'")


def test_a_password_stays_out_of_messages(tmp_path: Path) -> None:
    """A store's URL may hold a password: neither repr nor refusal shows it."""
    said = refusal(tmp_path, '[store]\nurl = "mysql://u:hunter2@h/d"')

    assert "hunter2" not in said
    assert "hunter2" not in repr(loaded(tmp_path, '[store]\nurl = "postgresql://u:hunter2@h/d"'))


@pytest.mark.parametrize(
    ("line", "suggestion"),
    [
        ("[server]\nprot = 1", "did you mean server.port?"),
        ("[sever]\nport = 1", "did you mean server.port?"),
        ('[sources.pbx]\ntimezon = "x"', "did you mean sources.pbx.timezone?"),
        ('[catalog]\nfile = "x"', "did you mean catalogue.file?"),
        ("[zzzzzz]\nqqqq = 1", "there is no such key"),
        ("server = 1", "there is no such key"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest(tmp_path: Path, line: str, suggestion: str) -> None:
    """A misspelt key is never silently a default."""
    assert suggestion in refusal(tmp_path, line)


def test_an_unknown_variable_of_a_known_section_is_refused(tmp_path: Path) -> None:
    """The same holds for the environment."""
    assert "did you mean server.port?" in refusal(tmp_path, FULL, CTI_RELAY_SERVER_PROT="1")


def test_a_source_name_must_fit_a_url(tmp_path: Path) -> None:
    """A source's name is part of its webhook's address."""
    assert "a-z, 0-9 and -" in refusal(tmp_path, "[sources.'My PBX']\nregion = 'IN'")


def test_a_store_must_be_named(tmp_path: Path) -> None:
    """Without a store there is nothing to serve from."""
    assert "store.url is None" in refusal(tmp_path, "[server]\nport = 1")


@pytest.mark.parametrize("text", ["[server", "\x00", "a = 'ü"])
def test_a_file_that_is_no_toml_is_said_so(tmp_path: Path, text: str) -> None:
    """A typing error in the file names the file."""
    with pytest.raises(ConfigUnreadable, match=r"relay\.toml is no valid TOML"):
        loaded(tmp_path, text)


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    """Naming a file that isn't there leads to `init`."""
    with pytest.raises(ConfigUnreadable, match="cti-relay init --dir"):
        load(tmp_path / "relay.toml", {})


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A path that can't be read gives the reason."""
    with pytest.raises(ConfigUnreadable, match="can't be read"):
        load(tmp_path, {})


def test_nothing_anywhere_says_run_init(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A first start leads to `init`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "none"))
    with pytest.raises(ConfigUnreadable, match="Run `cti-relay init`"):
        load(None, {})


def test_the_order_of_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named, then CTI_RELAY_CONFIG, then here, then the platform's folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    platforms = config.config_folder() / "relay.toml"
    platforms.parent.mkdir(parents=True)
    platforms.touch()
    assert find(None, {}) == platforms

    written(tmp_path, FULL)
    assert find(None, {}) == Path("relay.toml")
    assert find(None, {"CTI_RELAY_CONFIG": "other.toml"}) == Path("other.toml")
    assert find(Path("named.toml"), {"CTI_RELAY_CONFIG": "other.toml"}) == Path("named.toml")


def test_a_certificate_needs_its_key(tmp_path: Path) -> None:
    """And the other way round."""
    said = refusal(tmp_path, '[store]\nurl = "sqlite:///x.db"\n[server]\ntls_key = "k.pem"\n')

    assert "both of them, or neither" in said


def test_the_policy_for_desktops(tmp_path: Path) -> None:
    """From the file and from the environment."""
    policy = 'wrap_up = "timed"\nwrap_up_seconds = 45\nauto_code = "x"\n'
    text = f'[store]\nurl = "sqlite:///x.db"\n[policy]\n{policy}'
    (tmp_path / "relay.toml").write_text(text, encoding="utf-8")
    config = load(tmp_path / "relay.toml", {"CTI_RELAY_POLICY_FINISH_BEFORE_QUIT": "true"})
    assert Policy("timed", 45, "x", finish_before_quit=True) == config.policy


@pytest.mark.parametrize("line", ['wrap_up = "never"', "wrap_up_seconds = 1", 'finish_before_quit = "yes"'])
def test_a_policy_that_does_not_exist(tmp_path: Path, line: str) -> None:
    """Says what is allowed."""
    text = f'[store]\nurl = "sqlite:///x.db"\n[policy]\n{line}\n'
    (tmp_path / "relay.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match="policy"):
        load(tmp_path / "relay.toml", {})


@pytest.mark.skipif(sys.platform == "win32", reason="every user has a home there")
def test_a_user_without_a_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A container may run under a number that nobody has: the environment configures it all the same."""

    def nobody(uid: int) -> object:
        raise KeyError(uid)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pwd.getpwuid", nobody)
    for name in ("HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)

    assert config.config_folder() == tmp_path
    assert load(None, {"CTI_RELAY_STORE_URL": "sqlite:///x.db"}).path is None
