"""What `--self-test` looks at. The keyring's part is in tests/e2e, with a real one."""

import pytest

from cti_desktop import __version__
from cti_desktop.desktop.managed import place
from cti_desktop.desktop.self_test import (
    Check,
    CheckFailed,
    checks,
    look_at_resources,
    look_at_settings,
    look_at_store,
    look_at_tls,
    run,
)


def broken() -> str:
    """A check that fails."""
    raise CheckFailed("no hay: make some")


def test_the_report_says_what_was_found_and_what_is_missing() -> None:
    """One line for each check, and a last one; one failure is enough to fail."""
    said: list[str] = []
    assert not run([Check("Straw", lambda: "3 stalks"), Check("Hay", broken)], said.append)
    assert [
        "ok      Straw      3 stalks",
        "FAILED  Hay        no hay: make some",
        "1 of 2 checks failed.",
    ] == said


def test_all_well() -> None:
    """Then it says so."""
    said: list[str] = []
    assert run([Check("Straw", lambda: "3 stalks")], said.append)
    assert "Everything is there." == said[-1]


def test_this_machine_has_the_rest() -> None:
    """TLS, store and resources can be looked at without a window."""
    assert look_at_tls().startswith(("OpenSSL", "LibreSSL"))
    assert look_at_store().startswith("SQLite 3.")
    assert look_at_resources().endswith("resources")


def test_every_part_is_looked_at() -> None:
    """In the order of the report."""
    found = checks(lambda: "6.11")
    assert ["Program", "Qt", "TLS", "Keyring", "Store", "Resources", "Settings"] == [
        check.name for check in found
    ]
    assert (True, "6.11") == (found[0].look().startswith(__version__), found[1].look())


def test_settings_of_this_machine_make_sense() -> None:
    """The product's name, where IT's file would be, and what is fixed."""
    if place().exists():
        pytest.skip("this machine is managed")
    assert f"CTI Desktop; no {place()}; nothing is fixed" == look_at_settings()
