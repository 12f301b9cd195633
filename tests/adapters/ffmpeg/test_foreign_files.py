"""Files that name other files or hosts: hardening cases 4 to 7, each with its guard taken away."""

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.ffmpeg.confinement import BUBBLEWRAP
from adapters.ffmpeg.guards import Guards
from domain.errors import DomainError, UnsupportedInput
from domain.video import CONTAINERS
from tests.adapters.ffmpeg.decoding import Bench
from tests.adapters.ffmpeg.made import encode, number_of, numbered

CANARY = 777
"""The number that the pictures of a file spell that no other file may show."""

OPEN = Guards(sniffs=False, formats=None, protocols=("file", "crypto", "data"))
"""The guards of a stock ffmpeg: its default protocols, every demuxer."""


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    return encode(tmp_path / "victim.ts", [numbered(CANARY)] * 50)


def hls(of: str) -> str:
    return (
        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:0\n"
        f"#EXTINF:2.0,\n{of}\n#EXT-X-ENDLIST\n"
    )


@pytest.mark.parametrize("guards", [OPEN, replace(OPEN, protocols=("file",))])
def test_case_4_a_playlist_named_like_a_video_shows_no_other_file(
    guards: Guards, bench: Bench, canary: Path, tmp_path: Path
) -> None:
    """The planted removal: a protocol list alone lets the other file's pictures out."""
    file = tmp_path / "x.mp4"
    file.write_text(hls(str(canary)), encoding="utf-8")
    with pytest.raises(UnsupportedInput):
        bench.probe.probe(file)
    leaked = bench.unconfined(guards).decode(file)
    assert {number_of(luma) for luma in leaked.luma} == {CANARY}


@pytest.mark.parametrize("only", ["sniffs", "formats", "walls"])
def test_case_4_each_of_three_guards_alone_stops_a_playlist(
    only: str, bench: Bench, canary: Path, tmp_path: Path
) -> None:
    file = tmp_path / "x.mp4"
    file.write_text(hls(str(canary)), encoding="utf-8")
    guarded = {
        "sniffs": bench.unconfined(replace(OPEN, sniffs=True)),
        "formats": bench.unconfined(replace(OPEN, formats=CONTAINERS)),
        "walls": replace(bench, guards=OPEN),
    }[only]
    if only == "walls" and bench.confinement.describe() != BUBBLEWRAP:
        pytest.skip("no sandbox starts here")
    with pytest.raises(DomainError):
        guarded.probe.probe(file)


@contextmanager
def listener() -> Iterator[tuple[int, list[str]]]:
    """A local port that counts who comes."""
    came: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    connection, address = server.accept()
                except TimeoutError:
                    continue
                came.append(str(address))
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield server.getsockname()[1], came
        finally:
            stop.set()
            thread.join()


def test_case_5_a_playlist_of_an_address_makes_no_connection(bench: Bench, tmp_path: Path) -> None:
    file = tmp_path / "x.mp4"
    open_to_all = replace(OPEN, protocols=("file", "http", "tcp"))
    with listener() as (port, came):
        file.write_text(hls(f"http://127.0.0.1:{port}/a.ts"), encoding="utf-8")
        with pytest.raises(UnsupportedInput):
            bench.probe.probe(file)
        assert came == []
        with pytest.raises(DomainError):
            bench.unconfined(open_to_all).probe.probe(file)
    assert came != []


def concat(of: Path) -> str:
    return f"ffconcat version 1.0\nfile {of.name}\n"


def dash(of: Path) -> str:
    return (
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"'
        ' mediaPresentationDuration="PT2S"><Period><AdaptationSet mimeType="video/mp4">'
        f'<Representation id="1" bandwidth="1"><BaseURL>{of}</BaseURL></Representation>'
        "</AdaptationSet></Period></MPD>"
    )


