"""What comes out is upright, with square pixels, progressive, in our colours, of one size."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.adapters.ffmpeg.decoding import Bench, Whole
from tests.adapters.ffmpeg.made import (
    H264,
    HEIGHT_PX,
    LOSSLESS,
    WIDTH_PX,
    Picture,
    encode,
    encode_planes,
    turned,
)

COLOURS = [(200, 40, 60), (30, 170, 80), (40, 60, 210), (225, 220, 215)]
LUMA_WEIGHTS = {
    "bt601": (0.299, 0.114),
    "bt709": (0.2126, 0.0722),
    "bt2020": (0.2627, 0.0593),
}
PERCENT = 2.19
"""One percent of limited range luma, in levels."""


def yuv(rgb: tuple[int, int, int], matrix: str, *, full: bool = False) -> NDArray[np.float64]:
    """Y, Cb, Cr of a colour by the definition of its matrix (ITU-R BT.601, BT.709, BT.2020)."""
    red, green, blue = (channel / 255 for channel in rgb)
    of_red, of_blue = LUMA_WEIGHTS[matrix]
    luma = of_red * red + (1 - of_red - of_blue) * green + of_blue * blue
    chroma = (blue - luma) / (2 - 2 * of_blue), (red - luma) / (2 - 2 * of_red)
    if full:
        return np.array([255 * luma, *(128 + 255 * c for c in chroma)])
    return np.array([16 + 219 * luma, *(128 + 224 * c for c in chroma)])


def patches(matrix: str, size: tuple[int, int], *, full: bool = False, count: int = 6) -> bytes:
    """Four upright bands of known colour as planes of 4:2:0, `count` pictures."""
    width_px, height_px = size
    bands = np.rint([yuv(colour, matrix, full=full) for colour in COLOURS]).astype(np.uint8)
    luma = np.tile(np.repeat(bands[:, 0], width_px // 4), (height_px, 1))
    chroma = [np.tile(np.repeat(bands[:, i], width_px // 8), (height_px // 2, 1)) for i in (1, 2)]
    return (luma.tobytes() + b"".join(plane.tobytes() for plane in chroma)) * count


def seen_bands(planes: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.float64]:
    """Mean Y, Cb, Cr in the middle of each band of one stored frame."""
    width_px, height_px = size
    luma = planes[:height_px]
    chroma = planes[height_px:].reshape(2, height_px // 2, width_px // 2)
    return np.array(
        [[middle(plane, band) for plane in (luma, *chroma)] for band in range(len(COLOURS))]
    )


def middle(plane: NDArray[np.uint8], band: int) -> float:
    part = np.array_split(plane, len(COLOURS), axis=1)[band]
    inset = part.shape[1] // 4
    return float(part[:, inset:-inset].mean())


@pytest.mark.parametrize(
    ("matrix", "full", "tags"),
    [
        ("bt601", False, ("-colorspace", "smpte170m")),
        ("bt709", False, ("-colorspace", "bt709", "-color_trc", "bt709")),
        ("bt2020", False, ("-colorspace", "bt2020nc", "-color_trc", "bt2020-10")),
        ("bt601", True, ("-colorspace", "smpte170m", "-color_range", "pc")),
        ("bt709", True, ("-colorspace", "bt709", "-color_range", "pc")),
        ("bt601", False, ()),
    ],
)
def test_colours_come_out_as_bt601_of_limited_range(
    matrix: str, full: bool, tags: tuple[str, ...], bench: Bench, tmp_path: Path
) -> None:
    """Within one percent, in the analysis frames and in the detail frames."""
    planes = patches(matrix, (320, 180), full=full)
    pixels = "yuvj420p" if full else "yuv420p"
    options = (*LOSSLESS, "-pix_fmt", pixels, *tags)
    clip = encode_planes(tmp_path / "c.mp4", planes, *options, size="320x180", pixels=pixels)
    assert_colours(bench.decode(clip, detail_indices=(2,)))


def test_high_definition_that_says_nothing_is_taken_for_bt709(bench: Bench, tmp_path: Path) -> None:
    planes = patches("bt709", (1280, 720), count=3)
    clip = encode_planes(tmp_path / "c.mp4", planes, *LOSSLESS, size="1280x720", pixels="yuv420p")
    assert_colours(bench.decode(clip, detail_indices=(1,)))


@pytest.mark.parametrize("pixels", ["rgb24", "bgra"])
def test_pictures_stored_as_rgb_come_out_in_the_same_colours(
    pixels: str, bench: Bench, tmp_path: Path
) -> None:
    """With alpha too (hardening case 14)."""
    order = {"rgb24": (0, 1, 2), "bgra": (2, 1, 0)}[pixels]
    alpha = () if pixels == "rgb24" else (255,)
    band = [[*(c[i] for i in order), *alpha] for c in COLOURS]
    row = np.repeat(np.array(band, dtype=np.uint8), 80, axis=0)
    planes = np.tile(row, (180, 1, 1)).tobytes() * 6
    clip = encode_planes(tmp_path / "c.mov", planes, "-c:v", "png", size="320x180", pixels=pixels)
    assert_colours(bench.decode(clip, detail_indices=(2,)))


def assert_colours(whole: Whole) -> None:
    expected = np.array([yuv(colour, "bt601") for colour in COLOURS])
    analysis = seen_bands(whole.frames[0], whole.request.analysis_size)
    detail = seen_bands(whole.details[0], whole.request.detail_size)
    assert np.abs(analysis - expected).max() < PERCENT
    assert np.abs(detail - expected).max() < PERCENT


@pytest.mark.parametrize(
    ("clockwise_deg", "corner"), [(0, (0, 0)), (90, (0, 1)), (180, (1, 1)), (270, (1, 0))]
)
def test_a_turned_picture_is_set_upright(
    clockwise_deg: int, corner: tuple[int, int], bench: Bench, tmp_path: Path
) -> None:
    """R-104: the stored bright top left corner is shown where the display matrix puts it."""
    picture = np.full((HEIGHT_PX, WIDTH_PX), 30, dtype=np.uint8)
    picture[: HEIGHT_PX // 2, : WIDTH_PX // 2] = 220
    clip = turned(encode(tmp_path / "c.mp4", [picture] * 25), clockwise_deg=clockwise_deg)
    whole = bench.decode(clip, detail_indices=(3,))
    is_upright_format = clockwise_deg % 180 == 90
    shown = (HEIGHT_PX, WIDTH_PX) if is_upright_format else (WIDTH_PX, HEIGHT_PX)
    assert (whole.video.shown_width_px, whole.video.shown_height_px) == shown
    for luma in (whole.luma[0], whole.detail_luma[0]):
        assert brightest_corner(luma) == corner
    assert (f"rotate_{clockwise_deg}" in whole.decoded.operations) == (clockwise_deg != 0)


def brightest_corner(luma: Picture) -> tuple[int, int]:
    halves = [np.array_split(half, 2, axis=1) for half in np.array_split(luma, 2)]
    means = {(row, col): halves[row][col].mean() for row in (0, 1) for col in (0, 1)}
    return max(means, key=lambda corner: means[corner])


@pytest.mark.parametrize("aspect", [Fraction(4, 3), Fraction(15, 16)])
def test_pixels_come_out_square(aspect: Fraction, bench: Bench, tmp_path: Path) -> None:
    """R-104, hardening case 14: what is shown as a square is stored as one."""
    picture = np.full((HEIGHT_PX, WIDTH_PX), 30, dtype=np.uint8)
    picture[24:72, 40 : 40 + round(48 / aspect)] = 220
    sar = f"setsar={aspect.numerator}/{aspect.denominator},format=yuv420p"
    clip = encode(tmp_path / "c.mp4", [picture] * 25, "-vf", sar, *H264)
    whole = bench.decode(clip, detail_indices=(3,))
    for luma in (whole.luma[0], whole.detail_luma[0]):
        bright = luma > 128
        width_px, height_px = bright.any(axis=0).sum(), bright.any(axis=1).sum()
        assert width_px / height_px == pytest.approx(1.0, abs=0.04)
    assert "square_pixels" in whole.decoded.operations


def test_an_interlaced_picture_comes_out_without_combs(bench: Bench, tmp_path: Path) -> None:
    """R-104: a bar that moves between the fields of a frame has one edge, not two."""
    clip = encode(tmp_path / "c.ts", woven(25), *INTERLACED)
    whole = bench.decode(clip, detail_indices=(4, 6, 8))
    assert whole.video.interlaced
    assert "deinterlace" in whole.decoded.operations
    assert max(comb(luma) for luma in whole.detail_luma) < 0.2 * comb(woven(25)[8])


INTERLACED = ("-c:v", "mpeg2video", "-q:v", "2", "-flags", "+ildct+ilme", "-top", "1")


def woven(count: int) -> list[Picture]:
    """Frames of two fields, the top one first, under a bar that moves 6 pixels a field."""
    frames = []
    for index in range(count):
        frame = np.full((HEIGHT_PX, WIDTH_PX), 30, dtype=np.uint8)
        for field in (0, 1):
            left = (2 * index + field) * 6 % (WIDTH_PX - 40)
            frame[field::2, left : left + 40] = 220
        frames.append(frame)
    return frames


def comb(luma: Picture) -> float:
    """How much each row differs from the mean of its neighbours."""
    rows = luma.astype(np.float64)
    return float(np.abs(2 * rows[1:-1] - rows[:-2] - rows[2:]).mean())


@pytest.mark.parametrize(("curve", "operation"), [("smpte2084", "pq"), ("arib-std-b67", "hlg")])
def test_high_dynamic_range_keeps_middle_tones_and_compresses_highlights(
    curve: str, operation: str, bench: Bench, tmp_path: Path
) -> None:
    """R-104: greys of known luminance, white at 203 cd/m2 (BT.2408)."""
    nits = np.array([5.0, 20.0, 45.0, 203.0, 1000.0])
    signal = {"smpte2084": pq_code, "arib-std-b67": hlg_code}[curve](nits)
    codes = np.rint(64 + 876 * signal).astype("<u2")
    luma = np.tile(np.repeat(codes, 64), (180, 1))
    chroma = np.full((180, 320), 512, dtype="<u2")[:90]
    planes = (luma.tobytes() + chroma.tobytes()) * 6
    tags = ("-colorspace", "bt2020nc", "-color_trc", curve, "-color_primaries", "bt2020")
    options = ("-c:v", "libx265", "-x265-params", "lossless=1:log-level=none", *tags)
    clip = encode_planes(tmp_path / "c.mp4", planes, *options, size="320x180", pixels="yuv420p10le")
    whole = bench.decode(clip, detail_indices=(2,))
    assert f"tone_map_{operation}" in whole.decoded.operations
    for luma_seen in (whole.luma[0], whole.detail_luma[0]):
        bands = np.array_split(luma_seen, len(nits), axis=1)
        seen = [float(band[:, 20:-20].mean()) for band in bands]
        dark, highlight = seen[:3], seen[3:]
        # The display of BT.1886 has a gamma of 2.4.
        assert dark == pytest.approx(list(16 + 219 * (nits[:3] / 203) ** (1 / 2.4)), abs=3.0)
        assert 180 < highlight[0] < highlight[1] <= 236


def pq_code(nits: NDArray[np.float64]) -> NDArray[np.float64]:
    """The PQ signal of a luminance (SMPTE ST 2084)."""
    part = (nits / 10_000) ** 0.1593017578125
    return ((0.8359375 + 18.8515625 * part) / (1 + 18.6875 * part)) ** 78.84375


def hlg_code(nits: NDArray[np.float64]) -> NDArray[np.float64]:
    """The HLG signal of a grey's luminance on a display of 1000 cd/m2 (ITU-R BT.2100)."""
    scene = (nits / 1000) ** (1 / 1.2)
    bright = 0.17883277 * np.log(np.maximum(12 * scene - 0.28466892, 1e-9)) + 0.55991073
    return np.where(scene <= 1 / 12, np.sqrt(3 * scene), bright)


def test_another_size_in_mid_stream_keeps_the_frames_size_and_the_clock(
    bench: Bench, tmp_path: Path
) -> None:
    """Hardening case 11: output frames keep one size, and none is lost or doubled."""
    clip = tmp_path / "c.ts"
    for index, side in enumerate((1, 4)):
        picture = np.full((HEIGHT_PX * side, WIDTH_PX * side), 60 + 100 * index, dtype=np.uint8)
        offset = ("-output_ts_offset", str(index), "-muxdelay", "0")
        part = encode(tmp_path / f"{index}.ts", [picture] * 25, *H264, *offset)
        with clip.open("ab") as joined:
            joined.write(part.read_bytes())
    whole = bench.decode(clip, detail_indices=(3, 20))
    assert whole.decoded.picture_count == 50
    assert len(whole.luma) == whole.request.frame_count
    means = whole.luma.mean(axis=(1, 2))
    assert means[11] == pytest.approx(limited(60), abs=2)
    assert means[13] == pytest.approx(limited(160), abs=2)
    assert whole.detail_luma.mean(axis=(1, 2)) == pytest.approx([limited(60), limited(160)], abs=2)


def limited(grey: int) -> float:
    """A grey of full range in limited range."""
    return 16 + 219 * grey / 255
