"""How the relay logs."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from cti_desktop.relay.config import LogConfig
from cti_desktop.relay.logs import configure


@contextmanager
def logging_as(config: LogConfig) -> Iterator[io.StringIO]:
    """What is logged meanwhile, as `config` says."""
    root = logging.getLogger()
    level, stream = root.level, io.StringIO()
    handler = configure(config, stream)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def test_a_json_object_per_line() -> None:
    """A collector needs no patterns; neither message nor exception shows a number."""
    with logging_as(LogConfig("json")) as stream:
        logging.getLogger("cti_desktop.test").info("rang %s\nand\nrang", "+919999900001")
        try:
            raise ValueError("+919999900002")
        except ValueError:
            logging.getLogger("cti_desktop.test").info("failed", exc_info=True)
    first, second = map(json.loads, stream.getvalue().splitlines())

    assert (first["level"], first["logger"]) == ("info", "cti_desktop.test")
    assert first["message"] == "rang …0001\nand\nrang"
    assert first["time"].endswith("+00:00")
    assert "ValueError: …0002" in second["exception"]
    assert "99999" not in stream.getvalue()


def test_a_line_for_people() -> None:
    """Masked in the same way."""
    with logging_as(LogConfig()) as stream:
        logging.getLogger("cti_desktop.test").info("token=%s of %s", "abc", "+919999900001")

    assert stream.getvalue().endswith("INFO cti_desktop.test: token=… of …0001\n")


@pytest.mark.parametrize(("level", "said"), [("info", 1), ("warning", 0)])
def test_the_level_is_chosen(level: str, said: int) -> None:
    """Libraries are quieter in any case."""
    with logging_as(LogConfig(level=level)) as stream:
        logging.getLogger("cti_desktop.test").info("x")
        logging.getLogger("uvicorn.error").info("x")

    assert len(stream.getvalue().splitlines()) == said
