"""Pinning a private authority."""

from pathlib import Path

import pytest

from cti_desktop.core.errors import ConfigError
from cti_desktop.desktop.trust import context
from tests.helpers.certificates import make_certificate


def test_without_a_file_the_system_decides() -> None:
    """None is what the libraries take for that."""
    assert None is context("")


def test_only_the_pinned_authority_counts(tmp_path: Path) -> None:
    """None of the system's is in it."""
    make_certificate(tmp_path)
    pinned = context(str(tmp_path / "server.pem"))
    assert pinned is not None
    assert 1 == pinned.cert_store_stats()["x509"]
    assert pinned.check_hostname


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_file_that_is_none_is_named(tmp_path: Path, content: str | None) -> None:
    """Rather than trusting anybody else."""
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ConfigError, match=r"ca\.pem"):
        context(str(path))
