"""The table of keys."""

import pytest

from cti_desktop.relay.config_keys import key_of, known_names


@pytest.mark.parametrize("name", known_names("sources.pbx.x"))
def test_every_known_name_is_a_key(name: str) -> None:
    """What is suggested exists, and says in words what it allows."""
    key = key_of(name)

    assert key is not None
    assert key.allowed


@pytest.mark.parametrize("name", ["", "server", "server.x", "sources.pbx", "sources.PBX.region", "a.b.c.d"])
def test_other_names_are_none(name: str) -> None:
    """Nothing else is a key."""
    assert key_of(name) is None


LISTS = (
    "server.allowed_origins",
    "server.trusted_proxies",
    "server.metrics_from",
    "sources.pbx.allowed_addresses",
)


@pytest.mark.parametrize("name", known_names("sources.pbx.x"))
@pytest.mark.parametrize("found", [None, 1.5, [[]], {"a": 1}, ""])
def test_no_reader_takes_nonsense(name: str, found: object) -> None:
    """Every reader raises ValueError, and nothing else, for a value of a foreign type."""
    key = key_of(name)
    assert key is not None
    if name in LISTS and found == "":
        assert key.read(found) == ()
        return

    with pytest.raises(ValueError):  # noqa: PT011 - readers have no words: `allowed` has them
        key.read(found)
