"""The tree of errors."""

from cti_desktop.core.errors import (
    AuthError,
    ConfigError,
    ConfigFileError,
    CtiError,
    DispositionRejected,
    LinkDown,
    StorageError,
)


def test_every_error_carries_a_stable_code() -> None:
    """A class has a code of its own, and an instance may carry a finer one."""
    assert ["auth", "link_down", "storage"] == [AuthError.code, LinkDown.code, StorageError.code]
    assert CtiError("no", code="finer").code == "finer"


def test_a_rejected_disposition_names_the_field() -> None:
    """The person can mend it, so the error says where."""
    error = DispositionRejected("notes are missing", field="notes", code="missing")
    assert (error.field, error.code, str(error)) == ("notes", "missing", "notes are missing")


def test_a_config_error_says_where_what_and_what_is_allowed() -> None:
    """Its text alone is enough to mend the file."""
    error = ConfigError(where="relay.toml", key="server.port", found=99999, allowed="a port, 0 to 65535")
    assert str(error) == "relay.toml: server.port is 99999, but must be a port, 0 to 65535"


def test_a_config_file_that_cannot_be_read_says_why() -> None:
    """There is no value in it that could be another."""
    missing, garbled = FileNotFoundError(2, "No such file or directory"), ValueError("Expected ']'")
    assert "a.toml can't be read: No such file or directory" == str(ConfigFileError("a.toml", missing))
    named = ConfigFileError("a.toml", missing, "lookups.file")
    assert "lookups.file: a.toml can't be read: No such file or directory" == str(named)
    assert ("lookups.file", "a.toml") == (named.key, named.where)
    assert "a.toml is no valid TOML in UTF-8: Expected ']'" == str(ConfigFileError("a.toml", garbled))
