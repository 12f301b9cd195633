"""The shared clips: every real one decodes whole, every bad one gets what its list demands."""

from pathlib import Path

import pytest

from domain.errors import DomainError, UnsupportedInput, VideoFileCorrupted
from domain.video import check_duration, check_picture
from tests.adapters.ffmpeg.decoding import Bench

UNSUPPORTED = UnsupportedInput.code
CORRUPTED = VideoFileCorrupted.code

REFUSED = {
    "trunc_moov_missing_60pct.mp4": CORRUPTED,
    "trunc_mkv_50pct.mkv": CORRUPTED,
    "deep_nested_boxes.mp4": CORRUPTED,
    "timestamps_repeat.mkv": CORRUPTED,
    "zero_bytes.mp4": UNSUPPORTED,
    "text_renamed.mp4": UNSUPPORTED,
    "random_bytes.mp4": UNSUPPORTED,
    "exe_renamed.mp4": UNSUPPORTED,
    "audio_only.m4a": UNSUPPORTED,
    "audio_only_named.mp4": UNSUPPORTED,
    "subtitles_only.mkv": UNSUPPORTED,
    "png_renamed.mp4": UNSUPPORTED,
    "animated.gif": UNSUPPORTED,
    "raw_h264_renamed.mp4": UNSUPPORTED,
    "ffconcat_passwd.mp4": UNSUPPORTED,
    "m3u8_ssrf.m3u8": UNSUPPORTED,
    "sdp_renamed.mp4": UNSUPPORTED,
    "qt_reference_movie.mov": UNSUPPORTED,
    "svg_xxe.mp4": UNSUPPORTED,
    "encrypted_cenc.mp4": UNSUPPORTED,
    "unknown_codec.mp4": UNSUPPORTED,
    "short_3s.mp4": "video_too_short",
    "short_half_second.mp4": "video_too_short",
    "one_frame.mp4": "video_too_short",
    "long_21min.mp4": "video_too_long",
    "gap_hours.mkv": "video_too_long",
}
"""What is refused before anything is decoded, with its code."""

ACCEPTED = {
    "declares_2h_is_8s.mp4": (192, 8.0),
    "header_dims_65535.mp4": (192, 8.0),
    "8k_6frames.mp4": (6, 6.0),
    "tiny_16x16.mp4": (150, 6.0),
    "duration_nan.mkv": (192, 8.0),
    "duration_negative.mkv": (192, 8.0),
    "polyglot_zip_tail.mp4": (192, 8.0),
    "polyglot_html_free_box.mp4": (192, 8.0),
    "mkv_named.mp4": (192, 8.0),
    "mkv_50_tracks.mkv": (146, 6.125),
    "silent_audio.mp4": (192, 8.0),
    "noise_video_audio.mp4": (150, 6.0),
    "strobe_flash.mp4": (150, 6.0),
    "metadata_injection.mp4": (192, 8.0),
}
"""What must decode, with its pictures and seconds."""

DAMAGED = {"bitflip_mdat.mp4": (157 / 192, True), "middle_third_random.mp4": (116 / 192, False)}
"""Share of the pictures that are not damaged, and whether that is enough for a result (R-105)."""

REAL = {
    "anim_bbb_30s.webm": 720,
    "cover_art.mp4": 310,
    "fragmented.mp4": 310,
    "h264.flv": 300,
    "hdr10_av1_portrait.mp4": 127,
    "interlaced_mpeg2.ts": 130,
    "mpeg1.mpg": 200,
    "multi_stream_nasa.mp4": 390,
    "bw_theora_text.ogv": 120,
    "quicktime_3gp.3gp": 74,
    "rotate90_face.mp4": 180,
    "screen_terminal_gif.webm": 147,
    "start_offset.ts": 192,
    "surround_chid_51.mp4": 202,
    "surveil_street.avi": 70,
    "vfr_dropped.mp4": 380,
}
"""Pictures of clips of each container and codec; the others are held against their packets."""


@pytest.mark.parametrize(("name", "code"), sorted(REFUSED.items()))
def test_a_bad_file_is_refused_before_it_is_decoded(
    name: str, code: str, bench: Bench, bad: Path
) -> None:
    with pytest.raises(DomainError) as refused:
        probed_and_checked(bench, bad / name)
    assert refused.value.code == code


def probed_and_checked(bench: Bench, file: Path) -> None:
    """What happens before a run exists: headers, packets, and the limits."""
    probed = bench.probe.probe(file)
    check_picture(probed.shown_width_px, probed.shown_height_px)
    check_duration(probed.duration_s, tolerance_s=probed.frame_step_s)


@pytest.mark.parametrize(("name", "truth"), sorted(ACCEPTED.items()))
def test_a_strange_file_that_is_a_video_decodes_whole(
    name: str, truth: tuple[int, float], bench: Bench, bad: Path
) -> None:
    count, duration_s = truth
    whole = bench.decode(bad / name, detail_indices=(0,))
    assert whole.decoded.picture_count == count
    assert whole.decoded.duration_s == pytest.approx(duration_s, abs=0.002)
    assert whole.decoded.frame_count == len(whole.frames) == whole.request.frame_count
    assert whole.decoded.detail_count == len(whole.details) == 1


@pytest.mark.parametrize(("name", "truth"), sorted(DAMAGED.items()))
def test_damaged_pictures_are_not_counted_as_decoded(
    name: str, truth: tuple[float, bool], bench: Bench, bad: Path
) -> None:
    """R-105, hardening case 3: what a decoder conceals is not a decoded picture."""
    share, is_enough = truth
    whole = bench.decode(bad / name)
    seen = whole.decoded.picture_count / whole.video.picture_count
    assert seen == pytest.approx(share, abs=0.001)
    assert (seen >= 0.8) == is_enough
    assert whole.decoded.error_count > 0
    assert len(whole.frames) == whole.request.frame_count


@pytest.mark.parametrize("name", sorted(DAMAGED))
def test_a_damaged_file_decodes_to_equal_bytes_every_time(
    name: str, bench: Bench, bad: Path
) -> None:
    first, *others = (bench.decode(bad / name, detail_indices=(5, 50)) for _ in range(3))
    for other in others:
        assert other.decoded == first.decoded
        assert other.frames.tobytes() == first.frames.tobytes()
        assert other.details.tobytes() == first.details.tobytes()
        assert {k: s.tobytes() for k, s in other.sounds.items()} == {
            k: s.tobytes() for k, s in first.sounds.items()
        }


@pytest.mark.slow
def test_every_real_clip_decodes_whole(bench: Bench, real: Path) -> None:
    """Counts, lengths and renderings agree, without one complaint of the decoder."""
    wrong = {}
    for file in sorted(real.iterdir()):
        whole = bench.decode(file, detail_indices=(0, 7))
        decoded, video = whole.decoded, whole.video
        facts = (
            decoded.picture_count == REAL.get(file.name, video.picture_count),
            abs(decoded.duration_s - video.duration_s) < 0.002,
            decoded.frame_count == whole.request.frame_count,
            decoded.detail_count == 2,
            decoded.error_count == 0,
            all(
                abs(sound.sample_count / sound.rate_hz - decoded.duration_s) < 0.001
                for sound in decoded.sounds.values()
            ),
        )
        if not all(facts):
            wrong[file.name] = facts
    assert wrong == {}


def test_a_real_clip_decodes_to_equal_bytes_every_time(bench: Bench, real: Path) -> None:
    first, second = (bench.decode(real / "anim_chrome_ad.webm") for _ in range(2))
    assert first.frames.tobytes() == second.frames.tobytes()
    assert first.decoded == second.decoded
