"""Cookies, tokens, signed addresses, titles and text reach no log, no message and no terminal."""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from adapters.youtube.remote_videos import YtDlpRemoteVideos
from domain.errors import DomainError
from domain.video import YoutubeLink
from tests.servers.youtube import FakeYoutube
from tests.servers.youtube_answers import REFUSALS, Fault
from tests.youtube.clients import ARGUMENTS, a_client
from tests.youtube.downloads import download

pytestmark = pytest.mark.requires("ffmpeg", "js_runtime")

CANARIES = {
    "title": "canary-of-the-title",
    "description": "canary-of-the-description",
    "signature": "canary-of-the-signature",
    "comment": "canary-of-a-comment",
    "claim": "canary-of-who-claims-the-rights",
    "cookie": "canary-of-the-cookie",
    "token": "canaryOfTheTokenAAAA",
    "proxy": "canary-of-the-proxy",
}
ADDRESS = "googlevideo"

TROUBLES: dict[str, dict[str, Any]] = {
    "well": {},
    "player down": {"player_statuses": [503] * 4},
    "rate limited": {"player_statuses": [429]},
    "live": {"is_live": True},
    "too large": {"duration_s": 1200},
    **{f"media {fault.value}": {"faults": [fault] * 4} for fault in Fault if fault != "trickle"},
    **{reason.value: {"refusal": reason} for reason in REFUSALS},
}


def everything_said_of(error: BaseException) -> str:
    """All that a logger, a debugger or a crash report could show of an error."""
    said, waiting = "", [error]
    while waiting:
        current = waiting.pop()
        said += "".join(traceback.format_exception(current)) + repr(vars(current))
        waiting += [e for e in (current.__cause__, current.__context__) if e is not None]
    return said


@pytest.fixture
def cookies(tmp_path: Path) -> Path:
    path = tmp_path / "cookies.txt"
    row = "\t".join(
        [".youtube.com", "TRUE", "/", "TRUE", "9999999999", "SECRET", CANARIES["cookie"]]
    )
    path.write_text(f"# Netscape HTTP Cookie File\n{row}\n")
    return path


@pytest.fixture
def client(youtube: FakeYoutube, cookies: Path) -> YtDlpRemoteVideos:
    return a_client(
        youtube,
        cookies=cookies,
        proxy=youtube.proxy.replace("//", f"//user:{CANARIES['proxy']}@"),
        extractor_args={**ARGUMENTS, "po_token": (f"android_vr.gvs+{CANARIES['token']}",)},
        socket_timeout_s=0.3,
    )


@pytest.fixture
def terminal(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> Callable[[], str]:
    """Everything logged and printed so far, with every logger at its most talkative."""
    caplog.set_level(logging.DEBUG)
    return lambda: caplog.text + "".join(capfd.readouterr())


@pytest.mark.parametrize("trouble", TROUBLES)
def test_no_canary_is_seen_outside(
    youtube: FakeYoutube,
    client: YtDlpRemoteVideos,
    terminal: Callable[[], str],
    tmp_path: Path,
    trouble: str,
) -> None:
    """R-706, R-106."""
    about: dict[str, Any] = {
        "title": CANARIES["title"],
        "description": CANARIES["description"],
        "signature": CANARIES["signature"],
        "comments": (CANARIES["comment"],),
        "refusal_addition": f" ({CANARIES['claim']})",
        "duration_s": 6,
        **TROUBLES[trouble],
    }
    link = youtube.publish(**about)
    said = repr(client) + repr(client.describe())
    try:
        client.facts(link, comments_max=5)
        download(client, link, tmp_path / "video", duration_s=about["duration_s"])
    except DomainError as error:
        said += everything_said_of(error)
        assert trouble != "well"
    else:
        assert trouble == "well"
        assert any(CANARIES["signature"] in path for path in youtube.paths)
        assert any(CANARIES["token"] in path for path in youtube.paths)
    said += terminal()
    for canary in (*CANARIES.values(), ADDRESS):
        assert canary not in said


def test_the_cookie_file_is_read_and_never_written(
    youtube: FakeYoutube, cookies: Path, tmp_path: Path
) -> None:
    before = cookies.read_bytes(), cookies.stat().st_mtime_ns
    a_client(youtube, cookies=cookies).facts(youtube.publish())
    assert (cookies.read_bytes(), cookies.stat().st_mtime_ns) == before
    assert any(CANARIES["cookie"] in cookie for cookie in youtube.cookies)
    assert list(tmp_path.iterdir()) == [cookies]


def test_yt_dlp_is_given_the_canonical_address_and_no_text_of_the_user(
    youtube: FakeYoutube,
) -> None:
    """What stands in a link beside the id never leaves the domain."""
    youtube.publish("aaaaaaaaaaa")
    link = YoutubeLink.parse("https://youtu.be/aaaaaaaaaaa?si=canary&list=PLcanary&t=10#canary")
    assert link.url == "https://www.youtube.com/watch?v=aaaaaaaaaaa"
    a_client(youtube).facts(link)
    assert not any("canary" in path for path in youtube.paths)
