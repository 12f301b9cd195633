"""Guards against broken and lying files, seen by taking each away (hardening 1, 2, 3 and 12)."""

from pathlib import Path

import numpy as np
import pytest

from adapters.ffmpeg.sniffing import sniff
from domain.errors import UnsupportedInput
from tests.adapters.ffmpeg.decoding import Bench
from tests.adapters.ffmpeg.made import H264, encode, numbered
from tests.planted import without

PROBE = "adapters.ffmpeg.probe"


def test_case_1_without_the_sniff_nothing_but_the_demuxer_refuses_an_empty_file(
    tmp_path: Path,
) -> None:
    """The content is looked at before any program is; a trusting sniff would let it through."""
    file = tmp_path / "x.mp4"
    file.touch()
    with pytest.raises(UnsupportedInput):
        sniff(file)


def test_case_2_without_its_guard_a_file_that_breaks_off_would_pass_for_a_shorter_video(
    bench: Bench, tmp_path: Path
) -> None:
    fast = ("-movflags", "+faststart")
    whole = encode(tmp_path / "w.mp4", [numbered(n) for n in range(250)], *H264, *fast)
    file = tmp_path / "x.mp4"
    file.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    planted = without(PROBE, "if is_whole and has_complaints:", "if False:")
    probed = planted.FfprobeVideoProbe(bench.tools, bench.confinement).probe(file)
    assert probed.duration_s < 8


def test_case_3_without_the_count_of_complaints_damage_would_go_unsaid(
    bench: Bench, tmp_path: Path
) -> None:
    rng = np.random.default_rng(3)
    noise = [rng.integers(0, 255, (96, 160), dtype=np.uint8) for _ in range(75)]
    content = bytearray(encode(tmp_path / "whole.mp4", noise).read_bytes())
    media = range(content.index(b"mdat") + 2000, content.index(b"moov") - 100)
    for place in rng.choice(media, 200, replace=False):
        content[place] ^= 0xFF
    file = tmp_path / "x.mp4"
    file.write_bytes(content)
    assert bench.decode(file).decoded.error_count > 0
    planted = without(
        "adapters.ffmpeg.decoder", "error_count=complaints.errors + damaged,", "error_count=0,"
    )
    with planted.FfmpegVideoDecoder(bench.tools, bench.confinement).decode(
        bench.request(file, tmp_path)
    ) as decoding:
        for _ in decoding.frames():
            pass
        assert decoding.result().error_count == 0


def test_case_12_without_the_packets_a_lying_header_would_be_believed(
    bench: Bench, bad: Path
) -> None:
    planted = without(
        PROBE, "duration_s=times.duration_s,", "duration_s=headers.declared_duration_s,"
    )
    probed = planted.FfprobeVideoProbe(bench.tools, bench.confinement).probe(
        bad / "declares_2h_is_8s.mp4"
    )
    assert probed.duration_s == 7200
