"""Links on which nothing moves any more, found in time: by a clock that is put forward, not waited for."""

import asyncio
from pathlib import Path

from cti_desktop.wire.close_codes import CloseCode
from tests.helpers.relay_world import dial_begin, running
from tests.helpers.skipping_loop import SkippingLoop, skipping

FOUND_SECONDS = 45
STALL_SECONDS = 30


def test_a_half_open_link_is_found(tmp_path: Path) -> None:
    """A desktop that vanished without a word is gone within 45 s; one that only has nothing to say stays."""

    async def day(loop: SkippingLoop) -> None:
        async with running(tmp_path) as world:
            asha = await world.add_agent("Asha", "+919999911101")
            async with (
                world.desktop(asha, "gone", ping_interval=None) as gone,
                world.desktop(asha, "quiet", ping_interval=None) as quiet,
            ):
                gone.socket.transport.pause_reading()
                passed = await loop.skip(60, until=lambda: len(world.relay.hub) < 2)
                assert 20 < passed <= FOUND_SECONDS

                await loop.skip(600)
                assert 1 == len(world.relay.hub)
                await world.ring("call-1", asha)
                await quiet.events(1)
                gone.socket.transport.abort()

    skipping(day)


def test_a_half_open_link_with_much_to_say_is_found(tmp_path: Path) -> None:
    """As soon, though what was sent to it lies on the way."""

    async def day(loop: SkippingLoop) -> None:
        async with running(tmp_path) as world:
            asha = await world.add_agent("Asha", "+919999911101")
            async with world.desktop(asha, ping_interval=None) as gone:
                gone.socket.transport.pause_reading()
                for number in range(5):
                    await world.post(dial_begin(f"call-{number}", asha))
                passed = await loop.skip(60, until=lambda: not len(world.relay.hub))
                gone.socket.transport.abort()
            assert passed <= FOUND_SECONDS

    skipping(day)


def test_no_progress_for_half_a_minute(tmp_path: Path) -> None:
    """256 events without an acknowledgement, though it answers pings: 4008 after 30 s, and it may resume."""

    async def day(loop: SkippingLoop) -> None:
        async with running(tmp_path) as world:
            asha = await world.add_agent("Asha", "+919999911101")
            await asyncio.gather(*(world.post(dial_begin(f"call-{n}", asha)) for n in range(257)))
            async with world.desktop(asha) as idle:
                await idle.events(256, ack=False)
                await loop.skip(STALL_SECONDS - 2)
                await idle.send(type="ack", seq=1)  # progress, if little
                await idle.events(1, ack=False)
                await loop.skip(STALL_SECONDS - 2)
                assert 1 == len(world.relay.hub)
                passed = await loop.skip(10, until=lambda: not len(world.relay.hub))
                error = await idle.receive()
                assert ("error", "too_slow") == (error["type"], error["code"])
                assert CloseCode.TOO_SLOW == await idle.close_code()
            assert passed <= 3
            async with world.desktop(asha, seq=1, epoch=idle.welcome["epoch"]) as back:
                assert 2 == (await back.events(256))[0]["seq"]

    skipping(day)
