"""A bug is told by where it was raised, never by what it says."""

import pytest

from application.origins import is_for_menders, kind_and_origin, origin_of


def deep(depth: int) -> int:
    return deep(depth - 1) if depth else int("a person's words")


def test_the_innermost_frame_is_named_by_module_and_line() -> None:
    with pytest.raises(ValueError, match="words") as raised:
        deep(3)
    line = deep.__code__.co_firstlineno + 1
    assert origin_of(raised.value) == f"{__name__}:{line}"


def test_what_was_never_raised_has_no_origin() -> None:
    assert origin_of(ValueError("x")) == "?"


@pytest.mark.parametrize("where", [None, "faces.measure", "color.watch"])
def test_what_is_said_of_our_code_is_known_again_and_nothing_else(where: str | None) -> None:
    with pytest.raises(KeyError) as raised:
        dict[str, int]()["a person's words"]
    assert is_for_menders(kind_and_origin(raised.value, where=where))
    assert is_for_menders(kind_and_origin(ValueError("never raised"), where=where))
    for told in ("speech_transcript failed", "over 300 s", "a picture of 8x9 is too small", ""):
        assert not is_for_menders(told)
