"""The examples for running the relay say what the program does."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cti_desktop.relay.cli import app, serving
from cti_desktop.relay.config import ServerConfig, load
from cti_desktop.relay.hooks import MAX_BODY

ROOT = Path(__file__).parent.parent
OPS = ROOT / "resources" / "ops"
UNIT = (OPS / "cti-relay.service").read_text(encoding="utf-8")
DOCKERFILE = (OPS / "Dockerfile").read_text(encoding="utf-8")


def test_the_unit_starts_the_relay_and_waits_for_its_end() -> None:
    """The command exists; systemd kills nobody who would still have ended by itself."""
    (command,) = re.findall(r"^ExecStart=\S+/cti-relay (.*)$", UNIT, re.MULTILINE)
    (patience,) = re.findall(r"^TimeoutStopSec=(\d+)$", UNIT, re.MULTILINE)

    assert CliRunner().invoke(app, [*command.split(), "--help"]).exit_code == 0
    assert int(patience) > serving.STOP_SECONDS


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    """No key is unknown or misspelt, and little of the machine is left to it."""
    unit = tmp_path / "cti-relay.service"
    unit.write_text(UNIT.replace("/opt/cti/bin/cti-relay", "/bin/true"), encoding="utf-8")
    said = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)

    assert "cti-relay.service" not in said.stderr


def test_the_image_is_made_of_what_is_there() -> None:
    """Every file that is copied exists; its environment is a configuration."""
    for line in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE):
        assert all((ROOT / source).exists() for source in line.split())
    variables = dict(
        re.findall(r"(CTI_RELAY_\w+)=(\S+)", DOCKERFILE.partition("FROM python:3.13-slim\nRUN")[2])
    )
    config = load(None, variables)

    assert (config.server.host, config.store.url) == ("0.0.0.0", "sqlite:////srv/cti/relay.db")  # noqa: S104 - read
    assert (config.server.port, config.log.format) == (8420, "json")


@pytest.mark.parametrize("name", ["Caddyfile", "nginx.conf"])
def test_the_proxies_lead_to_the_relay(name: str) -> None:
    """To its usual port; measurements are for this machine."""
    text = (OPS / name).read_text(encoding="utf-8")

    assert f"127.0.0.1:{ServerConfig().port}" in text
    assert "/metrics" in text
    assert 'trusted_proxies = ["127.0.0.1"]' in text


def test_the_proxy_takes_what_the_relay_takes() -> None:
    """A smaller limit would lose webhooks."""
    (kilobytes,) = re.findall(
        r"client_max_body_size\s+(\d+)k;", (OPS / "nginx.conf").read_text(encoding="utf-8")
    )

    assert int(kilobytes) * 1024 >= MAX_BODY
