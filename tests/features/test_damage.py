"""Steps of "A damaged video is repaired if possible"."""

from pytest_bdd import given, parsers, scenarios, then

from adapters.memory.video_files import MadeVideo
from tests.features.story import Story

scenarios("damage.feature")


@given(parsers.parse("a video of which {percent:d} percent can be decoded"))
def _(story: Story, percent: int) -> None:
    story.video = MadeVideo(decoded_share=percent / 100)


@given(
    parsers.parse("a video of which {before:d} percent can be decoded, and {after:d} after repair")
)
def _(story: Story, before: int, after: int) -> None:
    story.video = MadeVideo(decoded_share=before / 100, repairable_share=after / 100)


@given(
    parsers.parse(
        "a video of which {percent:d} percent can be decoded,"
        " and which takes {seconds:d} seconds to repair"
    )
)
def _(story: Story, percent: int, seconds: int) -> None:
    share = percent / 100
    story.video = MadeVideo(decoded_share=share, repairable_share=1.0, repair_s=seconds)


@given(parsers.parse("a video of {seconds:d} seconds of which only {decoded:d} can be decoded"))
def _(story: Story, seconds: int, decoded: int) -> None:
    story.video = MadeVideo(duration_s=seconds, decoded_s=decoded)


@given(parsers.parse("a video of {seconds:d} seconds of which repair leaves {repaired:d}"))
def _(story: Story, seconds: int, repaired: int) -> None:
    story.video = MadeVideo(
        duration_s=seconds, decoded_share=0.5, repairable_share=1.0, repaired_s=repaired
    )


@then(parsers.parse("the manifest warns of {warning:w}"))
def _(story: Story, warning: str) -> None:
    assert warning in story.preprocessing["warnings"]
