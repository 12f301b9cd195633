"""Every sentence that our code gives a refusal, read from the code itself."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from inspect import getmembers, isclass

from domain import errors
from domain.errors import DomainError
from entrypoints.language import codes, sentence_template
from tests.outside import ROOT

PACKAGES = ("domain", "application", "adapters", "entrypoints")
FOR_TESTS = "adapters/memory/"
REFUSALS: dict[str, type[DomainError]] = {
    name: kind
    for name, kind in getmembers(errors, isclass)
    if issubclass(kind, DomainError) and hasattr(kind, "code")
}
FIGURE = "7"
"""What stands for whatever is told in a sentence."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, the code of its refusal, the names and the fixed texts of its fields."""

    code: str
    text: str
    where: str
    fields: dict[str, str]

    @property
    def is_in_its_sentence(self) -> bool:
        """Whether the Russian sentence holds it, and no closer one stands in that one's place."""
        named = [self.fields[name] for name in ("reason", "detail") if name in self.fields]
        if any(f"{self.code}.{name}" in codes("ru") for name in named):
            return False
        return "{message}" in sentence_template(self.code, "ru")


def said() -> Iterator[Said]:
    """Each place that makes a refusal of words that stand there."""
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                found = _said(node, f"{file.relative_to(ROOT)}")
                if found is not None and not found.where.startswith(FOR_TESTS):
                    yield found


def _said(node: ast.AST, place: str) -> Said | None:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
        return None
    kind = REFUSALS.get(node.func.id)
    text = _text(node.args[0])
    if kind is None or text is None:
        return None
    fields = {word.arg: _text(word.value) or FIGURE for word in node.keywords if word.arg}
    return Said(kind.code, text, f"{place}:{node.lineno}", fields)


def _text(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or FIGURE for part in node.values)
    return None
