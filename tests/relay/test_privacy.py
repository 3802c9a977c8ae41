"""Nobody whose role is masked gets a number, on any way out of the relay."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cti_desktop.core.disposition import Catalogue, Code, Disposition
from cti_desktop.core.errands import REVEAL, Errand
from cti_desktop.relay import streams
from cti_desktop.relay.app import Relay
from cti_desktop.relay.calls import CallBook
from cti_desktop.relay.config import PrivacyConfig
from cti_desktop.relay.directory import AddressBook
from cti_desktop.relay.dispositions import Dispositions
from cti_desktop.relay.routing import Router
from cti_desktop.wire.events import encode_body
from tests.helpers.relay_parts import ASHA, CUSTOMER, PATIENCE, RAVI, leg, new_agent, report, take, uid
from tests.helpers.relay_store import NOW, opened
from tests.helpers.relay_world import relay_config


def test_every_event_of_a_masked_agent(tmp_path: Path) -> None:
    """Rings, answers, outcomes, updates and snapshots; a lead's are whole."""
    with opened(tmp_path) as store:
        asha, lead = new_agent(store, "Asha", ASHA), new_agent(store, "Lead", RAVI)
        store.write_now(lambda c: c.exec_driver_sql("UPDATE agents SET role = 'lead' WHERE name = 'Lead'"))
        router = Router(CallBook(PATIENCE), AddressBook(), ["agent"])
        take(store, router, report(leg(ASHA), leg(RAVI)))
        answered = leg(ASHA, answered=True, answered_at=NOW)
        take(store, router, report(answered, leg(RAVI), order=2))
        snapshot = store.write_now(lambda c: router.open_calls(c, asha.id or ""))
        outcome = Disposition(uid("d"), "call-1", "sold", None, "", None, NOW)
        desk = Dispositions(router, Catalogue(1, (Code("sold", "Sold"),)))
        store.write_now(lambda c: desk.record(c, asha, outcome, NOW))
        store.write_now(lambda c: router.tell_of_caller(c, CUSTOMER, [], NOW))

        bodies = [row.body for row in store.read_now(lambda c: streams.after(c, asha.id or "", 0, 99))]
        bodies += [encode_body(body) for body in snapshot]
        assert len(bodies) > 4
        for body in bodies:
            caller = json.loads(body)["caller"]
            assert CUSTOMER not in body.decode()
            assert (None, "+91 ••••• ••001", True) == (caller["number"], caller["display"], caller["masked"])
        leads = store.read_now(lambda c: streams.after(c, lead.id or "", 0, 99))
        assert all(json.loads(row.body)["caller"]["number"] == CUSTOMER for row in leads)


@pytest.mark.parametrize("may", [True, False])
async def test_revealing(tmp_path: Path, may: bool) -> None:
    """Where the policy allows it."""
    config = replace(relay_config(tmp_path), privacy=PrivacyConfig(("agent",), may))
    async with Relay(config, clock=lambda: NOW) as relay:
        asha = new_agent(relay.store, "Asha", ASHA)
        await relay.store.write(lambda c: relay._router.take(c, report(leg(ASHA)), "myoperator", NOW))
        answer = json.loads(await relay._outside.errands.answer(asha, Errand("e", REVEAL, "call-1")))

    assert answer["type"] == ("done" if may else "rejected")
    assert (CUSTOMER in json.dumps(answer)) is may
