"""What is read out of the programs' output: packets, headers, complaints and moments."""

import io
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.ffmpeg.complaints import Complaints
from adapters.ffmpeg.moments import read_moments
from adapters.ffmpeg.packets import PacketScan
from adapters.ffmpeg.streams import average_rate_hz, read_headers, rotation_deg, shown_size
from domain.errors import UnsupportedInput, VideoFileCorrupted


def scan_of(
    lines: list[str], *, chunk_bytes: int = 1 << 20, pictures_max: int = 1000
) -> PacketScan:
    scan = PacketScan(pictures_max)
    output = "".join(f"{line}\n" for line in lines).encode()
    for start in range(0, len(output), chunk_bytes):
        scan.feed(output[start : start + chunk_bytes])
    return scan


@given(
    count=st.integers(2, 300),
    rate=st.sampled_from([5.0, 24.0, 25.0, 30.0, 59.94, 240.0]),
    start_s=st.floats(-100, 1e6),
    chunk_bytes=st.integers(1, 100),
    seed=st.randoms(use_true_random=False),
)
def test_length_is_first_to_last_picture_plus_one_frame_in_any_order(
    count: int, rate: float, start_s: float, chunk_bytes: int, seed: Any
) -> None:
    """R-103: packets come in decoding order; pieces of output break anywhere."""
    lines = [f"{start_s + n / rate:.6f},N/A,__" for n in range(count)]
    seed.shuffle(lines)
    times = scan_of(lines, chunk_bytes=chunk_bytes).times(claimed_rate_hz=None)
    assert times.count == count
    assert times.first_s == pytest.approx(start_s, abs=1e-6)
    assert times.duration_s == pytest.approx(count / rate, abs=1e-5)


def test_pictures_that_an_edit_leaves_out_are_not_counted() -> None:
    scan = scan_of(["-0.080000,N/A,_D", "-0.040000,N/A,KD", "0.000000,N/A,__", "0.040000,N/A,__"])
    times = scan.times(claimed_rate_hz=25)
    assert (times.first_s, times.count) == (0.0, 2)


def test_a_picture_without_presentation_time_is_taken_by_its_decoding_time() -> None:
    scan = scan_of([f"N/A,{n / 10:.6f},K_" for n in range(10)])
    assert scan.times(claimed_rate_hz=None).duration_s == pytest.approx(1.0)


def test_encrypted_pictures_are_refused() -> None:
    with pytest.raises(UnsupportedInput):
        scan_of(["0.000000,0.000000,K_,Encryption info"])


def test_pictures_without_a_moment_of_their_own_are_corrupted() -> None:
    repeated = [f"{n % 10 / 10:.6f},N/A,__" for n in range(100)]
    with pytest.raises(VideoFileCorrupted):
        scan_of(repeated).times(claimed_rate_hz=None)
    with pytest.raises(VideoFileCorrupted):
        scan_of(["N/A,N/A,__"] * 9).times(claimed_rate_hz=None)
    with pytest.raises(VideoFileCorrupted):
        scan_of([]).times(claimed_rate_hz=None)


def test_a_fifth_without_a_moment_of_their_own_is_still_a_video() -> None:
    lines = [f"{n / 10:.6f},N/A,__" for n in range(80)] + ["N/A,N/A,__"] * 20
    assert scan_of(lines).times(claimed_rate_hz=None).count == 100


def test_a_single_picture_lasts_what_its_rate_claims() -> None:
    assert scan_of(["0.0,0.0,K_"]).times(claimed_rate_hz=10).duration_s == pytest.approx(0.1)


def test_a_scan_says_when_there_are_too_many() -> None:
    scan = PacketScan(2)
    assert scan.feed(b"0.0,0.0,K_\n0.1,0.1,__\n")
    assert not scan.feed(b"0.2,0.2,__\n")


def headers(*streams: dict[str, Any], duration: str = "8.0", count: int | None = None) -> bytes:
    form = {"nb_streams": len(streams) if count is None else count, "duration": duration}
    return json.dumps({"streams": list(streams), "format": form}).encode()


