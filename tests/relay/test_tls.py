"""The relay's own certificate."""

from pathlib import Path

import pytest

from cti_desktop.core.errors import ConfigError
from cti_desktop.relay.config import ServerConfig
from cti_desktop.relay.tls import Certificate
from tests.helpers.certificates import make_certificate


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    """A certificate and its key, in one file."""
    make_certificate(tmp_path)
    return tmp_path / "server.pem"


def test_without_files_there_is_none() -> None:
    """A proxy sees to it."""
    assert Certificate.of(ServerConfig()) is None


def test_the_context_stays_the_same(pem: Path) -> None:
    """So that new connections get what was read last, on the same listening socket."""
    certificate = Certificate.of(ServerConfig(tls_certificate=pem, tls_key=pem))
    assert certificate is not None
    context = certificate.context
    make_certificate(pem.parent)
    certificate.reload()

    assert certificate.context is context


def test_a_pair_that_cannot_be_used_is_explained(tmp_path: Path, pem: Path) -> None:
    """Missing, no PEM, or of another key."""
    (tmp_path / "other").mkdir()
    make_certificate(tmp_path / "other")
    garbage = tmp_path / "garbage.pem"
    garbage.write_text("x")
    for chain, key in [
        (tmp_path / "no.pem", pem),
        (garbage, pem),
        (pem, garbage),
        (pem, tmp_path / "other/server.pem"),
    ]:
        with pytest.raises(ConfigError, match=r"server\.tls_certificate"):
            Certificate(chain, key)


def test_a_broken_renewal_changes_nothing_and_is_said_once(
    pem: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The earlier one goes on to count; the next renewal is taken."""
    certificate = Certificate(pem, pem)
    good = pem.read_bytes()
    pem.write_text("half written")
    certificate.reload_if_changed()
    with pytest.raises(ConfigError):
        certificate.reload()
    certificate.reload_if_changed()
    assert [record.levelname for record in caplog.records].count("ERROR") == 1

    pem.write_bytes(good + b"\n")
    with caplog.at_level("INFO"):
        certificate.reload_if_changed()
        certificate.reload_if_changed()
    assert sum("read anew" in message for message in caplog.messages) == 1
