"""What is read anew; the whole way to the desktops stands in tests/e2e/test_relay_running.py."""

from dataclasses import replace
from pathlib import Path

import pytest

from cti_desktop.relay.desk import Limits
from cti_desktop.relay.reload import Reload, Reloaded
from cti_desktop.relay.tls import Certificate
from cti_desktop.wire.close_codes import CloseCode
from tests.helpers.certificates import make_certificate
from tests.helpers.relay_desk import room
from tests.helpers.relay_world import relay_config

OURS = Path(__file__).parents[2] / "resources" / "dispositions.toml"


def keen(version: str) -> str:
    """Ours with another label and `version`."""
    text = OURS.read_text(encoding="utf-8").replace("version = 1", version, 1)
    return text.replace('"Interested"', '"Keen"')


@pytest.mark.warning_logs("the dispositions are others now")  # as the room began with its own
async def test_the_same_again_disturbs_nobody(tmp_path: Path) -> None:
    """A reload for the sake of a certificate leaves the desktops connected."""
    make_certificate(tmp_path)
    certificate = Certificate(tmp_path / "server.pem", tmp_path / "server.pem")
    async with room(tmp_path, Limits()) as found:
        config = replace(relay_config(tmp_path), catalogue=OURS)
        Reload(config, found.desk, certificate).go()
        async with found.session() as wire:
            await wire.hears()
            assert Reload(config, found.desk, certificate).go() == Reloaded()
            assert not wire.closed.done()


async def test_new_dispositions_send_the_desktops_away(tmp_path: Path) -> None:
    """They come back for them."""
    file = tmp_path / "ours.toml"
    file.write_text(keen("version = 9"), encoding="utf-8")
    async with room(tmp_path, Limits()) as found:
        async with found.session() as wire:
            await wire.hears()
            assert (
                Reload(replace(relay_config(tmp_path), catalogue=file), found.desk, None).go() == Reloaded()
            )
            assert CloseCode(await wire.closed) is CloseCode.RESTARTING
        assert "Keen" in {code.label for code in found.desk.catalogue.codes}


@pytest.mark.warning_logs("not reloaded", "not reloaded")
async def test_one_fault_does_not_hide_another(tmp_path: Path) -> None:
    """Both are said, and nothing is changed."""
    make_certificate(tmp_path)
    pem, broken = tmp_path / "server.pem", tmp_path / "broken.toml"
    certificate = Certificate(pem, pem)
    pem.write_text("x")
    broken.write_text("x")
    async with room(tmp_path, Limits()) as found:
        before = found.desk.catalogue
        config = replace(relay_config(tmp_path), catalogue=broken)
        faults = Reload(config, found.desk, certificate).go().kept

        assert found.desk.catalogue is before
    assert len(faults) == 2


@pytest.mark.warning_logs("the dispositions are others now")
async def test_a_version_that_was_not_raised(tmp_path: Path) -> None:
    """The change counts and reaches the desktops; that the version should have been raised is said."""
    file = tmp_path / "ours.toml"
    file.write_text(keen("version = 1"), encoding="utf-8")
    async with room(tmp_path, Limits()) as found:
        config = replace(relay_config(tmp_path), catalogue=file)
        Reload(replace(config, catalogue=OURS), found.desk, None).go()
        async with found.session() as wire:
            await wire.hears()
            done = Reload(config, found.desk, None).go()
            assert CloseCode(await wire.closed) is CloseCode.RESTARTING
        assert "Keen" in {code.label for code in found.desk.catalogue.codes}
        assert Reload(config, found.desk, None).go() == Reloaded()  # said once

    [warning] = done.warned
    assert (done.kept, "ours.toml" in warning, "raise it to 2" in warning) == ([], True, True)


@pytest.mark.warning_logs("not reloaded", "not reloaded")
async def test_a_file_that_is_named_only_now(tmp_path: Path) -> None:
    """It counts without a restart; what is wrong with it, or with the naming, is said."""
    file, toml = tmp_path / "ours.toml", tmp_path / "relay.toml"
    config = replace(relay_config(tmp_path), path=toml)
    named = f'[store]\nurl = "{config.store.url}"\n[catalogue]\nfile = "ours.toml"\n'
    async with room(tmp_path, Limits()) as found:
        again = Reload(config, found.desk, None).go
        toml.write_text(named, encoding="utf-8")
        assert "ours.toml" in again().kept[0]
        file.write_text(keen("version = 2"), encoding="utf-8")
        assert again() == Reloaded()
        assert "Keen" in {code.label for code in found.desk.catalogue.codes}
        toml.write_text("[", encoding="utf-8")
        assert "no valid TOML" in again().kept[0]
        assert "Keen" in {code.label for code in found.desk.catalogue.codes}
