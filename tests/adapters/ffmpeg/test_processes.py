"""No process outlives its errand, whatever ends it; what it may use is limited."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import psutil
import pytest
from numpy.typing import NDArray

from adapters.ffmpeg.confinement import BUBBLEWRAP, PROCESS_LIMITS, Confinement
from adapters.ffmpeg.guards import Guards
from adapters.ffmpeg.repair import FfmpegVideoRepair
from adapters.ffmpeg.tools import Tools
from adapters.ffmpeg.watchman import WATCHMAN
from application.errors import AdapterError, TimedOut
from application.ports.video_files import Decoding
from domain.component import SoundKind
from domain.errors import UnsupportedInput, VideoFileCorrupted
from tests.adapters.ffmpeg.decoding import Bench
from tests.adapters.ffmpeg.made import H264, beeps, encode, flashes


@dataclass(frozen=True)
class Children:
    """The processes this one started since, dead ones that nobody reaped too.

    Servers that other tests started are not of them, nor is the watchman, who stays.
    """

    before: frozenset[psutil.Process]

    def __call__(self) -> list[psutil.Process]:
        now = psutil.Process().children()
        return [one for one in now if one not in self.before and one.pid != WATCHMAN.pid]


@pytest.fixture(autouse=True)
def children() -> Iterator[Children]:
    started = Children(frozenset(psutil.Process().children()))
    yield started
    assert started() == []


def watched(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]


def all_gone(processes: list[psutil.Process]) -> bool:
    """Whether they are gone, not even dead and unreaped."""
    return not any(psutil.pid_exists(process.pid) for process in processes)


def test_leaving_the_context_early_ends_every_process(
    any_bench: Bench, clip: Path, tmp_path: Path, children: Children
) -> None:
    with any_bench.decoder.decode(any_bench.request(clip, tmp_path)) as decoding:
        next(decoding.frames())
        seen = [process for child in children() for process in watched(child)]
        assert any("ffmpeg" in process.name() for process in seen)
    assert all_gone(seen)


def test_a_consumer_that_raises_ends_every_process(
    any_bench: Bench, clip: Path, tmp_path: Path, children: Children
) -> None:
    seen: list[psutil.Process] = []

    def consume() -> None:
        with any_bench.decoder.decode(any_bench.request(clip, tmp_path)) as decoding:
            for _ in decoding.frames():
                seen.extend(process for child in children() for process in watched(child))
                raise LookupError

    with pytest.raises(LookupError):
        consume()
    assert seen
    assert all_gone(seen)


def test_case_20_a_decoding_past_its_limit_is_killed(
    any_bench: Bench, clip: Path, tmp_path: Path
) -> None:
    """Hardening case 20: the group is gone, no zombie is left."""
    request = any_bench.request(clip, tmp_path, timeout_s=0.3)
    with any_bench.decoder.decode(request) as decoding, pytest.raises(TimedOut):
        sum(len(planes) for planes in slowly(decoding))


def slowly(decoding: Decoding) -> Iterator[NDArray[np.uint8]]:
    for planes in decoding.frames():
        time.sleep(0.02)
        yield planes


def test_the_account_is_known_only_after_the_last_frame(
    bench: Bench, clip: Path, tmp_path: Path
) -> None:
    with bench.decoder.decode(bench.request(clip, tmp_path)) as decoding:
        next(decoding.frames())
        with pytest.raises(RuntimeError):
            decoding.result()


@contextmanager
def program(folder: Path, script: str) -> Iterator[Path]:
    """A program of our own in place of ffmpeg or ffprobe."""
    file = folder / "program"
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    yield file


def test_case_20_an_ffprobe_that_never_ends_is_killed_with_its_children(
    any_bench: Bench, clip: Path, tmp_path: Path
) -> None:
    """It ignores being asked to end, and starts others that do."""
    script = "trap '' TERM INT HUP; sleep 1000 & sleep 1000"
    started_s = time.monotonic()
    with program(tmp_path, script) as endless:
        guards = Guards(probe_timeout_s=0.25)
        bench = replace(any_bench, tools=replace(any_bench.tools, ffprobe=endless), guards=guards)
        with pytest.raises(VideoFileCorrupted) as refused:
            bench.probe.probe(clip)
    assert refused.value.fields == {"detail": "reading_too_slow"}
    assert time.monotonic() - started_s < 60  # the program itself would sleep for 1000


def test_case_20_a_fifo_is_refused_unread(bench: Bench, tmp_path: Path) -> None:
    fifo = tmp_path / "x.mp4"
    os.mkfifo(fifo)
    with pytest.raises(UnsupportedInput):
        bench.probe.probe(fifo)


def test_endless_complaints_neither_block_nor_fill_the_memory(
    limited: Bench, clip: Path, tmp_path: Path
) -> None:
    """The log is counted while frames are read, and not kept."""
    line = "echo '[error] a long line of complaint' >&2"
    script = f"i=0; while [ $i -lt 20000 ]; do {line}; i=$((i+1)); done"
    request = limited.request(clip, tmp_path)
    with program(tmp_path, script) as loud:
        decoder = replace(limited, tools=replace(limited.tools, ffmpeg=loud)).decoder
        with decoder.decode(request) as decoding:
            assert list(decoding.frames()) == []
            assert decoding.result().error_count == 20_000


def test_the_strongest_confinement_that_works_is_taken(tools: Tools, tmp_path: Path) -> None:
    assert Confinement.best(replace(tools, bwrap=None)).describe() == PROCESS_LIMITS
    with program(tmp_path, "exit 1") as broken:
        assert Confinement.best(replace(tools, bwrap=broken)).describe() == PROCESS_LIMITS
        with pytest.raises(AdapterError) as refused:
            Confinement.best(replace(tools, ffmpeg=broken, bwrap=None))
    assert refused.value.code == "ffmpeg_unsuitable"


@pytest.mark.requires("bwrap")
def test_inside_the_walls_there_is_one_file_and_nobody_else(
    bench: Bench, clip: Path, tmp_path: Path
) -> None:
    """What a decoder taken over by its input could see: no home, no other process, no network."""
    if bench.confinement.describe() != BUBBLEWRAP:
        pytest.skip("no sandbox starts here")
    seen = looked_around(bench.unconfined(Guards()), clip, tmp_path)
    assert seen == "etc-passwd network others"
    assert looked_around(bench, clip, tmp_path) == "in-src"


def looked_around(bench: Bench, clip: Path, folder: Path) -> str:
    """What a program run in place of ffprobe finds: the output of its look at the world."""
    script = (
        "test -e /in/src && found='in-src';"
        'test -e /etc/passwd && found="$found etc-passwd";'
        'grep -q : /proc/net/dev 2>/dev/null && found="$found network";'
        f'kill -0 {os.getpid()} 2>/dev/null && found="$found others";'
        "printf '%-60s' \"$found\""
    )
    with program(folder, script) as curious:
        tools = replace(bench.tools, ffmpeg=curious)
        request = replace(bench.request(clip, folder), analysis_size=(2, 2))
        found = ""
        with replace(bench, tools=tools).decoder.decode(request) as decoding:
            output = b"".join(planes.tobytes() for planes in decoding.frames())
            found = output.decode().strip()
    return found


def test_a_repair_encodes_what_can_be_decoded(bench: Bench, bad: Path, tmp_path: Path) -> None:
    """R-105: pictures that could not be decoded do not come back by encoding the rest."""
    repair = FfmpegVideoRepair(bench.tools, bench.confinement)
    repaired = tmp_path / "repaired.mp4"
    repair.reencode(bad / "middle_third_random.mp4", into=repaired, timeout_s=60)
    whole = bench.decode(repaired)
    assert whole.video.video_codec == "h264"
    assert whole.video.sound_codec == "aac"
    assert whole.decoded.error_count == 0
    assert whole.decoded.picture_count == 116
    assert whole.decoded.duration_s == pytest.approx(8.0, abs=0.05)


def test_a_repair_of_nothing_is_refused(bench: Bench, bad: Path, tmp_path: Path) -> None:
    repair = FfmpegVideoRepair(bench.tools, bench.confinement)
    with pytest.raises(VideoFileCorrupted):
        repair.reencode(bad / "trunc_moov_missing_60pct.mp4", into=tmp_path / "r.mp4", timeout_s=60)


def test_a_repair_past_its_limit_is_killed(any_bench: Bench, tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    noise = [rng.integers(0, 255, (480, 640), dtype=np.uint8) for _ in range(50)]
    clip = encode(tmp_path / "noise.mp4", noise)
    repair = FfmpegVideoRepair(any_bench.tools, any_bench.confinement)
    with pytest.raises(TimedOut):
        repair.reencode(clip, into=tmp_path / "r.mp4", timeout_s=0.5)


@pytest.mark.parametrize("wanted", [(), (SoundKind.SPEECH,)])
def test_only_the_renderings_that_are_asked_for_are_made(
    wanted: tuple[SoundKind, ...], bench: Bench, tmp_path: Path
) -> None:
    clip = encode(
        tmp_path / "c.mp4", flashes(25, at=[3]), *H264, "-c:a", "aac", sound=beeps(1, [0.5])
    )
    request = bench.request(clip, tmp_path)
    request = replace(request, sound_files={kind: request.sound_files[kind] for kind in wanted})
    with bench.decoder.decode(request) as decoding:
        assert sum(1 for _ in decoding.frames()) == 12
    assert set(decoding.result().sounds) == set(wanted)
