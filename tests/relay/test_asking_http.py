"""One request to a real HTTP server that misbehaves in every way."""

import asyncio
import json
from urllib.parse import urlsplit

import msgspec
import pytest

from cti_desktop.assets import resource
from cti_desktop.core.errors import ConfigError
from cti_desktop.core.events import Contact
from cti_desktop.relay.answers import contact_of
from cti_desktop.relay.asking_http import HttpDirectory, NotAnswered, spellings
from cti_desktop.relay.lookup_sources import HttpLookup, Reading, load
from tests.helpers.crm import ANSWERS, OK, Crm, crm

ONE = "+919999900001"


async def asked(server: Crm, **more: object) -> Contact | None:
    """What the directory says of a number."""
    settings = {
        "name": "crm",
        "url": f"{server.url}/find?p={{digits}}",
        "allow": ("127.0.0.1",),
        "read": Reading("name"),
    }
    directory = HttpDirectory(HttpLookup(**{**settings, **more}), "IN")  # type: ignore[arg-type]
    try:
        return await directory.ask(ONE)
    finally:
        await directory.close()


async def test_the_request() -> None:
    """Address, headers with the secret, host; nothing of the environment's proxies."""
    async with crm() as server:
        server.body = b'{"name":"Asha"}'
        found = await asked(server, headers={"X-Key": "k"})

        assert found == Contact(f"crm:{ONE}", "Asha")
        assert server.asked[0].startswith("GET /find?p=919999900001 HTTP/1.1\r\n")
        assert "X-Key: k" in server.asked[0]
        assert f"Host: 127.0.0.1:{server.port}" in server.asked[0]


async def test_a_posted_question() -> None:
    """With the number in the body."""
    async with crm() as server:
        server.body = b'{"name":"Asha"}'
        await asked(server, method="POST", body='{"q":"{national}"}')

        assert server.asked[0].endswith('{"q":"9999900001"}')


@pytest.mark.parametrize("status", ["HTTP/1.1 404 Not Found", "HTTP/1.1 204 No Content"])
async def test_nobody(status: str) -> None:
    """Two ways to say that there is no such contact."""
    async with crm() as server:
        server.status, server.body = status, b""
        assert await asked(server) is None


@pytest.mark.parametrize(
    ("status", "headers", "body", "why"),
    [
        ("HTTP/1.1 500 Oops", "", b"x", "answered 500"),
        ("HTTP/1.1 429 Slow", "", b"x", "answered 429"),
        ("HTTP/1.1 302 Found", "Location: http://127.0.0.1:1/", b"", "answered 302"),
        ("HTTP/1.1 200 OK", "", b"<html>login</html>", "no JSON"),
        ("HTTP/1.1 200 OK", "", b"x" * 70_000, "over 64 KiB"),
        ("nonsense", "", b"", "can't be reached"),
    ],
)
async def test_misbehaviour_is_no_answer(status: str, headers: str, body: bytes, why: str) -> None:
    """Each is said, none is believed, none says the number."""
    async with crm() as server:
        server.status, server.headers, server.body = status, headers, body
        with pytest.raises(NotAnswered, match=why) as error:
            await asked(server)
        assert "99999" not in str(error.value)


async def test_a_slow_one() -> None:
    """It is not waited for."""
    async with crm() as server:
        server.answering.clear()
        with pytest.raises(NotAnswered, match="too long"):
            await asked(server, timeout_seconds=0.1)


async def test_an_unreachable_one() -> None:
    """Nobody listens there any more."""
    async with crm() as server:
        pass
    with pytest.raises(NotAnswered, match="can't be reached"):
        await asked(server)


async def test_an_address_inside_is_not_connected_to() -> None:
    """Https, as it must be, but the name leads to ourselves."""
    async with crm() as server:
        with pytest.raises(NotAnswered, match="no public address"):
            await asked(server, url=f"https://127.0.0.1:{server.port}/{{number}}", allow=())
        await asyncio.wait_for(asyncio.to_thread(lambda: None), 1)
        assert server.asked == []


def test_a_missing_secret() -> None:
    """Said at the start, not at the first call."""
    source = HttpLookup(
        name="crm", url="https://a.example.com/{number}", read=Reading("name"), secret="env:NO_SUCH_THING"
    )
    with pytest.raises(ConfigError, match="has no NO_SUCH_THING"):
        HttpDirectory(source, "IN")


def test_spellings() -> None:
    """As directories keep numbers."""
    assert spellings(ONE) == {"number": ONE, "digits": "919999900001", "national": "9999900001"}


SECRETS = ("ZOHO_TOKEN", "HUBSPOT_TOKEN", "FRESHDESK_BASIC", "SALESFORCE_TOKEN", "CUSTOMERS_KEY")


@pytest.mark.parametrize("name", sorted(ANSWERS.keys() - {"sql"}))
async def test_the_examples_against_a_stand_in(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each as it is shipped, but for the host: a contact, then nobody, then every misbehaviour."""
    for secret in SECRETS:
        monkeypatch.setenv(secret, "s3cret")
    (source,) = load(resource(f"lookups/{name}.toml"))
    assert isinstance(source, HttpLookup)
    async with crm() as server:
        parts = urlsplit(source.url)
        moved = source.url.replace(f"https://{parts.netloc}", server.url)
        directory = HttpDirectory(
            msgspec.structs.replace(source, url=moved, allow=("127.0.0.1",), timeout_seconds=0.5), "IN"
        )
        try:
            server.body = json.dumps(ANSWERS[name]).encode()
            found = await directory.ask(ONE)
            assert found is not None
            assert (found.name, found.company or "ATL") == ("Asha", "ATL")
            assert "s3cret" in server.asked[0]
            server.status = "HTTP/1.1 204 No Content"
            server.body = b""
            assert await directory.ask(ONE) is None
            server.status = OK
            server.body = b"[]"
            assert await directory.ask(ONE) is None
            for status, body in (
                ("HTTP/1.1 500 Oops", b"{}"),
                ("HTTP/1.1 302 Found", b""),
                (OK, b"<html>log in</html>"),
                (OK, b"[" * 70_000),
            ):
                server.status, server.body = status, body
                with pytest.raises(NotAnswered):
                    await directory.ask(ONE)
        finally:
            await directory.close()


@pytest.mark.parametrize("name", ["hubspot", "salesforce"])
async def test_an_entry_with_other_numbers_is_somebody_else(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CRMs that search for parts of numbers find strangers."""
    for secret in SECRETS:
        monkeypatch.setenv(secret, "s3cret")
    (source,) = load(resource(f"lookups/{name}.toml"))
    assert isinstance(source, HttpLookup)
    other = json.loads(json.dumps(ANSWERS[name]).replace("99999", "88888"))

    assert contact_of(ANSWERS[name], source.read, name, ONE, "IN") is not None
    assert contact_of(other, source.read, name, ONE, "IN") is None
