"""Steps of the decoding pass, seen by taking each away (hardening 11 and 14)."""

from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from tests.adapters.ffmpeg.decoding import Bench, Planes
from tests.adapters.ffmpeg.made import (
    H264,
    HEIGHT_PX,
    WIDTH_PX,
    encode,
    encode_planes,
    number_of,
    numbered,
    turned,
)
from tests.adapters.ffmpeg.test_picture import pq_code
from tests.planted import without

GRAPH = "adapters.ffmpeg.graph"


def decoder_without(guard: str, instead: str) -> ModuleType:
    """The decoder's module, on a pass that lacks a step."""
    graph = without(GRAPH, guard, instead)
    same = "class FfmpegVideoDecoder:"
    return without("adapters.ffmpeg.decoder", same, same, arguments=graph.arguments)


def luma_without(bench: Bench, file: Path, folder: Path, guard: str, instead: str) -> Planes:
    """The analysis frames' luma, shape (n, height, width), of a pass that lacks a step."""
    request = bench.request(file, folder)
    width_px, height_px = request.analysis_size
    decoder: Any = decoder_without(guard, instead).FfmpegVideoDecoder
    with decoder(bench.tools, bench.confinement).decode(request) as decoding:
        frames = [planes[:height_px].copy() for planes in decoding.frames()]
    return np.stack(frames) if frames else np.empty((0, height_px, width_px), dtype=np.uint8)


def test_case_11_without_its_guard_another_size_would_invent_frames(
    bench: Bench, tmp_path: Path
) -> None:
    """The filters would be made anew at each change, and with them their limit of frames."""
    file = tmp_path / "x.ts"
    for index, side in enumerate((1, 4)):
        picture = np.full((HEIGHT_PX * side, WIDTH_PX * side), 60 + 100 * index, dtype=np.uint8)
        offset = ("-output_ts_offset", str(index), "-muxdelay", "0")
        part = encode(tmp_path / f"{index}.ts", [picture] * 25, *H264, *offset)
        with file.open("ab") as joined:
            joined.write(part.read_bytes())
    whole = bench.decode(file)
    luma = luma_without(bench, file, tmp_path, "reinit_filter=0,", "")
    assert len(whole.luma) == whole.request.frame_count
    assert len(luma) > whole.request.frame_count


def test_case_14_without_the_grid_a_variable_rate_would_be_shown_at_wrong_moments(
    bench: Bench, tmp_path: Path
) -> None:
    kept = [0, 3, 4, 5, 20, 21, 50, 90, 91, 92, 93]
    chosen = "+".join(f"eq(n,{n})" for n in kept)
    graph = ("-vf", f"select='{chosen}',format=yuv420p", "-fps_mode", "passthrough")
    pictures = [numbered(n) for n in range(100)]
    file = encode(tmp_path / "x.mp4", pictures, *graph, *H264, rate_hz=50)
    shown = [number_of(luma) for luma in bench.decode(file).luma]
    assert shown[6] == 21  # half a second is picture 25, and 21 is the last one before it
    guard = 'grid = shown.filter("fps", fps=ANALYSIS_RATE_HZ, start_time=0, round="up")'
    luma = luma_without(bench, file, tmp_path, guard, "grid = shown")
    assert number_of(luma[6]) == kept[6]


def test_case_14_without_the_turn_a_picture_would_stand_on_its_head(
    bench: Bench, tmp_path: Path
) -> None:
    picture = np.full((HEIGHT_PX, WIDTH_PX), 30, dtype=np.uint8)
    picture[: HEIGHT_PX // 2] = 220
    file = turned(encode(tmp_path / "x.mp4", [picture] * 25), clockwise_deg=180)
    assert lower_half_is_bright(bench.decode(file).luma[0])
    luma = luma_without(bench, file, tmp_path, "elif video.rotation_deg:", "elif False:")
    assert not lower_half_is_bright(luma[0])


def lower_half_is_bright(luma: Planes) -> bool:
    upper, lower = np.array_split(luma, 2)
    return bool(lower.mean() > upper.mean())


def test_case_14_without_the_pixels_shape_a_square_would_be_stored_as_another(
    bench: Bench, tmp_path: Path
) -> None:
    file = encode(tmp_path / "x.mp4", [numbered(1)] * 25, "-vf", "setsar=4/3,format=yuv420p", *H264)
    assert bench.probe.probe(file).shown_width_px == round(WIDTH_PX * 4 / 3)
    streams = without(
        "adapters.ffmpeg.streams",
        'round(picture["width"] * sample_aspect(picture))',
        'picture["width"]',
    )
    same = "class FfprobeVideoProbe:"
    planted = without("adapters.ffmpeg.probe", same, same, shown_size=streams.shown_size)
    probed = planted.FfprobeVideoProbe(bench.tools, bench.confinement).probe(file)
    assert probed.shown_width_px == WIDTH_PX


def test_case_14_without_tone_mapping_white_would_be_grey(bench: Bench, tmp_path: Path) -> None:
    """Diffuse white, 203 cd/m2 (BT.2408), is stored in PQ as a middle code (SMPTE ST 2084)."""
    code = np.full((180, 320), round(64 + 876 * pq_code(np.array([203.0]))[0]), dtype="<u2")
    chroma = np.full((90, 320), 512, dtype="<u2")
    planes = (code.tobytes() + chroma.tobytes()) * 6
    tags = ("-colorspace", "bt2020nc", "-color_trc", "smpte2084", "-color_primaries", "bt2020")
    options = ("-c:v", "libx265", "-x265-params", "lossless=1:log-level=none", *tags)
    file = encode_planes(tmp_path / "x.mp4", planes, *options, size="320x180", pixels="yuv420p10le")
    assert bench.decode(file).luma[0].mean() > 180
    guard = "if hdr:\n        return _tone_mapped(scaled, video)"
    assert luma_without(bench, file, tmp_path, guard, "")[0].mean() < 150
