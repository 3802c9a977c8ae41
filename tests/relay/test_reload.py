"""What is read anew; the whole way to the desktops stands in tests/e2e/test_relay_running.py."""

from dataclasses import replace
from pathlib import Path

import pytest

from cti_desktop.relay.desk import Limits
from cti_desktop.relay.reload import Reload
from cti_desktop.relay.tls import Certificate
from cti_desktop.wire.close_codes import CloseCode
from tests.helpers.certificates import make_certificate
from tests.helpers.relay_desk import room
from tests.helpers.relay_world import relay_config

OURS = Path(__file__).parents[2] / "resources" / "dispositions.toml"


async def test_the_same_again_disturbs_nobody(tmp_path: Path) -> None:
    """A reload for the sake of a certificate leaves the desktops connected."""
    make_certificate(tmp_path)
    certificate = Certificate(tmp_path / "server.pem", tmp_path / "server.pem")
    async with room(tmp_path, Limits()) as found:
        config = replace(relay_config(tmp_path), catalogue=OURS)
        Reload(config, found.desk, certificate).go()
        async with found.session() as wire:
            await wire.hears()
            assert Reload(config, found.desk, certificate).go() == []
            assert not wire.closed.done()


async def test_new_dispositions_send_the_desktops_away(tmp_path: Path) -> None:
    """They come back for them."""
    file = tmp_path / "ours.toml"
    file.write_text(OURS.read_text(encoding="utf-8").replace('"Interested"', '"Keen"'), encoding="utf-8")
    async with room(tmp_path, Limits()) as found:
        async with found.session() as wire:
            await wire.hears()
            assert Reload(replace(relay_config(tmp_path), catalogue=file), found.desk, None).go() == []
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
        faults = Reload(config, found.desk, certificate).go()

        assert found.desk.catalogue is before
    assert len(faults) == 2
