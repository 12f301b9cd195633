"""The page of the corpus: it tells what was made up, and the one that is kept is not stale."""

from typing import Any

import pytest

from adapters.toml.profiles import TomlProfiles
from tests.e2e.corpus import SHORTER_THAN_5_S, files
from tests.e2e.walk import IN_PROCESS, PAGES, PROFILE, THROUGH_TRITON
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


def rows(way: str) -> dict[str, str]:
    """Of the page that is kept of one way to ask models: by component its row."""
    page = PAGES[way].read_text(encoding="utf-8")
    lines = [line for line in page.split("## ")[0].splitlines() if line.startswith("| `")]
    return {line.split("`")[1]: line for line in lines}


@pytest.mark.parametrize("way", PAGES)
def test_the_page_that_is_kept_tells_of_every_component_and_clip(way: str) -> None:
    """A component that came or went since has not been walked: `make corpus` writes it anew."""
    assert rows(way).keys() == TomlProfiles().named(PROFILE).component_names
    if clips := files("real"):
        measured = len(clips) - len(SHORTER_THAN_5_S)
        page = PAGES[way].read_text(encoding="utf-8")
        assert f"Of {len(clips)} clips {measured} were measured" in page


def test_a_server_and_this_process_ended_every_component_alike() -> None:
    """Whoever walks one way anew and finds something else walks the other, too."""
    assert rows(THROUGH_TRITON) == rows(IN_PROCESS)
