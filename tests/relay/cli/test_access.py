"""`cti-relay token …` and `cti-relay secret …`."""

from tests.helpers.relay_cli import Keyboard


def test_tokens(keyboard: Keyboard) -> None:
    """A token is listed without what it is, and revoked by its id."""
    assert keyboard.types("token", "list").startswith("There are no tokens")
    keyboard.types("agent", "add", "Asha")
    token = keyboard.gets("agent", "token", "Asha", "--device", "pc")

    listed = keyboard.types("token", "list")
    assert token["id"] in listed
    assert token["token"] not in listed
    assert keyboard.types("token", "revoke", token["id"]) == f"{token['id']} is revoked.\n"
    assert keyboard.types("token", "revoke", token["id"]) == f"{token['id']} was revoked already.\n"
    assert "there is no token" in keyboard.types("token", "revoke", "tok_x", code=1)
    assert [row["revoked_at"] is None for row in keyboard.gets("token", "list")] == [False]


def test_a_rotation(keyboard: Keyboard) -> None:
    """A second secret is added, a third refused, the first retired, the last kept."""
    (first,) = keyboard.gets("secret", "list")
    text, explained, *_ = keyboard.types("secret", "add").splitlines()

    assert text.startswith("whsec_")
    assert "is not shown again" in explained
    assert "two" not in (said := keyboard.types("secret", "add", code=1))
    assert "has 2 active secrets already" in said
    assert text not in keyboard.types("secret", "list")
    assert keyboard.types("secret", "retire", first["id"]) == f"{first['id']} is retired.\n"
    (second,) = (row for row in keyboard.gets("secret", "list") if row["retired_at"] is None)
    assert "calls are lost" in keyboard.types("secret", "retire", second["id"], code=1)
    keyboard.types("secret", "retire", second["id"], "--force")


def test_a_secret_as_json(keyboard: Keyboard) -> None:
    """Scripts get id, source and the secret."""
    assert sorted(keyboard.gets("secret", "add", "--source", "myoperator")) == ["id", "secret", "source"]


def test_a_secret_for_no_source(keyboard: Keyboard) -> None:
    """Only configured sources can have secrets."""
    assert "there is no source 'pbx'" in keyboard.types("secret", "add", "--source", "pbx", code=1)
