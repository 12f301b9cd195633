"""The one decoding pass as ffmpeg's filters and outputs: what is done to the picture and sound.

Composed with ffmpeg-python and run by our own runner. See
docs/decisions/0020-one-decoding-pass.md for why each step is where it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ffmpeg

from adapters.ffmpeg.guards import Guards
from adapters.ffmpeg.moments import GRID_TOLERANCE_US
from application.ports.video_files import DecodeRequest, ProbedVideo
from domain.component import SoundKind
from domain.video import ANALYSIS_RATE_HZ

CHANNELS_MAX = 8
RATE_MAX_HZ = 48_000
MONO_RATES_HZ = {SoundKind.MUSIC: 22_050, SoundKind.SPEECH: 16_000}

_SECOND_US = 1_000_000
_MICROSECOND = f"1/{_SECOND_US}"
"""Finer than any container's clock, so that no time is rounded again."""
_HD_SHORT_SIDE_PX = 720
_TINY = (32, 32)
_RAW = {"f": "rawvideo", "pix_fmt": "yuv420p", "fps_mode": "passthrough"}
_TRANSPOSED = {90: "clock", 270: "cclock"}
_MATRICES = {
    "bt470bg": "bt601",
    "smpte170m": "bt601",
    "gbr": "bt601",
    "bt709": "bt709",
    "fcc": "fcc",
    "smpte240m": "smpte240m",
    "bt2020nc": "bt2020nc",
    "bt2020c": "bt2020nc",
}
_RGB = ("rgb", "bgr", "gbr", "argb", "abgr", "0rgb", "0bgr", "x2rgb", "x2bgr", "pal8", "mono")
_HDR = {"smpte2084": "pq", "arib-std-b67": "hlg"}
# A jump of the sound's clock by less than this is jitter; more is a gap to fill or to cut.
_SOUND_GAP_S = 0.04
_SOUND_MARGIN_S = 1.0

Stream = Any
"""ffmpeg-python ships no types."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlets:
    """The descriptors that the pass writes to, beside the analysis frames on its output.

    `fields` takes the moments after deinterlacing, where that makes two pictures of one.
    """

    moments: int
    fields: int | None
    detail: int | None
    sounds: Mapping[SoundKind, int]


def arguments(request: DecodeRequest, *, url: str, outlets: Outlets, guards: Guards) -> list[str]:
    """ffmpeg's arguments for one pass over `url`."""
    video = request.video
    options = dict(guards.input_options(video.container))
    source = ffmpeg.input(
        url,
        # More threads decode damaged files differently on every run.
        threads=1,
        # Times as the packets have them, so that the probe's first moment is this pass's, too.
        copyts=None,
        noautorotate=None,
        # A picture of another size goes on into the same filters: the timeline does not restart.
        reinit_filter=0,
        max_error_rate=1,
        **options,
    )
    outputs = [*_pictures(source, request, outlets), *_sounds(source, request, outlets)]
    quiet = ("-nostdin", "-hide_banner", "-v", "repeat+level+warning", "-filter_threads", "1")
    composed: list[str] = ffmpeg.merge_outputs(*outputs).global_args(*quiet).get_args()
    return composed


def operations(request: DecodeRequest) -> tuple[str, ...]:
    """What the pass does, in order, as stable short words for the manifest."""
    video = request.video
    width_px, height_px = request.analysis_size
    detail = "detail_{}x{}".format(*request.detail_size) if request.detail_indices else ""
    hdr = _HDR.get(video.color_transfer)
    steps = (
        "deinterlace" if video.interlaced else "",
        f"resample_{ANALYSIS_RATE_HZ}fps",
        f"scale_{width_px}x{height_px}",
        detail,
        f"rotate_{video.rotation_deg}" if video.rotation_deg else "",
        "square_pixels" if video.sample_aspect != "1:1" else "",
        f"tone_map_{hdr}" if hdr else "",
        f"matrix_{_matrix(video)}_to_bt601" if not hdr and _matrix(video) != "bt601" else "",
        "range_full_to_limited" if video.color_range == "pc" else "",
        *(f"sound_{kind}" for kind in sorted(request.sound_files)),
        "limit_sound_rate" if (video.sound_rate_hz or 0) > RATE_MAX_HZ else "",
        f"limit_channels_{CHANNELS_MAX}" if (video.sound_channels or 0) > CHANNELS_MAX else "",
    )
    return tuple(step for step in steps if step)


