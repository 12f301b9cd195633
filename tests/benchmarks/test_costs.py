"""The cost of every component over a grid of sizes and lengths, as `costs.toml` holds it (R-602).

`make bench PYTEST_ARGS="-k costs"` measures, prints the lines, and writes them in place.
"""

import json
import subprocess
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from adapters.components.catalogue import ShippedComponents
from adapters.toml.costs import SHIPPED
from domain.effort import PREPARATION
from domain.video_size import VideoSize
from tests.benchmarks.whole_runs import DESCRIPTION, FFMPEG, TITLE, analysed

pytestmark = [pytest.mark.bench, pytest.mark.requires("ffmpeg")]

SIZES = ((640, 360), (1280, 720), (1920, 1080))
SECONDS = (8, 30, 90)
RATE_HZ = 30
HEAD = """# Seconds of a component: a_s + b_s_per_unit × units. `make bench` writes them.
# Unit of `preparation`: megapixels (domain/video_size.py); else what the component names as cost.

[components]
"""

Points = dict[str, list[tuple[float, float]]]


def test_costs_of_every_component(tmp_path: Path) -> None:
    points: Points = defaultdict(list)
    for width_px, height_px in SIZES:
        for seconds in SECONDS:
            clip = _clip(tmp_path, width_px, height_px, seconds)
            size = VideoSize(seconds, width_px, height_px, RATE_HZ, len(TITLE) + len(DESCRIPTION))
            _collect(points, clip, size, tmp_path / clip.stem)
    lines = [_line(name, np.array(found)) for name, found in sorted(points.items())]
    print("\n" + "\n".join(lines))
    assert set(points) == {PREPARATION, *ShippedComponents().catalogue.names}
    SHIPPED.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


def _collect(points: Points, clip: Path, size: VideoSize, data_dir: Path) -> None:
    answer, _ = analysed(clip, profile="full", data_dir=data_dir)
    manifest = json.loads(Path(answer["manifest"]).read_text(encoding="utf-8"))
    took_s = manifest["run"]["preprocessing"]["duration_ms"] / 1000
    points[PREPARATION].append((size.preparation_units, took_s))
    for entry in manifest["components"]:
        points[entry["name"]].append((entry["units"], entry["duration_ms"] / 1000))


def _clip(folder: Path, width_px: int, height_px: int, seconds: int) -> Path:
    clip = folder / f"{height_px}p{seconds}s.mp4"
    picture = f"testsrc2=size={width_px}x{height_px}:rate={RATE_HZ},noise=alls=12:allf=t"
    sound = "aevalsrc='0.3*sin(2*PI*330*t)*(1+sin(2*PI*2*t))|0.1*random(0)':s=48000"
    made = [*FFMPEG, "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound]
    coded = ["-t", str(seconds), "-c:v", "libx264", "-preset", "veryfast", "-c:a", "aac"]
    subprocess.run([*made, *coded, "-pix_fmt", "yuv420p", str(clip)], check=True)
    return clip


def _line(name: str, found: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> str:
    """Least squares with neither part below zero; the slope alone where units do not vary."""
    units, seconds = found[:, 0], found[:, 1]
    if np.ptp(units) == 0:
        return f"{name} = {{ a_s = {np.median(seconds):.4f}, b_s_per_unit = 0.0 }}"
    slope, base = np.polyfit(units, seconds, 1)
    if base < 0:
        base, slope = 0.0, float((units * seconds).sum() / (units**2).sum())
    if slope < 0:
        base, slope = float(seconds.mean()), 0.0
    return f"{name} = {{ a_s = {base:.4f}, b_s_per_unit = {slope:.7f} }}"
