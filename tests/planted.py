"""Our own modules with one guard taken out, to see that the guard's test would notice."""

from importlib.util import find_spec
from pathlib import Path
from types import ModuleType


def without(module: str, guard: str, instead: str = "pass") -> ModuleType:
    """A fresh copy of a module in which `guard`, found exactly once, reads `instead`.

    Tests show with it what happens when a guard is removed; the module itself stays as it is.
    """
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise LookupError(module)
    source = Path(spec.origin).read_text(encoding="utf-8")
    if source.count(guard) != 1:
        raise LookupError(f"{source.count(guard)} times in {module}: {guard}")
    copy = ModuleType(f"{module}_without_a_guard")
    code = compile(source.replace(guard, instead), spec.origin, "exec")
    exec(code, copy.__dict__)  # noqa: S102 - our own source
    return copy