def sound_format(video: ProbedVideo, kind: SoundKind) -> tuple[int, int]:
    """Rate in Hz and channels of a rendering."""
    if kind in MONO_RATES_HZ:
        return MONO_RATES_HZ[kind], 1
    rate_hz = min(video.sound_rate_hz or RATE_MAX_HZ, RATE_MAX_HZ)
    return rate_hz, min(video.sound_channels or 1, CHANNELS_MAX)


def _pictures(source: Stream, request: DecodeRequest, outlets: Outlets) -> list[Stream]:
    # Three chains of their own, not one that is split: where pictures are hours apart, asking a
    # split chain for the next rare detail frame would pile up analysis frames in memory.
    video = request.video
    moments = source[str(video.video_stream)].filter("settb", _MICROSECOND)
    moments = moments.filter("setpts", "PTS*1000")  # written as milliseconds: so microseconds
    timecodes = {"f": "mkvtimestamp_v2", "fps_mode": "passthrough", "c:v": "wrapped_avframe"}
    outputs = [ffmpeg.output(moments, f"pipe:{outlets.moments}", **timecodes)]
    if outlets.fields is not None:
        # Only their moments are wanted: the smallest picture goes the same way.
        small = source[str(video.video_stream)].filter("scale", *_TINY, interl=1, flags="neighbor")
        fields = _fields(small.filter("settb", _MICROSECOND)).filter("setpts", "PTS*1000")
        outputs.append(ffmpeg.output(fields, f"pipe:{outlets.fields}", **timecodes))
    if outlets.detail is not None:
        chosen = "+".join(f"eq(n,{index})" for index in request.detail_indices)
        detail = _on_grid(_shown(source, request, spelling="tb"), request).filter("select", chosen)
        detail = _upright(detail, video, request.detail_size, flags="lanczos")
        outputs.append(ffmpeg.output(detail, f"pipe:{outlets.detail}", **_RAW))
    analysis = _shown(source, request, spelling="expr")
    size = request.analysis_size
    shrinks = video.coded_width_px * video.coded_height_px > size[0] * size[1]
    # Averaging areas costs a tenth of a decode less than bicubic, and aliases less.
    flags = "area" if shrinks else "bicubic"
    if video.frame_step_s * ANALYSIS_RATE_HZ < 1:
        # Most pictures fall between two moments of the grid and need no scaling.
        analysis = _upright(_on_grid(analysis, request), video, size, flags=flags)
    else:
        # A picture that lasts for minutes is scaled once, and repeated without a copy.
        analysis = _on_grid(_upright(analysis, video, size, flags=flags), request)
    return [ffmpeg.output(analysis, "pipe:1", **_RAW), *outputs]


def _shown(source: Stream, request: DecodeRequest, *, spelling: str) -> Stream:
    """The pictures, progressive, in microseconds from the first.

    ffmpeg-python takes equal filters of one input for one filter; a `spelling` of its own keeps
    each chain apart.
    """
    video = request.video
    shown = source[str(video.video_stream)].filter("settb", **{spelling: _MICROSECOND})
    if video.interlaced:
        # Another size in mid-stream must not reach a filter that keeps its neighbours.
        size = video.coded_width_px, video.coded_height_px
        shown = _fields(shown.filter("scale", *size, interl=1))
    # A clock that leaps by hours stops at the timeline's end: no frames are invented beyond it.
    end_us = (request.frame_count + 1) * _SECOND_US // ANALYSIS_RATE_HZ
    return shown.filter("setpts", f"min(PTS-STARTPTS-{GRID_TOLERANCE_US},{end_us})")


def _fields(stream: Stream) -> Stream:
    """Two pictures of each that is marked as interlaced, the others as they are."""
    return stream.filter("bwdif", deint="interlaced").filter("settb", _MICROSECOND)


def _on_grid(shown: Stream, request: DecodeRequest) -> Stream:
    """The picture at each moment of the 12 fps timeline."""
    grid = shown.filter("fps", fps=ANALYSIS_RATE_HZ, start_time=0, round="up")
    # The last picture lasts its whole step, whatever the container knows of its length.
    lasting = int(request.video.frame_step_s * ANALYSIS_RATE_HZ) + 2
    grid = grid.filter("tpad", stop_mode="clone", stop=min(lasting, request.frame_count))
    # Ends the chain itself: an output's own limit would let it run on into memory.
    return grid.filter("trim", end_frame=request.frame_count)


