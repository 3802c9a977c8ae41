"""The way to the relay: whom to trust, which proxy, and why it failed."""

import socket
import ssl
from pathlib import Path

import pytest

from cti_desktop.core.errors import ConfigError
from cti_desktop.desktop.address import parse
from cti_desktop.desktop.reasons import Trouble
from cti_desktop.desktop.way import Way
from tests.helpers.certificates import make_certificate

NEAR, FAR = parse("http://127.0.0.1:1"), parse("https://relay.example.com")


def test_without_a_file_the_system_decides() -> None:
    """A certificate must be somebody's that the system trusts, and the relay's."""
    context = Way().trust()
    assert (ssl.CERT_REQUIRED, True) == (context.verify_mode, context.check_hostname)


def test_only_the_pinned_authority_counts(tmp_path: Path) -> None:
    """None of the system's is in it."""
    make_certificate(tmp_path)
    pinned = Way(str(tmp_path / "server.pem")).trust()
    assert 1 == pinned.cert_store_stats()["x509"]
    assert pinned.check_hostname


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_file_that_is_none_is_named(tmp_path: Path, content: str | None) -> None:
    """Rather than trusting anybody else."""
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ConfigError, match=r"ca\.pem") as refusal:
        Way(str(path)).trust()
    assert Trouble.NO_PIN is Way(str(path)).explain(refusal.value, FAR)[0]


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A system without a proxy, to begin with."""
    for name in ("https_proxy", "no_proxy", "HTTPS_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


def test_a_proxy_is_used_but_never_for_this_machine(system: pytest.MonkeyPatch) -> None:
    """The setting wins over the system's; `none` means directly. Link and enrolment go the same way."""
    named = Way(proxy="http://proxy:3128")
    assert [None, "http://proxy:3128", None] == [w.proxy_to(FAR) for w in (Way(), named, Way(proxy="none"))]
    system.setenv("https_proxy", "systems:8080")
    assert "http://systems:8080" == Way().proxy_to(FAR)
    assert [None, None] == [way.proxy_to(NEAR) for way in (Way(), named)]
    both = {"http": "http://proxy:3128", "https": "http://proxy:3128"}
    assert [both, {}] == [vars(named.proxies_to(relay))["proxies"] for relay in (FAR, NEAR)]


@pytest.mark.parametrize(
    "proxy",
    [
        "socks5://proxy:1080",
        "proxy",
        "http://",
        "http://proxy:port",
        "http://[::1",
        "http://proxy..example.com:3128",
        "http://prоxy:3128",
        "http://" + "a" * 80,
    ],
)
def test_a_proxy_that_cannot_be_one_is_told(system: pytest.MonkeyPatch, proxy: str) -> None:
    """Rather than ending the program, or going another way. The system's, too."""
    for way in (Way(proxy=proxy), Way()):
        with pytest.raises(ConfigError) as refusal:
            way.proxy_to(FAR)
        assert Trouble.BAD_PROXY is way.explain(refusal.value, FAR)[0]
        system.setenv("https_proxy", proxy if "://" in proxy else "ftp://proxy")


def test_a_proxy_that_is_not_there_is_not_the_relays_fault(system: pytest.MonkeyPatch) -> None:
    """Whether it stands in the settings or is the system's; its password is not told."""
    away, unknown = ConnectionRefusedError(), socket.gaierror(-2, "not known")
    named = Way(proxy="http://asha:secret@proxy.example:3128")
    assert (Trouble.NO_PROXY, "proxy.example:3128") == named.explain(away, FAR)
    assert Trouble.REFUSED is named.explain(away, NEAR)[0]
    assert Trouble.NO_SUCH_HOST is Way(proxy="none").explain(unknown, FAR)[0]
    assert Trouble.REFUSED is Way().explain(away, FAR)[0]
    system.setenv("https_proxy", "http://systems:8080")
    assert (Trouble.NO_PROXY, "systems:8080") == Way().explain(unknown, FAR)
    system.setenv("no_proxy", "relay.example.com")
    assert Trouble.REFUSED is Way().explain(away, FAR)[0]


def test_untrusted_means_another_thing_with_a_pin() -> None:
    """Somebody may listen."""
    error = ssl.SSLCertVerificationError()
    error.verify_code, error.verify_message = 20, "unable to get local issuer certificate"
    assert Trouble.UNTRUSTED is Way().explain(error, FAR)[0]
    assert Trouble.NOT_PINNED is Way("ca.pem").explain(error, FAR)[0]
