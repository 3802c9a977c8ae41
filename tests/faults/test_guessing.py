"""Guessing: of many wrong tokens and codes none is accepted, guessers are locked out, time tells nothing."""

import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from cti_desktop.relay import credentials, keys
from cti_desktop.relay.access import Access
from cti_desktop.relay.enrolment import Enrolment
from tests.helpers.asgi_calls import call, scope
from tests.helpers.relay_parts import new_agent
from tests.helpers.relay_store import NOW, opened
from tests.helpers.relay_world import Clock

LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


def near(token: str, chance: random.Random) -> str:
    """A guess: one letter off, or well-formed and foreign."""
    if chance.random() < 0.5:
        return keys.new_token()
    at = chance.randrange(len(token))
    return token[:at] + chance.choice(LETTERS.replace(token[at].lower(), "")) + token[at + 1 :]


def test_wrong_tokens(tmp_path: Path, *, at_length: bool) -> None:
    """A hundred thousand tokens that are none."""
    chance = random.Random(3)
    with opened(tmp_path) as store:
        asha = new_agent(store, "Asha")
        token = store.write_now(lambda c: credentials.issue_token(c, asha, "pc", NOW)).token
        tokens = store.read_now(Access.load).tokens
    accepted = [
        guess for _ in range(100_000 if at_length else 5_000) if tokens.owner(guess := near(token, chance))
    ]

    assert [] == accepted
    assert tokens.owner(token) is not None


async def test_wrong_codes(tmp_path: Path, *, at_length: bool) -> None:
    """From any number of addresses, over hours: each address, and each code, is locked after five tries."""
    clock, chance, answers, seconds = Clock(NOW), random.Random(4), Counter[int](), [0.0]

    async def announced() -> None:
        raise AssertionError("a token was issued")

    with opened(tmp_path) as store:
        asha = new_agent(store, "Asha")
        code = store.write_now(lambda c: credentials.issue_code(c, asha.id or "", NOW)).code
        endpoint = partial(Enrolment(store, clock, announced, lambda: seconds[0]), "https://relay.example")
        guesses = 10_000 if at_length else 500
        for number in range(guesses):
            guess = keys.new_code()
            assert guess != code
            body = json.dumps({"code": guess, "device": "x"}).encode()
            client = f"10.0.{chance.randrange(2)}.{chance.randrange(20)}"
            answers[(await call(endpoint, scope("POST", client=client), body)).status] += 1
            if number % 1_000 == 999:
                seconds[0] += 660
                clock.now += timedelta(seconds=660)

    assert set(answers) == {403, 429}
    assert answers[403] <= 5 * 40 * (1 + guesses // 1_000)


def spent(work: Callable[[], object], times: int) -> float:
    """The shortest of many runs, in ns: what the machine's other work can't lengthen."""
    best = []
    for _ in range(times):
        begun = time.perf_counter_ns()
        work()
        best.append(time.perf_counter_ns() - begun)
    return statistics.quantiles(best, n=10)[0]


def test_time_tells_nothing_of_a_secret(tmp_path: Path, *, at_length: bool) -> None:
    """A secret that is wrong in its first letter takes as long as one wrong in its last."""
    with opened(tmp_path) as store:
        secret = store.write_now(lambda c: credentials.add_secret(c, "myoperator", NOW)).secret
        access = store.read_now(Access.load)

    def tried(guess: str) -> Callable[[], bool]:
        asked = scope("POST", headers={"x-webhook-token": guess})
        return lambda: access.admits("myoperator", b"x-webhook-token", asked, b"{}")

    first, last = tried("X" + secret[1:]), tried(secret[:-1] + "X")
    assert (False, False, True) == (first(), last(), tried(secret)())
    runs = 20_000 if at_length else 2_000
    ratios = [spent(first, runs // 10) / spent(last, runs // 10) for _ in range(9)]

    assert 0.8 < statistics.median(ratios) < 1.25