def _upright(stream: Stream, video: ProbedVideo, size: tuple[int, int], *, flags: str) -> Stream:
    """Scaled with square pixels, then turned, then in the colours that we store."""
    is_turned = video.rotation_deg in _TRANSPOSED
    width_px, height_px = reversed(size) if is_turned else size
    hdr = video.color_transfer in _HDR
    scaled = stream.filter("scale", width_px, height_px, flags=flags, out_range="tv")
    scaled = scaled.filter("setsar", 1).filter("format", "yuv420p10le" if hdr else "yuv420p")
    if is_turned:
        scaled = scaled.filter("transpose", _TRANSPOSED[video.rotation_deg])
    elif video.rotation_deg:
        scaled = scaled.filter("hflip").filter("vflip")
    if hdr:
        return _tone_mapped(scaled, video)
    if _matrix(video) == "bt601":
        return scaled
    known = scaled.filter("setparams", range="tv", colorspace=_matrix(video))
    return known.filter("zscale", m="170m", r="tv").filter("format", "yuv420p")


def _tone_mapped(stream: Stream, video: ProbedVideo) -> Stream:
    """PQ or HLG of BT.2020 to BT.709, after scaling: a twentieth of the source's pixels.

    Diffuse white is 203 cd/m2 (ITU-R BT.2408). The curve is Moebius: shadows and middle tones stay
    as they are, only highlights are compressed.
    """
    known = stream.filter(
        "setparams",
        range="tv",
        color_primaries="bt2020",
        color_trc=video.color_transfer,
        colorspace="bt2020nc",
    )
    linear = known.filter("zscale", t="linear", npl=203).filter("format", "gbrpf32le")
    mapped = linear.filter("zscale", p="709").filter("tonemap", "mobius", desat=0)
    return mapped.filter("zscale", t="709", m="170m", r="tv").filter("format", "yuv420p")


def _matrix(video: ProbedVideo) -> str:
    """The matrix of the picture after scaling; where the file says nothing, by its size.

    Players take BT.709 for high definition and BT.601 below; scaling turns RGB into BT.601.
    """
    if video.pixel_format.startswith(_RGB):
        return "bt601"
    by_size = min(video.coded_width_px, video.coded_height_px) >= _HD_SHORT_SIDE_PX
    return _MATRICES.get(video.color_matrix, "bt709" if by_size else "bt601")


def _sounds(source: Stream, request: DecodeRequest, outlets: Outlets) -> list[Stream]:
    # Not part of the picture's graph: a graph waits for the first frame of each of its inputs,
    # and a sound track that never gives one would hold every picture in memory.
    if request.video.sound_stream is None:
        return []
    track = source[str(request.video.sound_stream)]
    return [
        ffmpeg.output(track, f"pipe:{end}", f="f32le", af=_sound_filters(request.video, kind))
        for kind, end in outlets.sounds.items()
    ]


def _sound_filters(video: ProbedVideo, kind: SoundKind) -> str:
    """One rendering: sample 0 at the first picture, gaps filled, never past the last picture.

    Frames far outside the picture's time are dropped before any gap is filled: a clock that leaps
    for hours must not become hours of silence.
    """
    rate_hz, channels = sound_format(video, kind)
    end_s = video.duration_s + _SOUND_MARGIN_S
    from_s, to_s = video.first_s - _SOUND_MARGIN_S, video.first_s + end_s
    steps = [
        f"aselect='between(t,{from_s:.6f},{to_s:.6f})'",
        f"asetpts=PTS-({video.first_s:.6f})/TB",
    ]
    if (video.sound_channels or 0) > CHANNELS_MAX:
        kept = "|".join(f"c{index}=c{index}" for index in range(CHANNELS_MAX))
        steps.append(f"pan=7.1|{kept}")
    resampled = {
        "osr": rate_hz,
        "osf": "flt",
        "async": 1,
        "min_hard_comp": _SOUND_GAP_S,
        "first_pts": 0,
        # The mean of the channels, not their sum: a mono rendering never clips.
        "rematrix_maxval": 1,
    }
    if channels == 1:
        resampled["ochl"] = "mono"
    steps.append("aresample=" + ":".join(f"{name}={value}" for name, value in resampled.items()))
    return ",".join([*steps, f"atrim=end={end_s:.6f}"])
