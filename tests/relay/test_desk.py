"""What all sessions share."""

from dataclasses import replace
from pathlib import Path

from cti_desktop.core.disposition import Catalogue
from cti_desktop.relay.desk import Limits
from tests.helpers.relay_desk import room


async def test_other_dispositions_count_at_once(tmp_path: Path) -> None:
    """For whoever says hello next; measuring is nobody's duty."""
    async with room(tmp_path, Limits()) as found:
        found.desk.dispositions = replace(found.desk.dispositions, catalogue=Catalogue())
        found.desk.acknowledged("agt_1", 1)
        found.desk.disposed(1.0)

        assert found.desk.catalogue == Catalogue()
