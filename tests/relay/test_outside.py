"""What the relay asks others, made from its configuration."""

from dataclasses import replace
from pathlib import Path

import pytest

from cti_desktop.core.errors import ConfigError
from cti_desktop.relay.config import PrivacyConfig
from cti_desktop.relay.outside import Outside
from cti_desktop.relay.vendor_config import VendorConfig
from tests.helpers.relay_store import NOW
from tests.helpers.relay_world import relay_config


def test_nothing_outside_by_default(tmp_path: Path) -> None:
    """No directory is asked, and no stranger is pending."""
    book = Outside(relay_config(tmp_path), lambda: NOW).book()

    assert book._asks_others is False
    assert PrivacyConfig() == relay_config(tmp_path).privacy


def test_what_is_wrong_is_said_at_the_start(tmp_path: Path) -> None:
    """A token that isn't there, a file that isn't."""
    with pytest.raises(ConfigError, match="has no NO_SUCH"):
        Outside(replace(relay_config(tmp_path), vendor=VendorConfig(token="env:NO_SUCH")), lambda: NOW)
    with pytest.raises(ConfigError, match=r"lookups\.file"):
        Outside(replace(relay_config(tmp_path), lookups=tmp_path / "none.toml"), lambda: NOW)
