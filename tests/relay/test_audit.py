"""Who may come in is nobody's secret: each change of it leaves a row, with ids only."""

from pathlib import Path

import pytest
from sqlalchemy import select

from cti_desktop.relay.caller_tables import audit
from cti_desktop.relay.command import Circumstances
from cti_desktop.relay.commands import command
from cti_desktop.relay.refusal import Refused
from cti_desktop.relay.store import Store
from tests.helpers.relay_store import NOW, opened

AT = Circumstances(NOW, "IN", ("myoperator",), "meera as root (cti-relay)")


def run(store: Store, what: str, /, **args: object) -> dict[str, str]:
    """What a command answers."""
    result = store.write_now(lambda conn: command(what).run(conn, args, AT)).result
    return result if isinstance(result, dict) else {}


def traces(store: Store) -> list[tuple[str, str, str]]:
    """Who, what and about what, in order."""
    wanted = select(audit.c.who, audit.c.what, audit.c.subject).order_by(audit.c.id)
    return store.read_now(lambda c: [(who, what, subject) for who, what, subject in c.execute(wanted)])


def test_who_may_come_in_leaves_a_trace(tmp_path: Path) -> None:
    """From the agent's first day to the last secret; ids are there to look it up by, nothing else."""
    with opened(tmp_path) as store:
        asha = run(store, "agent.add", name="Asha", phones=["9999900001"])["id"]
        run(store, "agent.phone", agent="Asha", phones=["9999900002"])
        run(store, "agent.role", agent="Asha", role="lead")
        code = run(store, "agent.enrol", agent="Asha")
        token = run(store, "agent.token", agent="Asha", device="pc")
        run(store, "token.revoke", id=token["id"])
        secrets = [run(store, "secret.add", source="myoperator") for _ in range(2)]
        run(store, "secret.retire", id=secrets[0]["id"])
        run(store, "agent.disable", agent="Asha")
        run(store, "agent.enable", agent="Asha")
        found = traces(store)

    assert {"meera as root (cti-relay)"} == {who for who, _, _ in found}
    assert [
        ("agent.add", asha),
        ("agent.phone", asha),
        ("agent.role", asha),
        ("agent.enrol", asha),
        ("agent.token", f"{asha} {token['id']}"),
        ("token.revoke", token["id"]),
        ("secret.add", secrets[0]["id"]),
        ("secret.add", secrets[1]["id"]),
        ("secret.retire", secrets[0]["id"]),
        ("agent.disable", asha),
        ("agent.enable", asha),
    ] == [(what, subject) for _, what, subject in found]
    told = repr(found)
    assert not any(secret in told for secret in ("99999", code["code"], token["token"], secrets[0]["secret"]))


def test_what_was_refused_leaves_none(tmp_path: Path) -> None:
    """It did not happen."""
    with opened(tmp_path) as store:
        with pytest.raises(Refused):
            run(store, "agent.enrol", agent="nobody")
        assert [] == traces(store)
