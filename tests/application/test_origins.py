"""A bug is told by where it was raised, never by what it says."""

import pytest

from application.origins import origin_of


def deep(depth: int) -> int:
    return deep(depth - 1) if depth else int("a person's words")


def test_the_innermost_frame_is_named_by_module_and_line() -> None:
    with pytest.raises(ValueError, match="words") as raised:
        deep(3)
    line = deep.__code__.co_firstlineno + 1
    assert origin_of(raised.value) == f"{__name__}:{line}"


def test_what_was_never_raised_has_no_origin() -> None:
    assert origin_of(ValueError("x")) == "?"
