"""Facts of the video and what was done to it, as the head and the end of the page tell them."""

import pytest

from adapters.html import facts
from adapters.html.language import Texts
from domain.canonical import JsonValue
from tests.builders import an_identity
from tests.report.pages import a_run_record

ENGLISH = Texts("en")


def a_prepared_run(**prepared: JsonValue) -> dict[str, JsonValue]:
    return a_run_record(preprocessing=prepared)


def test_the_length_is_what_was_decoded_rather_than_what_was_declared() -> None:
    """R-103: first to last decoded picture plus one frame."""
    source: JsonValue = {"duration_s": 7_200.0}
    assert facts.duration_s(a_prepared_run(source=source, timeline={"duration_s": 8.0})) == 8.0
    assert facts.duration_s(a_prepared_run(source=source)) == 7_200.0
    assert facts.duration_s(a_run_record(preprocessing=None)) is None


def test_facts_are_told_as_far_as_they_are_known() -> None:
    told = facts.facts(ENGLISH, a_run_record(63.0), an_identity())
    assert [(fact.name, fact.text) for fact in told] == [
        ("Duration", "1:03"),
        ("Picture", "1080 × 1920, 29.97 frames/s, H.264"),
        ("Sound", "AAC, 48 kHz, channels: 2"),
        ("File", "MP4, 46.4 MiB"),
        ("Source", "YouTube"),
        ("Profile", "Full"),
    ]
    unknown = facts.facts(ENGLISH, a_run_record(preprocessing=None), an_identity())
    assert [fact.name for fact in unknown] == ["Source", "Profile"]


def test_a_video_without_sound_says_so() -> None:
    run = a_prepared_run(source={"sound_codec": None})
    assert "no sound track" in [fact.text for fact in facts.facts(ENGLISH, run, an_identity())]


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        ("deinterlace", "Interlaced fields were joined into whole pictures"),
        ("rotate_90", "Turned upright, degrees: 90"),
        ("scale_568x320", "Scaled for the analysis: 568x320"),
        ("tone_map_hlg", "High dynamic range was brought to the standard one: hlg"),
        ("something_new_5", "something_new_5"),
    ],
)
def test_steps_are_told_in_words_with_their_sizes(operation: str, words: str) -> None:
    """R-104: what was done is recorded, and told."""
    assert facts.preparation(ENGLISH, a_prepared_run(operations=[operation])).operations == (words,)


def test_attempts_and_warnings_are_told() -> None:
    """R-105: each attempt is recorded."""
    attempts: JsonValue = [
        {"what": "decode", "pictures": 41, "share": 0.41, "decode_errors": 7},
        {"what": "reencode"},
    ]
    told = facts.preparation(
        ENGLISH, a_prepared_run(attempts=attempts, warnings=["decode_errors", "new_one"])
    )
    assert told.attempts == (
        "Decoded, 41 % of the expected pictures, pictures: 41, decoding errors: 7",
        "Encoded anew, to repair it",
    )
    assert told.warnings[0].startswith("Parts of the file could not be decoded.")
    assert told.warnings[1] == "new_one"


def test_moments_are_told_in_universal_time() -> None:
    assert facts.moment("2026-01-02T15:00:00.5+03:00") == "2026-01-02 12:00:00 UTC"
    assert facts.moment(None) == ""
