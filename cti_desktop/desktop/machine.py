"""What the program may do to the machine that it runs on, and ask of the world, for one profile."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from typing import Final

import platformdirs

from cti_desktop.desktop import branding, diagnostics, updates
from cti_desktop.desktop.attendant import Surroundings
from cti_desktop.desktop.autostart import Autostart, own_command
from cti_desktop.desktop.places import Places
from cti_desktop.desktop.screen import Situation

_log: Final = logging.getLogger(__name__)


def surroundings(where: Places) -> Surroundings:
    """What the program may do to this machine for the profile at `where`."""
    start = Autostart(where.profile, own_command(where.profile))

    def write_diagnostics(situation: Situation) -> Path:
        folder = platformdirs.user_downloads_path()
        return diagnostics.write(folder, where.log, situation, datetime.now().astimezone())

    return Surroundings(where.profile, lambda wanted: start.set(wanted=wanted), write_diagnostics, _news)


def _news(policy: str) -> str:
    product = branding.current()
    source = updates.Source(product.update_url, product.update_key)
    try:
        return updates.news(source, policy, platformdirs.user_downloads_path())
    except updates.UpdateRefused as refused:
        _log.warning("no news of updates: %s", refused)
        return ""
