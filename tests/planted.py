"""Our own modules with one guard taken out, to see that the guard's test would notice."""

from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any


def without(
    module: str, guard: str, instead: str = "pass", *more: tuple[str, str], **others: Any
) -> ModuleType:
    """A fresh copy of a module in which `guard`, found exactly once, reads `instead`.

    `more` are further guards with what they read instead, and `others` names that the copy shall
    know as something else, such as a function of another planted copy. Tests show with it what
    happens when a guard is removed; the module itself stays as it is.
    """
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise LookupError(module)
    source = Path(spec.origin).read_text(encoding="utf-8")
    for found, replaced in ((guard, instead), *more):
        if source.count(found) != 1:
            raise LookupError(f"{source.count(found)} times in {module}: {found}")
        source = source.replace(found, replaced)
    copy = ModuleType(f"{module}_without_a_guard")
    code = compile(source, spec.origin, "exec")
    exec(code, copy.__dict__)  # noqa: S102 - our own source
    copy.__dict__.update(others)
    return copy
