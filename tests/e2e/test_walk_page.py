"""The page of the corpus: it tells what was made up, and the one that is kept is not stale."""

from typing import Any

from adapters.toml.profiles import TomlProfiles
from tests.e2e.corpus import SHORTER_THAN_5_S, files
from tests.e2e.walk import IN_PROCESS, PAGES, PROFILE
from tests.e2e.walk_page import Walked, corpus_page


def ended(name: str, *, empty: str | None = None, error: str | None = None) -> dict[str, Any]:
    status = "error" if error else "empty" if empty else "ok"
    failure = {"code": error} if error else None
    return {"name": name, "status": status, "empty_reason": empty, "error": failure}


def test_each_component_has_its_shares_and_reasons() -> None:
    """R-205, R-206: an error is told apart from a valid nothing, each with its reason."""
    refused = "speech_language_not_served"
    walked = [
        Walked("a.mp4", None, (ended("faces"), ended("speech_transcript", error=refused))),
        Walked("b.mp4", None, (ended("faces", empty="no_faces_in_video"), ended("loudness"))),
        Walked("c.mp4", None, (ended("faces"), ended("loudness"))),
        Walked("d.mp4", "video_too_short", ()),
    ]
    page = corpus_page(walked, profile="full", served="in process")
    assert "`full`, models in process.\n" in page
    assert "Of 4 clips 3 were measured; 1 ended as `video_too_short` (d.mp4)." in page
    assert "| `faces` | 67 % (2) | 33 % (1) | – | – | `no_faces_in_video` 1 |" in page
    assert "| `loudness` | 100 % (2) | – | – | – |  |" in page
    assert f"| `speech_transcript` | – | – | 100 % (1) | – | `{refused}` 1 |" in page
    assert "| `no_faces_in_video` | no face was seen |" in page
    assert f"| `speech_transcript` | `{refused}` | a.mp4 |" in page


def test_without_errors_there_is_no_table_of_them() -> None:
    page = corpus_page(
        [Walked("a.mp4", None, (ended("faces"),))], profile="full", served="in process"
    )
    assert page.endswith("No component of any clip ended in an error.\n")


def test_the_page_that_is_kept_tells_of_every_component_and_clip() -> None:
    """A component that came or went since has not been walked: `make corpus` writes it anew."""
    page = PAGES[IN_PROCESS].read_text(encoding="utf-8")
    rows = [line for line in page.split("## ")[0].splitlines() if line.startswith("| `")]
    told = {row.split("`")[1] for row in rows}
    assert told == TomlProfiles().named(PROFILE).component_names
    if clips := files("real"):
        measured = len(clips) - len(SHORTER_THAN_5_S)
        assert f"Of {len(clips)} clips {measured} were measured" in page
