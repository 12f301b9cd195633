"""A file is what its first bytes say, and only the listed containers are opened."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.ffmpeg.sniffing import sniff
from domain.errors import UnsupportedInput
from domain.video import CONTAINERS

TS = b"\x47" + bytes(187)

HEADS = {
    b"\x00\x00\x00\x18ftypisom": "mov",
    b"\x00\x00\x00\x14ftypqt  ": "mov",
    b"\x00\x00\x00\x14ftyp3gp4": "mov",
    b"\x00\x00\x00\x08wide\x00\x00\x10\x00mdat": "mov",
    b"\x00\x00\x10\x00moov": "mov",
    b"\x1a\x45\xdf\xa3\x93\x42\x82\x88": "matroska",
    b"RIFF\x00\x10\x00\x00AVI LIST": "avi",
    TS * 4: "mpegts",
    b"\x00\x00\x01\xba\x21\x00": "mpeg",
    b"FLV\x01\x05": "flv",
    b"OggS\x00\x02": "ogg",
    b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9": "asf",
}

OTHERS = {
    "webp": b"RIFF\x00\x10\x00\x00WEBPVP8 ",
    "wav": b"RIFF\x00\x10\x00\x00WAVEfmt ",
    "png": b"\x89PNG\r\n\x1a\n",
    "gif": b"GIF89a",
    "heic": b"\x00\x00\x00\x18ftypheic",
    "avif": b"\x00\x00\x00\x18ftypavif",
    "h264": b"\x00\x00\x00\x01\x67\x42",
    "mpeg video": b"\x00\x00\x01\xb3\x16\x00",
    "playlist": b"#EXTM3U\n",
    "concat": b"ffconcat version 1.0\n",
    "sdp": b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n",
    "svg": b"<svg xmlns=",
    "zip": b"PK\x03\x04",
    "one packet": TS,
    "nothing": b"",
}


@pytest.mark.parametrize(("head", "container"), HEADS.items(), ids=lambda v: str(v)[:12])
def test_a_container_is_known_by_its_first_bytes(
    head: bytes, container: str, tmp_path: Path
) -> None:
    file = tmp_path / "any.name"
    file.write_bytes(head)
    assert sniff(file) == container


def test_every_container_that_is_opened_is_recognised() -> None:
    assert set(HEADS.values()) == CONTAINERS


def test_no_playlist_script_or_bare_stream_is_among_the_containers() -> None:
    """Each container holds its own pictures and their times; these name other files, or neither."""
    outside = {"hls", "dash", "concat", "concatf", "sdp", "rtsp", "image2", "h264", "gif", "tty"}
    assert not CONTAINERS & outside


@pytest.mark.parametrize("name", OTHERS)
def test_anything_else_is_refused(name: str, tmp_path: Path) -> None:
    file = tmp_path / "video.mp4"
    file.write_bytes(OTHERS[name])
    with pytest.raises(UnsupportedInput):
        sniff(file)


def test_an_empty_file_and_what_is_no_file_are_told_as_that(tmp_path: Path) -> None:
    """Whoever chose the wrong thing is not sent to convert it."""
    empty = tmp_path / "video.mp4"
    empty.touch()
    for place, detail in ((empty, "empty"), (tmp_path, "unreadable")):
        with pytest.raises(UnsupportedInput) as refused:
            sniff(place)
        assert refused.value.fields["detail"] == detail


@given(head=st.binary(max_size=2000))
def test_no_content_surprises_it(head: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("any") / "f"
    file.write_bytes(head)
    with suppress(UnsupportedInput):
        assert sniff(file) in CONTAINERS
