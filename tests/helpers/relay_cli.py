"""`cti-relay` as an administrator types it: in this process, on a relay of its own."""

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from cti_desktop.relay.cli import app


class Keyboard:
    """Types commands for the relay in `folder`, which `init` has made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made = self._json("init", "--dir", str(folder))
        self.config = str(folder / "relay.toml")

    def types(self, *words: str, code: int = 0) -> str:
        """What a command prints; it must end with `code`. For others than 0: what it says on stderr."""
        out, err = self.prints(*words, code=code)
        return err if code else out

    def prints(self, *words: str, code: int = 0) -> tuple[str, str]:
        """What a command prints on stdout and on stderr; it must end with `code`."""
        result = CliRunner().invoke(app, ["--config", self.config, *words])
        assert (result.exit_code, result.exception is None or code) == (code, code or True), result.output
        return result.stdout, result.stderr

    def gets(self, *words: str) -> Any:  # noqa: ANN401 - JSON
        """What a command answers as JSON."""
        return self._json("--config", self.config, *words)

    @staticmethod
    def _json(*words: str) -> Any:  # noqa: ANN401 - JSON
        result = CliRunner().invoke(app, [*words, "--json"])
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)
