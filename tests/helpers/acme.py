"""The folder that docs/team-leads.md has a team lead make, with its very example."""

import re
import shutil
from pathlib import Path

from cti_desktop.assets import resource

MANUAL = Path(__file__).resolve().parents[2] / "docs/team-leads.md"


def acme(folder: Path) -> Path:
    """Make `folder`; its `branding.toml`."""
    folder.mkdir()
    example = re.search(r"```toml\n(\[product\][^`]*)```", MANUAL.read_text(encoding="utf-8"))
    assert example is not None
    branding = folder / "branding.toml"
    branding.write_text(example[1], encoding="utf-8")
    shutil.copyfile(resource("icons/app.svg"), folder / "logo.svg")
    shutil.copyfile(resource("dispositions.toml"), folder / "dispositions.toml")
    return branding
