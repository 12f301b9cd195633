"""Clips of many sizes, lengths and contents, and what every component took of them."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from adapters.components.catalogue import ShippedComponents
from application.told_comments import COMMENTS_MAX
from domain.component import ComponentStatus
from domain.effort import PREPARATION, units
from domain.profile import Profile
from domain.run import RunStatus
from domain.video import Metadata
from tests.accuracy import Clip, Line
from tests.benchmarks.timed_runs import TimedRun, timed_run
from tests.benchmarks.whole_runs import DESCRIPTION, FFMPEG, TITLE

SIZES = ((640, 360), (1280, 720), (1920, 1080))
SECONDS = (8, 30, 90)
RATE_HZ = 30
LOOPED_S = (8, 16, 32, 64, 128)
"""Most clips of the corpus last ten seconds: repeated, they tell what length costs, too."""
RUSSIAN = "Анна Иванова идёт с маленькой камерой по ночной Москве. " * 20
"""What every third clip is said to show: people and places are looked for in Russian alone."""


@dataclass(frozen=True, slots=True)
class Made:
    """A clip, and the text that goes with it."""

    name: str
    file: Path
    metadata: Metadata


def grid(folder: Path, *, every: int = 1) -> Iterator[Made]:
    """Made clips of every size and length, or of every second, third… of these."""
    for (width_px, height_px), seconds in list(product(SIZES, SECONDS))[::every]:
        name = f"{height_px}p {seconds} s"
        file = folder / f"{height_px}p{seconds}s.mp4"
        picture = f"testsrc2=size={width_px}x{height_px}:rate={RATE_HZ},noise=alls=12:allf=t"
        sound = "aevalsrc='0.3*sin(2*PI*330*t)*(1+sin(2*PI*2*t))|0.1*random(0)':s=48000"
        made = [*FFMPEG, "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound]
        coded = ["-t", str(seconds), "-c:v", "libx264", "-preset", "veryfast", "-c:a", "aac"]
        subprocess.run([*made, *coded, "-pix_fmt", "yuv420p", str(file)], check=True)
        yield Made(name, file, _metadata(1))


def looped(corpus: Path, folder: Path, *, every: int = 1) -> Iterator[Made]:
    """Every clip of the corpus, or every second, third…, in a length of its place among these."""
    for number, source in enumerate(sorted(corpus.iterdir())[::every]):
        seconds = LOOPED_S[number % len(LOOPED_S)]
        file = folder / f"{source.stem}.mkv"
        repeated = ["-stream_loop", "-1", "-i", str(source), "-t", str(seconds)]
        chosen = ["-map", "0:v:0", "-map", "0:a:0?", "-c", "copy"]
        subprocess.run([*FFMPEG, *repeated, *chosen, str(file)], check=True)
        told = {"told": RUSSIAN, "language": "ru"} if number % 3 == 0 else {}
        yield Made(source.name, file, _metadata(1 + number % 4, **told))


def timed(made: Made, profile: Profile, data_dir: Path) -> tuple[Clip, TimedRun]:
    """What was foretold in units and taken in processor seconds, of all that was `ok`."""
    ran = timed_run(made.file, metadata=made.metadata, profile=profile, data_dir=data_dir)
    assert ran.run.status is RunStatus.OK, (made.name, ran.run.failure)
    catalogue = ShippedComponents().catalogue
    lines = {PREPARATION: Line(ran.size.preparation_units, ran.seconds[PREPARATION])}
    for name, ended in ran.run.components.items():
        if ended.status is ComponentStatus.OK:
            lines[name] = Line(units(catalogue[name], ran.size), ran.seconds[name])
    return Clip(made.name, lines), ran


def _metadata(times: int, *, told: str = DESCRIPTION, language: str = "en") -> Metadata:
    return Metadata(
        title=TITLE,
        description=told * times,
        language=language,
        comments=(told[:200],) * COMMENTS_MAX,
    )
