"""What a full day leaves in the logs, measurements and refusals: no number, note, secret, token or code."""

import json
import logging
import uuid
from contextlib import suppress
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from cti_desktop.relay import credentials, facts
from cti_desktop.relay.health import judge
from cti_desktop.relay.service_checks import judge_service
from tests.helpers.relay_world import NOON, World, call_end, dial_begin, incall, running

CUSTOMER = "9999900001"  # as the helpers' bodies have it
PHONE = "+919876501234"
NOTE = "said-something-private"


async def deliveries(world: World) -> list[str]:
    """Understood, repeated, broken, unroutable, refused, oversized. What strangers and senders are told."""
    asha = await world.add_agent("Asha Private", PHONE)
    stranger = await world.add_agent("Gone", "+919876509999")
    for body in (dial_begin("call-1", asha), incall("call-2", asha, stranger), call_end("call-1", asha)):
        await world.post(body)
        await world.post(body)
    broken = f'{{"clid": "{CUSTOMER}", "users": ["{PHONE}"'.encode()
    headers = {"X-Webhook-Token": world.secret}
    said = [
        await world.http.post("/hooks/myoperator", content=broken, headers=headers),
        await world.http.post(f"/hooks/myoperator?token={world.secret}", content=b"[]"),
        await world.http.post("/hooks/myoperator?token=guessed-secret", content=broken),
        await world.http.post(f"/hooks/{world.secret}", content=broken, headers=headers),
        await world.http.get(f"/hooks/myoperator?token={world.secret}&clid={CUSTOMER}"),
        await world.http.post("/hooks/myoperator", content=b"x" * 300_000, headers=headers),
        await world.http.post("/enrol", content=broken),
        await world.http.get(f"/{CUSTOMER}"),
    ]
    async with world.desktop(asha) as desktop:
        await desktop.events(desktop.welcome["head"])
        frame = {"id": str(uuid.uuid4()), "call_id": "call-1", "code": "interested", "notes": NOTE}
        await desktop.send(type="disposition", **frame, saved_at=NOON.isoformat())
        await desktop.receive()
        await desktop.send(type="error", code=f"x {PHONE}"[:2], message=NOTE)
        await desktop.socket.send(json.dumps({"type": "ack", "seq": 10**6, "note": NOTE}))
        await desktop.close_code()
    return [answer.text for answer in said]


async def people(world: World) -> list[str]:
    """Enrolment, rightly and wrongly; sockets with wrong tokens. The secrets that were in play."""
    store, now = world.relay.store, world.clock()
    ravi = await world.add_agent("Ravi Private", "+919876505678")
    code = (await store.write(lambda c: credentials.issue_code(c, ravi.id, now))).code
    for tried in (code, "ABCD-EFGH", code):
        await world.http.post("/enrol", json={"code": tried, "device": "pc"})
    for token in ("ctid_" + "7" * 59, ravi.token + "x"):
        with suppress(ConnectionClosed):
            async with world.socket(token) as socket:
                await socket.recv()
                await socket.recv()
    return [code, ravi.token, "7" * 20]


async def test_logs_tell_nothing_private(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Everything at DEBUG, libraries included: none of the seeded values is in it."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # the test's own client, and its URLs
    logging.getLogger("httpcore").setLevel(logging.WARNING)
    logging.getLogger("websockets.client").setLevel(logging.WARNING)
    async with running(tmp_path) as world:
        told = await deliveries(world)
        secrets = [world.secret, "guessed-secret", *await people(world)]
        await world.relay.rounds.go()
        told.append((await world.http.get("/metrics")).text)
        told.append((await world.http.get("/readyz")).text)
        found = await world.relay.store.read(facts.gather)
    checks = [*judge(found, ("myoperator",), NOON), *judge_service(world.relay.config, found, NOON)]
    seeded = [CUSTOMER, PHONE.removeprefix("+91"), "9876505678", "9876509999", "Private", NOTE, *secrets]

    assert len(caplog.records) > 5
    assert [] == [value for value in seeded if value in caplog.text]
    assert [] == [value for value in seeded if any(value in text for text in told)]
    # The doctor is for whoever runs the relay, and names agents. Customers are none of its business.
    assert [] == [value for value in (CUSTOMER, NOTE, *secrets) if value in str(checks)]
