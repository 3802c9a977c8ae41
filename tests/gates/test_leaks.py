"""The gates of tests/conftest.py bite: one pytest run over planted offenders, each caught by its own gate."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

OFFENDERS = """
import asyncio, contextlib, logging, socket, sys, threading, warnings
import pytest
from PySide6.QtCore import QTimer, QVariantAnimation, qWarning

kept = []

async def test_leaked_task():
    kept.append(asyncio.get_running_loop().create_task(asyncio.Event().wait(), name="forgotten"))

@pytest.mark.qasync
async def test_leaked_task_on_qt():
    kept.append(asyncio.get_running_loop().create_task(asyncio.Event().wait(), name="forgotten"))

def test_leaked_thread():
    threading.Thread(target=threading.Event().wait, daemon=True, name="immortal").start()

def test_leaked_timer(qapp):
    kept.append(QTimer(interval=250))
    kept[-1].start()

def test_leaked_animation(qapp):
    kept.append(QVariantAnimation(startValue=0.0, endValue=1.0, duration=60_000))
    kept[-1].start()

def test_leaked_socket():
    kept.append(socket.socket())

def test_dropped_socket():
    socket.socket()

def test_stray_connection():
    with socket.socket() as plug, contextlib.suppress(OSError):
        plug.settimeout(0.01)
        plug.connect(("192.0.2.1", 9))

def test_stray_name():
    with contextlib.suppress(OSError):
        socket.getaddrinfo("example.org", 443)

def test_python_warning():
    warnings.warn("old ways", DeprecationWarning)

def test_warning_log():
    logging.getLogger("relay").warning("disk nearly full")

@pytest.mark.warning_logs("disk nearly full")
def test_absent_log():
    pass

def test_qt_warning():
    qWarning("no such slot")

@pytest.mark.xfail(reason="mended since")
def test_passing_xfail():
    pass

def test_lost_coroutine():
    asyncio.sleep(0)
"""

INNOCENTS = """
import asyncio, logging, socket, threading
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

async def test_task():
    async with asyncio.TaskGroup() as group:
        group.create_task(asyncio.sleep(0))
    await asyncio.to_thread(int)

@pytest.mark.qasync
async def test_task_on_qt(qtbot):
    ticked = asyncio.Event()
    timer = QTimer(singleShot=True)
    timer.timeout.connect(ticked.set)
    timer.start(1)
    await ticked.wait()
    assert "qasync" in type(asyncio.get_running_loop()).__module__
    await asyncio.to_thread(int)

async def test_plain_loop():
    assert "qasync" not in type(asyncio.get_running_loop()).__module__

def test_thread():
    threading.Thread(target=int).start()

def test_timer_of_a_widget(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    QTimer(widget, interval=250).start()

async def test_loopback():
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.sockets[0].getsockname()[1])
        assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()

@pytest.mark.warning_logs("disk .* full")
def test_expected_log():
    logging.getLogger("relay").warning("disk nearly full")

def test_examined_log(caplog):
    logging.getLogger("relay").warning("disk nearly full")
    assert caplog.messages == ["disk nearly full"]

@pytest.mark.xfail(reason="known")
def test_xfail():
    raise AssertionError
"""

WORDS = {
    "test_leaked_task": "leaked task: forgotten (Event.wait)",
    "test_leaked_task_on_qt": "leaked task: forgotten (Event.wait)",
    "test_leaked_thread": "leaked thread: immortal",
    "test_leaked_timer": "leaked timer: <PySide6.QtCore.QTimer",
    "test_leaked_animation": "leaked animation: <PySide6.QtCore.QVariantAnimation",
    "test_leaked_socket": "leaked socket: <socket.socket",
    "test_dropped_socket": "ResourceWarning: unclosed <socket.socket",
    "test_stray_connection": "tests may reach loopback only, not 192.0.2.1",
    "test_stray_name": "tests may reach loopback only, not example.org",
    "test_python_warning": "DeprecationWarning: old ways",
    "test_warning_log": "unexpected log: WARNING relay: disk nearly full",
    "test_absent_log": "expected log never came: disk nearly full",
    "test_qt_warning": "Qt messages with level WARNING or above emitted",
    "test_passing_xfail": "[XPASS(strict)] mended since",
    "test_lost_coroutine": "coroutine 'sleep' was never awaited",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Run pytest, with this project's configuration and gates, over the plants; return what it printed."""
    folder = tmp_path_factory.mktemp("plants")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copy(ROOT / "tests/conftest.py", folder)
    (folder / "test_offenders.py").write_text(OFFENDERS, encoding="utf-8")
    (folder / "test_innocents.py").write_text(INNOCENTS, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-rA",
        "-p",
        "no:cacheprovider",
        "test_innocents.py",
        "test_offenders.py",
    ]
    env = os.environ | {"QT_QPA_PLATFORM": "offscreen", "COLUMNS": "400"}
    env.pop("PYTEST_ADDOPTS", None)
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("name", re.findall(r"def (test_\w+)", OFFENDERS))
def test_offender_is_caught(report: str, name: str) -> None:
    """A test that leaves something behind fails, with words that name it."""
    verdicts = re.findall(rf"^(?:FAILED|ERROR) \S+::{name}(?: - .*)?$", report, re.MULTILINE)

    assert verdicts, report
    assert WORDS[name] in report


@pytest.mark.parametrize("name", re.findall(r"def (test_\w+)", INNOCENTS))
def test_innocent_passes(report: str, name: str) -> None:
    """A test that cleans up after itself is left in peace."""
    verdicts = re.findall(rf"^(\w+) test_innocents\.py::{name}\b", report, re.MULTILINE)

    assert verdicts in (["PASSED"], ["XFAIL"]), report
