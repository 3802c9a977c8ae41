from functools import partial
from pathlib import Path

from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from cti_desktop.desktop.ui.single_instance import SingleInstance


def is_hung_up(socket: QLocalSocket) -> bool:
    """Whether the other end has closed it."""
    return socket.state() is QLocalSocket.LocalSocketState.UnconnectedState


def test_a_lone_one_is_first(tmp_path: Path, qtbot: QtBot) -> None:
    """And again after it ended."""
    for _ in range(2):
        with SingleInstance(tmp_path, "default") as one:
            assert one.is_first


def test_another_profile_is_no_second(tmp_path: Path, qtbot: QtBot) -> None:
    """Each has a folder of its own."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with SingleInstance(tmp_path / "a", "a") as one, SingleInstance(tmp_path / "b", "b") as other:
        assert one.is_first
        assert other.is_first


def test_a_stranger_on_the_socket_is_ignored(tmp_path: Path, qtbot: QtBot) -> None:
    """Other words than ours bring nothing forward, and are hung up on."""
    shown: list[bool] = []
    with SingleInstance(tmp_path, "default") as one:
        one.on_second_start = lambda: shown.append(True)
        for words in (b"rm -rf /" * 100, b"show\n"):
            socket = QLocalSocket()
            socket.connectToServer(one._name)
            socket.write(words)
            socket.flush()
            qtbot.waitUntil(partial(is_hung_up, socket))
        qtbot.waitUntil(lambda: bool(shown))
    assert [True] == shown


def test_a_first_one_that_does_not_answer(tmp_path: Path, qtbot: QtBot) -> None:
    """It holds the lock, but nobody listens: the caller must say so."""
    with SingleInstance(tmp_path, "default") as one:
        assert one._server is not None
        one._server.close()
        second = SingleInstance(tmp_path, "default")
        assert not second.is_first
        assert not second.bring_first_forward()
