"""The administrator's commands for what is kept."""

from pathlib import Path

import pytest

from cti_desktop.relay import retention
from cti_desktop.relay.command import Circumstances
from cti_desktop.relay.commands import command
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.tables import meta
from tests.helpers.relay_store import NOW, opened


def test_erasing_is_audited(tmp_path: Path) -> None:
    """In whatever way the number is written."""
    at = Circumstances(NOW, "IN", ("myoperator",), "meera (cti-relay)")
    with opened(tmp_path) as store:
        for number in ("98123 45670", "+919812345670"):
            store.write_now(
                lambda c, n=number: command("erase").run(c, {"number": n}, at)  # type: ignore[misc]  # bound now
            )
        rows = store.read_now(lambda c: command("audit.list").run(c, {}, at)).result
        with pytest.raises(Refused):
            store.write_now(lambda c: command("erase").run(c, {"number": "5"}, at))

    assert [(row["who"], row["agent"], row["subject"]) for row in rows] == [
        ("meera (cti-relay)", None, "number …5670: 0 calls")
    ] * 2


def test_trusting_the_clock(tmp_path: Path) -> None:
    """It is noted for the running relay to see."""
    with opened(tmp_path) as store:
        store.write_now(lambda c: command("clock.trust").run(c, {}, Circumstances(NOW)))
        noted = store.read_now(
            lambda c: c.execute(meta.select().where(meta.c.key == retention.TRUSTED)).one().value
        )

    assert noted == NOW.isoformat()