def a_picture(**more: Any) -> dict[str, Any]:
    known = {
        "index": 0,
        "codec_type": "video",
        "codec_name": "h264",
        "width": 640,
        "height": 360,
        "pix_fmt": "yuv420p",
    }
    return {**known, **more}


def a_sound(**more: Any) -> dict[str, Any]:
    known = {
        "index": 1,
        "codec_type": "audio",
        "codec_name": "aac",
        "sample_rate": "48000",
        "channels": 2,
    }
    return {**known, **more}


@pytest.mark.parametrize(
    ("streams", "picture", "sound"),
    [
        ([a_sound(index=0), a_picture(index=1)], 1, 0),
        ([a_picture(), a_picture(index=2, width=1280, height=720)], 2, None),
        ([a_picture(), a_picture(index=1, disposition={"default": 1})], 1, None),
        ([a_picture(), a_picture(index=1, width=4000, disposition={"attached_pic": 1})], 0, None),
        ([a_picture(), a_sound(), a_sound(index=2, channels=6)], 0, 2),
        ([a_picture(), a_sound(), a_sound(index=2, disposition={"default": 1}, channels=1)], 0, 2),
        ([a_picture(), a_sound(codec_name="unknown")], 0, None),
        ([a_picture(), a_sound(sample_rate="0")], 0, None),
    ],
)
def test_the_best_picture_and_the_default_sound_are_chosen(
    streams: list[dict[str, Any]], picture: int, sound: int | None
) -> None:
    chosen = read_headers(headers(*streams), streams_max=64)
    assert chosen.picture["index"] == picture
    assert (chosen.sound["index"] if chosen.sound else None) == sound


@pytest.mark.parametrize(
    "stream",
    [
        a_sound(),
        a_picture(disposition={"attached_pic": 1}),
        a_picture(disposition={"still_image": 1}),
        a_picture(pix_fmt=None),
        a_picture(width=0),
        a_picture(codec_name="unknown"),
    ],
)
def test_no_decodable_picture_is_refused(stream: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedInput):
        read_headers(headers(stream), streams_max=64)


@pytest.mark.parametrize("output", [b"", b"{", b"[]", b"{}"])
def test_headers_that_cannot_be_read_are_corrupted(output: bytes) -> None:
    with pytest.raises(VideoFileCorrupted):
        read_headers(output, streams_max=64)


@pytest.mark.parametrize("claim", ["nan", "-8.0", "inf", "", "N/A"])
def test_a_length_that_is_no_length_is_not_declared(claim: str) -> None:
    found = read_headers(headers(a_picture(), duration=claim), streams_max=64)
    assert found.declared_duration_s is None


@pytest.mark.parametrize(
    ("said", "turn"),
    [(0, 0), (-90, 90), (90, 270), (180, 180), (-180, 180), (270, 90), (-89.9, 90), (12, 0)],
)
def test_a_turn_is_clockwise_in_quarters(said: float, turn: int) -> None:
    assert rotation_deg({"side_data_list": [{}, {"rotation": said}]}) == turn


@given(turn=st.floats())
def test_any_turn_is_one_of_four(turn: float) -> None:
    assert rotation_deg({"side_data_list": [{"rotation": turn}]}) in {0, 90, 180, 270}


@pytest.mark.parametrize(
    ("aspect", "shown"),
    [("64:45", (910, 360)), ("0:1", (640, 360)), ("1:0", (640, 360)), ("x", (640, 360))],
)
def test_what_is_shown_has_square_pixels(aspect: str, shown: tuple[int, int]) -> None:
    assert shown_size(a_picture(sample_aspect_ratio=aspect)) == shown
    turned = a_picture(sample_aspect_ratio=aspect, side_data_list=[{"rotation": 90}])
    assert shown_size(turned) == shown[::-1]


@pytest.mark.parametrize(("rate", "hz"), [("30000/1001", 29.97), ("0/0", None), ("x", None)])
def test_a_claimed_rate_is_read_where_it_is_one(rate: str, hz: float | None) -> None:
    read = average_rate_hz({"avg_frame_rate": rate})
    assert read == (None if hz is None else pytest.approx(hz, abs=0.001))


