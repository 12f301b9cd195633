"""Refusals have stable codes and say what a person can do."""

import re

import pytest

from domain.errors import DomainError, MetadataRequired
from domain.link_refusal import INSTEAD, LinkRefusal


def kinds(kind: type[DomainError]) -> list[type[DomainError]]:
    return [kind, *(below for child in kind.__subclasses__() for below in kinds(child))]


def test_every_refusal_has_a_code_of_its_own() -> None:
    codes = [kind.code for kind in kinds(DomainError)[1:]]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]+", code) for code in codes)


def test_a_field_that_is_missing_is_named_in_the_code() -> None:
    """R-101: `title_required`, …"""
    refusal = MetadataRequired("title")
    assert (refusal.code, refusal.field, refusal.fields) == (
        "title_required",
        "title",
        {"field": "title"},
    )
    assert MetadataRequired.code == "metadata_required"


@pytest.mark.parametrize("reason", LinkRefusal)
def test_every_refused_link_says_what_helps(reason: LinkRefusal) -> None:
    """R-106: uploading the file instead is part of the message."""
    error = reason.error()
    assert (error.code, error.reason) == ("link_refused", reason.value)
    assert str(error).endswith(f"; {INSTEAD}.")


def test_youtube_minds_who_asks_only_for_bots_and_crowds() -> None:
    blaming = {reason for reason in LinkRefusal if reason.blames_us}
    assert blaming == {LinkRefusal.BOT_CHECK, LinkRefusal.RATE_LIMITED}
