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
    """A guess, well-formed: one letter off, or foreign."""
    if chance.random() < 0.5:
        return keys.new_token()
    body = token[: -len(keys.check_digits(""))]
    at = chance.randrange(len(keys.TOKEN_PREFIX), len(body))
    body = body[:at] + chance.choice(LETTERS.replace(body[at], "")) + body[at + 1 :]
    return body + keys.check_digits(body)


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


def ratio(first: Callable[[], object], last: Callable[[], object], runs: int) -> float:
    """How much longer the one takes than the other: the median of nine comparisons."""
    return statistics.median(spent(first, runs // 10) / spent(last, runs // 10) for _ in range(9))


def test_time_tells_nothing(tmp_path: Path, *, at_length: bool) -> None:
    """A secret, token or code that is wrong in its first letter takes as long as one wrong in its last."""
    with opened(tmp_path) as store:
        asha = new_agent(store, "Asha")
        secret = store.write_now(lambda c: credentials.add_secret(c, "myoperator", NOW)).secret
        token = store.write_now(lambda c: credentials.issue_token(c, asha, "pc", NOW)).token
        code = store.write_now(lambda c: credentials.issue_code(c, asha.id or "", NOW)).code
        access = store.read_now(Access.load)

        def with_secret(guess: str) -> bool:
            asked = scope("POST", headers={"x-webhook-token": guess})
            return access.admits("myoperator", b"x-webhook-token", asked, b"{}")

        def with_token(guess: str) -> bool:
            body = guess[: -len(keys.check_digits(""))]
            return access.tokens.owner(body + keys.check_digits(body)) is not None

        assert with_secret(secret)
        assert with_token(token)
        runs = 20_000 if at_length else 2_000
        random_part, checked = len(keys.TOKEN_PREFIX), len(keys.check_digits("")) + 1
        found = {
            "secret": ratio(*tries(with_secret, secret, 0), runs),
            "token": ratio(*tries(with_token, token, random_part, checked), runs),
            "code": store.read_now(
                lambda c: ratio(*tries(lambda g: credentials.redeem(c, g, "x", NOW), code, 0), runs // 10)
            ),
        }

    assert [] == [(what, by) for what, by in found.items() if not 0.8 < by < 1.25]


def tries(
    use: Callable[[str], object], right: str, first: int, before: int = 1
) -> tuple[Callable[[], object], Callable[[], object]]:
    """Two wrong tries, neither accepted: with another letter at `first`, and near the end."""
    guesses = [
        right[:at] + ("2" if right[at] != "2" else "3") + right[at + 1 :]
        for at in (first, len(right) - before)
    ]
    assert not any(use(guess) for guess in guesses)
    return partial(use, guesses[0]), partial(use, guesses[1])
