"""House rules that no linter knows: each takes a parsed module and yields (line, complaint)."""

import ast
from collections.abc import Iterator

Complaint = tuple[int, str]

LONGEST_FUNCTION = 60
WAITERS = {"wait", "waitUntil", "waitSignal", "waitSignals", "waitExposed", "waitActive", "waitCallback"}
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter"}


def name_of(node: ast.expr) -> str:
    """Spell a name or a dotted name; "" for anything else."""
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}".removeprefix(".")
    return node.id if isinstance(node, ast.Name) else ""


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Yield every call with the dotted name of what it calls."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := name_of(node.func)):
            yield node, name


def modal_loops(tree: ast.AST) -> Iterator[Complaint]:
    """QDialog.exec() starts an event loop within the event loop, and a coroutine cannot be entered twice."""
    for node, name in calls(tree):
        if name.endswith((".exec", ".exec_")):
            yield node.lineno, f"{name}(): use open() and the `finished` signal"


def endless_connects(tree: ast.AST) -> Iterator[Complaint]:
    """`async for … in connect()` cannot be cancelled cleanly under qasync."""
    for node in ast.walk(tree):
        source = node.iter if isinstance(node, ast.AsyncFor) else None
        if isinstance(source, ast.Call) and name_of(source.func).split(".")[-1] == "connect":
            yield source.lineno, "async for … in connect(): write a loop around `async with connect()`"


def frozen_waits(tree: ast.AST) -> Iterator[Complaint]:
    """qtbot.wait… inside a coroutine stops the very loop that it waits for."""
    for function in ast.walk(tree):
        if isinstance(function, ast.AsyncFunctionDef):
            for node, name in calls(function):
                owner, _, method = name.rpartition(".")
                if owner == "qtbot" and method in WAITERS:
                    yield node.lineno, f"{name}() in a coroutine: await an Event or a Future"


def sleeps(tree: ast.AST) -> Iterator[Complaint]:
    """A sleep is a guess: too short on a busy machine, too long on every other."""
    for node, name in calls(tree):
        lasts = not (node.args and isinstance(node.args[0], ast.Constant) and node.args[0].value == 0)
        if name in {"time.sleep", "QTest.qWait", "qtbot.wait"} or (name == "asyncio.sleep" and lasts):
            yield node.lineno, f"{name}(): wait for the event itself"


def clocks(tree: ast.AST) -> Iterator[Complaint]:
    """The time is an argument of pure code."""
    for node, name in calls(tree):
        owner, _, method = name.rpartition(".")
        if method in CLOCKS and owner.split(".")[-1] in {"datetime", "date", "time"}:
            yield node.lineno, f"{name}(): let the caller pass `now`"


def long_functions(tree: ast.AST) -> Iterator[Complaint]:
    """A function that does not fit on a screen does more than one thing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield node.lineno, f"{node.name} has {length} lines, more than {LONGEST_FUNCTION}"


def layout_items(tree: ast.AST) -> Iterator[Complaint]:
    """PySide keeps what itemAt() returns for as long as the layout lives; Qt deletes it with its widget."""
    for node, name in calls(tree):
        if name.split(".")[-1] in {"itemAt", "takeAt"} and not name.startswith("super."):
            yield node.lineno, f"{name}(): walk children and ask the layout with indexOf()"
