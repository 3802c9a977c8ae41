"""House rules of words: each takes a parsed module and yields (line, complaint)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.translations.sources import translate_calls

Complaint = tuple[int, str]
WORDS = "cti_desktop.desktop.viewmodels.words"


def stray(tree: ast.AST) -> Iterator[Complaint]:
    """A text outside `translate` is one that only a reader of English gets."""
    spared: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):  # a docstring
            spared.add(id(node.value))
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            spared.update(id(part) for part in ast.walk(node.value))
        if isinstance(node, ast.FormattedValue) and node.format_spec:
            spared.update(id(part) for part in ast.walk(node.format_spec))
    for call in translate_calls(tree):
        spared.update(id(arg) for arg in call.args)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in spared:
            continue
        if isinstance(node.value, str) and reads_like_words(node.value):
            yield node.lineno, node.value


def reads_like_words(text: str) -> bool:
    """Letters and a blank, or one word with a capital or a mnemonic. Codes, keys and patterns are none."""
    if " " in text:
        return bool(re.search(r"[A-Za-z]", text))
    return bool(
        re.fullmatch(r"[A-Za-z&]*[A-Za-z][A-Za-z&’]+[….:!?]*", text)
    ) and text.lower() != text.replace("&", "_")


def frozen(tree: ast.AST) -> Iterator[Complaint]:
    """A word that is read at import stays in the language of the start."""
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == WORDS
        for alias in node.names
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{WORDS}."):
            yield node.lineno, "import the module of words, not a word: it changes with the language"
    for node in at_import(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
            yield node.lineno, f"{node.value.id}.{node.attr} is read at import: read it when it is shown"


def at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What runs as a module is imported: all but the bodies of functions."""
    yield node
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        inner: list[ast.AST] = [
            *node.decorator_list,
            *node.args.defaults,
            *(default for default in node.args.kw_defaults if default is not None),
        ]
    elif isinstance(node, ast.Lambda):
        inner = []
    else:
        inner = list(ast.iter_child_nodes(node))
    for child in inner:
        yield from at_import(child)
