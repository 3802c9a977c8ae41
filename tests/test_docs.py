"""The documents that others rely on say what the program does."""

import json
import re
from pathlib import Path

import msgspec
import pytest
from typer.main import get_command
from typer.testing import CliRunner

from cti_desktop.relay.cli import app
from cti_desktop.relay.config_keys import SECTIONS, SOURCE
from cti_desktop.wire import messages
from cti_desktop.wire.close_codes import CloseCode
from cti_desktop.wire.events import CallerBody, DispositionBody, EventBody
from cti_desktop.wire.messages import Unknown, from_desktop, from_relay

DOCS = Path(__file__).parent.parent / "docs"
PROTOCOL = (DOCS / "protocol.md").read_text(encoding="utf-8")
IT = (DOCS / "it.md").read_text(encoding="utf-8")
FRAMES = [line for line in PROTOCOL.splitlines() if line.startswith('{"type"')]
FROM_DESKTOP = {"hello", "ack", "disposition", "errand", "probe", "error"}


def commands() -> list[str]:
    """Every command that can be typed."""
    found = []
    for name, command in sorted(getattr(get_command(app), "commands").items()):  # noqa: B009 - typer hides the type
        below = getattr(command, "commands", None)
        found += [f"{name} {sub}" for sub in below] if below else [name]
    return found


@pytest.mark.parametrize("frame", FRAMES, ids=lambda f: str(json.loads(f)["type"]))
def test_example_frames_are_valid(frame: str) -> None:
    """Each example is a frame of the real codec, with every field that it sends."""
    sent = json.loads(frame)
    decode = from_desktop if sent["type"] in FROM_DESKTOP else from_relay
    message = decode(frame)

    assert not isinstance(message, Unknown)
    assert set(sent) == set(json.loads(messages.encode(message)))  # type: ignore[arg-type]  # no MalformedDisposition


def test_every_kind_of_frame_has_an_example() -> None:
    """Nothing that travels is missing from the document."""
    tags = re.findall(r'tag="(\w+)"', Path(messages.__file__).read_text(encoding="utf-8"))

    assert sorted(json.loads(frame)["type"] for frame in FRAMES) == sorted(tags)


def test_the_example_event_has_every_field() -> None:
    """An event stands there whole."""
    event = next(json.loads(f)["event"] for f in FRAMES if '"type":"event"' in f)

    assert set(event) == {f.name for f in msgspec.structs.fields(EventBody)}
    assert set(event["caller"]) == {f.name for f in msgspec.structs.fields(CallerBody)}


@pytest.mark.parametrize("struct", [EventBody, CallerBody, DispositionBody])
def test_every_field_of_an_event_is_explained(struct: type[msgspec.Struct]) -> None:
    """The table names each field that our events carry."""
    missing = [
        f.name for f in msgspec.structs.fields(struct) if not re.search(rf'[`"]{f.name}[`"]', PROTOCOL)
    ]

    assert missing == []


def test_every_close_code_is_explained() -> None:
    """The table of close codes is the program's."""
    assert {int(code) for code in re.findall(r"^\| (\d{4}) \|", PROTOCOL, re.MULTILINE)} == set(CloseCode)


@pytest.mark.parametrize("command", commands())
def test_every_command_is_explained(command: str) -> None:
    """Whatever can be typed stands in the table: by itself, or after its sibling."""
    group, _, last = command.partition(" ")
    rows = [row for row in PROTOCOL.splitlines() if row.startswith(f"| `cti-relay {group}")]

    assert any(re.search(rf"`(cti-relay )?({group} )?{last or group}\b", row) for row in rows)


@pytest.mark.parametrize(
    "line", sorted(set(re.findall(r"^cti-relay ([a-z]+(?: [a-z]+)?)", IT, re.MULTILINE)))
)
def test_commands_in_the_guide_exist(line: str) -> None:
    """What IT is told to type is understood."""
    assert CliRunner().invoke(app, [*line.split(), "--help"]).exit_code == 0


def test_every_key_is_explained() -> None:
    """The guide names each key of relay.toml."""
    keys = [f"{section}.{key}" for section, found in SECTIONS.items() for key in found]
    keys += [f"sources.NAME.{key}" for key in SOURCE]

    assert [key for key in keys if f"`{key}`" not in IT] == []


def test_every_complaint_has_its_proof() -> None:
    """Each old complaint names tests, and each of them is there."""
    page = (DOCS / "desktop.md").read_text(encoding="utf-8")
    complaints = page.partition("## Old complaints")[2].partition("|---|---|---|\n")[2].splitlines()
    lost = []
    for line in complaints:
        proofs = re.findall(r"`(tests/\S+\.py)::(\w+)`", line)
        assert proofs, line
        for file, name in proofs:
            text = (DOCS.parent / file).read_text(encoding="utf-8")
            if not re.search(rf"^(async )?def {name}\(", text, re.MULTILINE):
                lost.append(f"{file}::{name}")
    assert [] == lost
    assert len(complaints) > 15