LOG = (
    b"[h264 @ 0x1] [error] error while decoding MB 1 2\n"
    b"[error] Error while decoding stream #0:0: Invalid data\n"
    b"[warning] file:/in/src: corrupt decoded frame in stream 0\n"
    b"[warning] file:/in/src: corrupt decoded frame in stream 1\n"
    b"[h264 @ 0x1] [warning] something else\n"
)


COLOURED_LOG = (
    b"\x1b[1;36m[h264 @ 0x1] \x1b[0m\x1b[1;31m[error] \x1b[0m\x1b[1;31mno frame!\n\x1b[0m"
    b"\x1b[4;31m[fatal] \x1b[0m\x1b[4;31mToo many packets\n\x1b[0m"
    b"\x1b[0;33m[warning] \x1b[0m\x1b[0;33mx: corrupt decoded frame in stream 0\n\x1b[0m"
    # Another thread's error in the middle of a warning of two parts: its own word is left out.
    b"\x1b[0;36m[aac @ 0x2] \x1b[0m\x1b[0;33m[warning] \x1b[0m\x1b[0;33mToo large id\x1b[0m"
    b"\x1b[1;31mmissing picture in access unit\n\x1b[0m"
    b"\x1b[0;36m[aac @ 0x2] \x1b[0m\x1b[0;33m[warning] \x1b[0m\x1b[0;33m is not there.\n\x1b[0m"
    # A warning in the middle of an error of two parts.
    b"\x1b[1;36m[h264 @ 0x1] \x1b[0m\x1b[1;31m[error] \x1b[0m\x1b[1;31mleft block \x1b[0m"
    b"\x1b[0;33mx: corrupt decoded frame in stream 0\n\x1b[0m"
    b"\x1b[1;36m[h264 @ 0x1] \x1b[0m\x1b[1;31m[error] \x1b[0m\x1b[1;31munavailable\n\x1b[0m"
)


@pytest.mark.parametrize(("log", "errors", "damaged"), [(LOG, 2, 1), (COLOURED_LOG, 4, 2)])
@given(chunk_bytes=st.integers(1, 80))
def test_complaints_are_counted_wherever_the_log_is_broken(
    log: bytes, errors: int, damaged: int, chunk_bytes: int
) -> None:
    counted = Complaints()
    for start in range(0, len(log), chunk_bytes):
        counted.feed(log[start : start + chunk_bytes])
    assert counted.errors == errors
    assert counted.damaged_in(0) == damaged


def test_a_damaged_frame_is_counted_for_its_own_stream() -> None:
    counted = Complaints()
    counted.feed(LOG)
    assert (counted.damaged_in(0), counted.damaged_in(1)) == (1, 1)


def test_a_long_complaint_counts_as_a_short_one() -> None:
    counted = Complaints()
    counted.feed(b"\x1b[1;31m[error] \x1b[0m\x1b[1;31m" + b"x" * 65_536 + b"\n\x1b[0m")
    assert counted.errors == 1


def test_newer_logs_do_not_name_the_stream_of_a_damaged_frame() -> None:
    counted = Complaints()
    counted.feed(b"[vist#0:0/h264 @ 0x1] [dec:h264 @ 0x2] [warning] corrupt decoded frame\n")
    assert counted.damaged_in(0) == 1


def test_an_endless_line_is_not_kept() -> None:
    counted = Complaints()
    for _ in range(100):
        counted.feed(b"x" * 65_536)
    assert len(counted._rest) <= 2 * 65_536


@given(moments=st.lists(st.integers(-(10**9), 10**12), min_size=1, max_size=50))
def test_moments_are_counted_and_spanned(moments: list[int]) -> None:
    text = "# timecode format v2\n" + "".join(f"{moment}\n" for moment in moments)
    read = read_moments(io.BytesIO(text.encode()), step_s=0.04)
    assert read.count == len(moments)
    assert read.first_s == pytest.approx(min(moments) / 1e6)
    assert math.isclose(read.duration_s, (max(moments) - min(moments)) / 1e6 + 0.04, abs_tol=1e-6)


def test_no_moments_is_no_length() -> None:
    read = read_moments(io.BytesIO(b"# timecode format v2\n"), step_s=0.04)
    assert (read.count, read.duration_s) == (0, 0.0)
