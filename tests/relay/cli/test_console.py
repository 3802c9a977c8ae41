"""What all commands share."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cti_desktop import __version__
from cti_desktop.relay.cli import app
from cti_desktop.relay.cli.console import hoisted, table, when
from tests.helpers.relay_cli import Keyboard


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["agent", "list"], ["agent", "list"]),
        (["agent", "list", "--json"], ["--json", "agent", "list"]),
        (["agent", "--config", "f", "list"], ["--config", "f", "agent", "list"]),
        (["agent", "list", "--config=f", "--json"], ["--config=f", "--json", "agent", "list"]),
        (["did", "label", "--", "1", "--json"], ["did", "label", "--", "1", "--json"]),
        (["agent", "list", "--config"], ["--config", "agent", "list"]),
        ([], []),
    ],
)
def test_common_options_come_first(args: list[str], expected: list[str]) -> None:
    """`--config` and `--json` mean the same wherever they stand; after `--` nothing is an option."""
    assert hoisted(args) == expected


@pytest.mark.parametrize("before", [True, False])
def test_the_configuration_may_stand_anywhere(keyboard: Keyboard, *, before: bool) -> None:
    """Before and after the sub-command."""
    common, command = ["--config", keyboard.config, "--json"], ["agent", "list"]
    result = CliRunner().invoke(app, common + command if before else command + common)

    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


@pytest.mark.parametrize("words", [["--version"], ["--json", "--version"], ["--version", "serve"]])
def test_the_version(words: list[str]) -> None:
    """Name and version, without looking for any configuration, and nothing else is done."""
    result = CliRunner().invoke(app, words)

    assert (result.exit_code, result.stdout) == (0, f"cti-relay {__version__}\n")


def test_an_error_of_the_world_is_one_line(tmp_path: Path) -> None:
    """No traceback: what happened and what to do, on stderr, with exit code 1."""
    result = CliRunner().invoke(app, ["--config", str(tmp_path / "relay.toml"), "agent", "list"])

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"cti-relay: there is no file {tmp_path / 'relay.toml'}")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [["bogus"], ["agent", "add"], ["agent", "list", "--bogus"], ["agent", "list", "--config"], ["agent"], []],
)
def test_wrong_usage_is_two(words: list[str]) -> None:
    """A command that can't be understood ends with 2, and touches nothing."""
    assert CliRunner().invoke(app, words).exit_code == 2


@pytest.mark.parametrize(
    "words", [["--help"], ["agent", "--help"], ["serve", "--help"], ["agent", "import", "--help"]]
)
def test_help(words: list[str]) -> None:
    """Every command explains itself."""
    result = CliRunner().invoke(app, words)

    assert (result.exit_code, "Usage: " in result.stdout) == (0, True)


def test_a_table_is_aligned() -> None:
    """Lists are joined, truths are yes, nothing is blank, moments are this machine's."""
    rows = [{"a": ["x", "y"], "b": True, "c": None}, {"a": "2026-08-01T09:00:00Z", "b": False}]

    assert list(table(rows, {"a": "A", "b": "BEE", "c": "C"})) == [
        "A                    BEE  C",
        "x y                  yes",
        when("2026-08-01T09:00:00Z"),
    ]


def test_moments() -> None:
    """A moment that never was is said so."""
    assert (when(None), len(when("2026-08-01T09:00:00+00:00"))) == ("never", 19)