def test_case_6_a_concat_script_named_like_a_video_shows_no_other_file(
    bench: Bench, canary: Path, tmp_path: Path
) -> None:
    file = tmp_path / "x.mp4"
    file.write_text(concat(canary), encoding="utf-8")
    with pytest.raises(UnsupportedInput):
        bench.probe.probe(file)
    leaked = bench.unconfined(OPEN).decode(file)
    assert {number_of(luma) for luma in leaked.luma} == {CANARY}


@pytest.mark.parametrize(
    "content",
    [
        dash(Path("/etc/passwd")),
        "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n",
        ";FFMETADATA1\ntitle=x\n",
        "file:///etc/passwd\n",
        "1\n00:00:00,000 --> 00:00:02,000\n<img src=/etc/passwd>\n",
    ],
    ids=["dash", "sdp", "ffmeta", "strm", "subtitle"],
)
def test_case_6_scripts_that_name_other_files_are_refused(
    content: str, bench: Bench, tmp_path: Path
) -> None:
    """By their content, and by the demuxers that are allowed when nobody looks at the content."""
    file = tmp_path / "x.mp4"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UnsupportedInput):
        bench.probe.probe(file)
    with pytest.raises(DomainError):
        bench.unconfined(Guards(sniffs=False)).probe.probe(file)


def referring(canary: Path, file: Path) -> Path:
    """A QuickTime file whose data reference names another file; it holds no samples itself."""
    motion_jpeg = ("-c:v", "mjpeg", "-q:v", "2")
    source = encode(file.with_name("m.mov"), [numbered(CANARY)] * 25, *motion_jpeg)
    content = source.read_bytes()
    # The samples move to the other file, at the offsets that the index names.
    shutil.copy(source, canary)
    url = b"\x00\x00\x00\x0curl \x00\x00\x00\x01"
    place = content.index(url)
    name = canary.name.encode()
    alias = alias_record(name)
    grown = len(alias) - len(url)
    patched = bytearray(content[:place] + alias + content[place + len(url) :])
    for box in (b"dref", b"dinf", b"minf", b"mdia", b"trak", b"moov"):
        at = patched.rindex(box, 0, place) - 4
        size = int.from_bytes(patched[at : at + 4], "big") + grown
        patched[at : at + 4] = size.to_bytes(4, "big")
    start = patched.index(b"mdat") + 4
    patched[start : patched.index(b"moov") - 4] = bytes(patched.index(b"moov") - 4 - start)
    file.write_bytes(patched)
    return file


def alias_record(name: bytes) -> bytes:
    """A Macintosh alias to a file beside the movie, as the mov demuxer reads it."""
    path = b"/" + name
    path += bytes(len(path) % 2)
    volume = bytes(10) + bytes(1 + 27)
    file_name = bytes(12) + bytes([len(name)]) + name.ljust(63, b"\x00")
    one_level = (1).to_bytes(2, "big")
    levels = bytes(16) + one_level + one_level + bytes(16)
    absolute_path = (2).to_bytes(2, "big") + len(path).to_bytes(2, "big") + path
    end = (0xFFFF).to_bytes(2, "big") + bytes(2)
    record = bytes(4) + volume + file_name + levels + absolute_path + end
    return (8 + len(record)).to_bytes(4, "big") + b"alis" + record


def test_case_7_a_movie_that_names_another_file_as_its_data_never_opens_it(
    bench: Bench, tmp_path: Path
) -> None:
    """The planted removal: with data references on, the other file's pictures come out."""
    file = referring(tmp_path / "canary.mov", tmp_path / "x.mov")
    assert CANARY not in numbers(bench, file)
    assert CANARY not in numbers(bench.unconfined(Guards()), file)
    assert CANARY in numbers(bench.unconfined(Guards(drefs=True)), file)


def numbers(bench: Bench, file: Path) -> set[int]:
    """The numbers that a file's pictures spell; none when it is refused."""
    try:
        return {number_of(luma) for luma in bench.decode(file).luma}
    except DomainError:
        return set()
