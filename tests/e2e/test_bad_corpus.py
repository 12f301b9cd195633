"""Every file of the corpus of bad files gets what a robust system answers."""

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.corpus import analysed, check_failed, check_ok, check_refused, files
from tests.e2e.kills import arrays_of
from tests.e2e.program import Program

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.requires("ffmpeg", "ffprobe", "shared_media"),
]

UNSUPPORTED, CORRUPTED = "unsupported_input", "video_file_corrupted"
TOO_SHORT, TOO_LONG = "video_too_short", "video_too_long"

# What headers and packets show: no run exists.
REFUSED = {
    "animated.gif": UNSUPPORTED,
    "audio_only.m4a": UNSUPPORTED,
    "audio_only_named.mp4": UNSUPPORTED,
    "deep_nested_boxes.mp4": CORRUPTED,
    "encrypted_cenc.mp4": UNSUPPORTED,
    "exe_renamed.mp4": UNSUPPORTED,
    "ffconcat_passwd.mp4": UNSUPPORTED,
    # The hole is between two pictures, so the video lasts from the first to the last.
    "gap_hours.mkv": TOO_LONG,
    "long_21min.mp4": TOO_LONG,
    "m3u8_ssrf.m3u8": UNSUPPORTED,
    "one_frame.mp4": TOO_SHORT,
    "png_renamed.mp4": UNSUPPORTED,
    "qt_reference_movie.mov": UNSUPPORTED,
    "random_bytes.mp4": UNSUPPORTED,
    "raw_h264_renamed.mp4": UNSUPPORTED,
    "sdp_renamed.mp4": UNSUPPORTED,
    "short_3s.mp4": TOO_SHORT,
    "short_half_second.mp4": TOO_SHORT,
    "subtitles_only.mkv": UNSUPPORTED,
    "svg_xxe.mp4": UNSUPPORTED,
    "text_renamed.mp4": UNSUPPORTED,
    # 192 pictures share 10 times: 5 % have a place of their own on the timeline.
    "timestamps_repeat.mkv": CORRUPTED,
    # It breaks off after 43 % of what its own header promises.
    "trunc_mkv_50pct.mkv": CORRUPTED,
    "trunc_moov_missing_60pct.mp4": CORRUPTED,
    "unknown_codec.mp4": UNSUPPORTED,
    "zero_bytes.mp4": UNSUPPORTED,
}
# What only decoding shows: a run that ends in an error.
FAILED = {"middle_third_random.mp4": CORRUPTED}
# What must give a result: at least 80 % of the pictures decode, whatever the header claims.
RESULTS = [
    "8k_6frames.mp4",
    "bitflip_mdat.mp4",
    "declares_2h_is_8s.mp4",
    "duration_nan.mkv",
    "duration_negative.mkv",
    "header_dims_65535.mp4",
    "metadata_injection.mp4",
    "mkv_50_tracks.mkv",
    "mkv_named.mp4",
    "noise_video_audio.mp4",
    "polyglot_html_free_box.mp4",
    "polyglot_zip_tail.mp4",
    "silent_audio.mp4",
    "strobe_flash.mp4",
    "tiny_16x16.mp4",
]


def test_every_bad_file_has_an_expected_answer() -> None:
    """The lists above name each file of the corpus once."""
    named = [*REFUSED, *FAILED, *RESULTS]
    assert sorted(named) == [file.name for file in files("bad")]


@pytest.mark.parametrize("name", REFUSED)
def test_what_headers_and_packets_show_is_refused_before_a_run_exists(
    program: Program, shared_media: Path, small_profile: Path, data_dir: Path, name: str
) -> None:
    """R-103, hardening 1, 2, 4 to 10: a code and a sentence, and nothing left behind."""
    found = analysed(program, shared_media / "bad" / name, profile=small_profile, data_dir=data_dir)
    assert found.code == REFUSED[name]
    check_refused(found)
    assert "root:" not in found.ended.out + found.ended.err


@pytest.mark.parametrize("name", FAILED)
def test_what_only_decoding_shows_ends_the_run_and_keeps_its_account(
    program: Program, shared_media: Path, small_profile: Path, data_dir: Path, name: str
) -> None:
    """R-105: decoded, repaired, decoded again; each attempt is in the manifest."""
    found = analysed(program, shared_media / "bad" / name, profile=small_profile, data_dir=data_dir)
    assert found.code == FAILED[name]
    check_failed(found)


@pytest.mark.parametrize("name", RESULTS)
def test_a_file_of_which_enough_decodes_gives_a_result(
    program: Program, shared_media: Path, every_algorithm: Path, data_dir: Path, name: str
) -> None:
    """R-105's 80 percent decide, whatever the header claims (hardening 3, 9, 11, 12, 16)."""
    found = analysed(
        program, shared_media / "bad" / name, profile=every_algorithm, data_dir=data_dir
    )
    check_ok(found, allowed=dict.fromkeys(GARBAGE_SOUND.get(name, ()), "out_of_range"))
    timeline = found.manifest["run"]["preprocessing"]["timeline"]
    assert 5.0 <= timeline["duration_s"] <= 10.1
    if name in CUTS_MAX and "shots" in found.ended.answer["components"]:
        assert cuts(data_dir) <= CUTS_MAX[name]


# Flipped bits decode to a sound of +80 dBFS; the validity gate names it instead of showing it.
GARBAGE_SOUND = {"bitflip_mdat.mp4": frozenset({"audio_quality", "loudness"})}
CUTS_MAX = {"noise_video_audio.mp4": 3, "strobe_flash.mp4": 10}


def cuts(data_dir: Path) -> int:
    """How many cuts were found; noise and flashes have none that a person would call one."""
    arrays: dict[str, Any] = arrays_of(data_dir, ["shots"])["shots"]
    _, shape, _ = arrays["cut_times_s"]
    return int(shape[0])
