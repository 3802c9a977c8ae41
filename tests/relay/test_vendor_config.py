"""`[vendor]` without anything in it."""

from cti_desktop.relay.vendor_config import VendorConfig


def test_without_a_token_nothing_is_asked() -> None:
    """And the addresses are MyOperator's own."""
    config = VendorConfig()

    assert not config.token
    assert config.url.startswith("https://")
    assert config.dial_url.startswith("https://")
