"""A text that names other files or addresses is refused, and nothing that it names is touched."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pytest

from tests.e2e.clips import make_clip
from tests.e2e.corpus import analysed, check_refused
from tests.e2e.program import Program

pytestmark = [pytest.mark.e2e, pytest.mark.requires("ffmpeg", "ffprobe")]

# `{target}` is the place of a file or an address that nobody may touch.
PLAYLISTS = {
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:8\n#EXTINF:8,\n{target}\n#EXT-X-ENDLIST\n",
    "hls_key": (
        '#EXTM3U\n#EXT-X-TARGETDURATION:8\n#EXT-X-KEY:METHOD=AES-128,URI="{target}"\n'
        "#EXTINF:8,\n{target}\n#EXT-X-ENDLIST\n"
    ),
    "ffconcat": "ffconcat version 1.0\nfile '{target}'\n",
    "metadata": ";FFMETADATA1\ntitle={target}\n",
    "sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\n",
    "strm": "{target}\n",
    "dash": (
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"'
        ' mediaPresentationDuration="PT8S"><Period><AdaptationSet><Representation id="1">'
        "<BaseURL>{target}</BaseURL></Representation></AdaptationSet></Period></MPD>"
    ),
    "subtitles": "1\n00:00:00,000 --> 00:00:08,000\n<img src='{target}'>\n",
    "svg": "<svg xmlns='http://www.w3.org/2000/svg'><image href='{target}'/></svg>",
}


NAMES = ["".join(parts) for parts in product(PLAYLISTS, [".mp4", ".m3u8", ".mkv"])]


@contextmanager
def listener() -> Iterator[socket.socket]:
    """A port where whoever connects is noticed."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def was_asked(server: socket.socket) -> bool:
    try:
        caller, _ = server.accept()
    except BlockingIOError:
        return False
    caller.close()
    return True


@pytest.fixture(scope="session")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video that a playlist has no right to show."""
    return make_clip(tmp_path_factory.mktemp("victim") / "victim.ts")


@pytest.mark.parametrize("name", NAMES)
def test_a_playlist_reads_no_other_file(
    program: Program, small_profile: Path, victim: Path, tmp_path: Path, name: str
) -> None:
    """Hardening 4 and 6."""
    given = tmp_path / name
    given.write_text(PLAYLISTS[given.stem].format(target=victim))
    found = analysed(program, given, profile=small_profile, data_dir=tmp_path / "data")
    assert found.code == "unsupported_input"
    check_refused(found)


@pytest.mark.parametrize("kind", PLAYLISTS)
def test_a_playlist_reaches_no_address(
    program: Program, small_profile: Path, tmp_path: Path, kind: str
) -> None:
    """Hardening 5: the listener sees no connection."""
    given = tmp_path / "given.mp4"
    with listener() as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.ts"
        given.write_text(PLAYLISTS[kind].format(target=address))
        found = analysed(program, given, profile=small_profile, data_dir=tmp_path / "data")
        assert found.code == "unsupported_input"
        check_refused(found)
        assert not was_asked(server)


def test_the_listener_notices_a_connection() -> None:
    """Without this the test above could not fail."""
    with listener() as server:
        with socket.create_connection(server.getsockname()):
            pass
        assert was_asked(server)
