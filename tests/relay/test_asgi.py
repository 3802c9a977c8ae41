"""HTTP over bare ASGI."""

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from cti_desktop.relay import asgi
from cti_desktop.relay.asgi import BodyRefused
from tests.helpers.asgi_calls import call, scope


async def echo(request: Scope, receive: Receive, send: Send) -> None:
    """Answer with the length of the body, of at most ten bytes."""
    try:
        body = await asgi.body(request, receive, 10)
    except BodyRefused as refused:
        await asgi.refuse(send, refused)
    else:
        await asgi.answer(send, 200, {"length": len(body)}, [(b"x-more", b"1")])


async def test_answer_is_json_with_its_length() -> None:
    """Status, headers, body."""
    answer = await call(echo, scope(), b"12345")

    assert (200, {"length": 5}) == (answer.status, answer.payload)
    assert {"content-type": "application/json", "content-length": "12", "x-more": "1"} == answer.headers


@pytest.mark.parametrize(
    ("headers", "body"),
    [({}, b"x" * 11), ({"content-length": "11"}, b"x" * 11), ({}, [b"x" * 6, b"x" * 6, b""])],
)
async def test_too_large(headers: dict[str, str], body: bytes | list[bytes]) -> None:
    """Announced or not, in one piece or several; the connection ends."""
    answer = await call(echo, scope(headers=headers), body)

    assert (413, "close") == (answer.status, answer.headers["connection"])


async def test_largest() -> None:
    """The limit itself is allowed."""
    assert {"length": 10} == (await call(echo, scope(headers={"content-length": "10"}), b"x" * 10)).payload


async def test_nonsense_length_is_measured() -> None:
    """What a header claims is only ever believed against the sender."""
    assert 413 == (await call(echo, scope(headers={"content-length": "-1"}), b"x" * 11)).status


async def test_endless_body_is_not_read_to_its_end() -> None:
    """A flood is thrown away for a while, and then cut."""
    received = 0

    async def receive() -> Message:
        nonlocal received
        received += 1
        return {"type": "http.request", "body": b"x" * 65536, "more_body": True}

    with pytest.raises(BodyRefused) as refused:
        await asgi.body(scope(), receive, 10)

    assert 413 == refused.value.status
    assert received < 100


async def test_sender_who_goes_away() -> None:
    """Half a body is none."""
    assert 400 == (await call(echo, scope(), [b"12"])).status


async def test_sender_who_falls_asleep() -> None:
    """A body has a deadline."""

    async def receive() -> Message:
        never: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        return await never

    with pytest.raises(BodyRefused) as refused:
        await asgi.body(scope(), receive, 10, seconds=0.01)

    assert 408 == refused.value.status


@pytest.mark.parametrize(
    ("shown", "token"),
    [
        ({"authorization": "Bearer abc"}, "abc"),
        ({"Authorization": "bearer  abc "}, "abc"),
        ({"authorization": "Basic abc"}, ""),
        ({"authorization": "abc"}, ""),
        ({}, ""),
    ],
)
def test_bearer(shown: dict[str, str], token: str) -> None:
    """The token that is shown, if it is shown as one."""
    assert asgi.bearer(scope(headers=shown)) == token


def test_headers_query_and_client() -> None:
    """What a request says of itself."""
    request = scope(headers={"X-A": "1"}, query="a=1&b=&a=2&c=%zz", client="10.0.0.9")

    assert ("1", None) == (asgi.header(request, b"x-a"), asgi.header(request, b"x-b"))
    assert {"a": "2", "b": "", "c": "%zz"} == asgi.query(request)
    assert "10.0.0.9" == asgi.client(request)
    assert "unknown" == asgi.client({**request, "client": None})
