"""How whatever ends a command is told: the code, the exit code, the sentence."""

import errno

import click
import pytest

from application.errors import AdapterError
from domain.errors import ArtifactNotFound, Cancelled, LeaseLost, RunIsOwned, VideoTooShort
from entrypoints.exits import Exit, exit_of, explained

ENDS: dict[str, tuple[Exception, str, Exit]] = {
    "a refusal": (
        VideoTooShort("short", duration_s=1.0, limit_s=5.0),
        "video_too_short",
        Exit.REFUSED,
    ),
    "a run that another has": (RunIsOwned("owned"), "run_is_owned", Exit.REFUSED),
    "a run that was taken over": (LeaseLost("lost"), "lease_lost", Exit.ERROR),
    "a cancel": (Cancelled("no more"), "cancelled", Exit.CANCELLED),
    "no result": (ArtifactNotFound("no", component="tempo"), "artifact_not_found", Exit.REFUSED),
    "the world": (AdapterError("no", code="storage_failed"), "storage_failed", Exit.ERROR),
    "a full disk": (OSError(errno.ENOSPC, "full"), "resource_exhausted", Exit.ERROR),
    "a bug": (KeyError("the user's words"), "internal_error", Exit.ERROR),
}


@pytest.mark.parametrize("end", ENDS)
def test_every_end_has_its_code_and_its_exit_code(end: str) -> None:
    error, code, ends = ENDS[end]
    found_code, found_ends, sentence = explained(error, "en")
    assert (found_code, found_ends) == (code, ends)
    assert sentence
    assert "user's words" not in sentence


def test_only_what_was_typed_wrong_is_wrong_usage() -> None:
    assert exit_of(click.BadParameter("over 100000 characters")) is Exit.USAGE
    assert exit_of(click.ClickException("espeak-ng is missing")) is Exit.ERROR
