"""One file of the shared corpus through the whole program, and what it must leave."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.model_repository.manifest import read_manifest
from tests.components.served import needing
from tests.e2e.kills import leftovers
from tests.e2e.program import Ended, Program
from tests.outside import SHARED

KEYS = {"run_id", "status", "code", "manifest", "report", "components", "seconds"}
REFUSED_LIMIT_S = 60.0
BAD_BYTES_MAX = 1 << 30
GOOD_BYTES_MAX = 3 << 29
# Of the real clips. quicktime_3gp.3gp is short of five seconds by its last picture, which R-103
# tolerates.
SHORTER_THAN_5_S = {
    "anim_bbb_vp9_sar.mp4",
    "hdr10_av1_portrait.mp4",
    "talk_webcam_mjpeg.avi",
}
# One of each kind goes through everything, models too; `make corpus` walks them all like this.
FULL = {
    "anim_blupi_cinepak.mkv",
    "bw_chaplin.mp4",
    "en_slides_tts.webm",
    "faces_grid_4.mp4",
    "hands_coffee.mp4",
    "interlaced_mpeg2.ts",
    "odd_dims_444.mp4",
    "ru_vlog_vertical.mp4",
    "sport_juggle_silent.mp4",
    "static_image_jfk.mp4",
    "talk_en_hill.mp4",
    "vertical_conf_crowd.mp4",
}
SPEECH_REFUSED = {
    "speech_transcript": "speech_language_not_served",
    "speech_pace": "dependency_failed",
}
"""How speech ends that the recogniser does not know; and of whom it is surely so, or surely not."""
RUSSIAN, ENGLISH = {"ru_vlog_vertical.mp4"}, {"talk_en_hill.mp4", "static_image_jfk.mp4"}
TITLE = "A title: слова & <b>signs</b>"


@dataclass(frozen=True, slots=True)
class Analysed:
    """How the analysis of one file ended."""

    ended: Ended
    data_dir: Path

    @property
    def code(self) -> str | None:
        code: str | None = self.ended.answer["code"]
        return code

    @property
    def manifest(self) -> Any:
        return json.loads(Path(self.ended.answer["manifest"]).read_text(encoding="utf-8"))


def analysed(program: Program, file: Path, *, profile: Path | str, data_dir: Path) -> Analysed:
    """Analyses a file, sampling memory; whatever comes of it, the answer has its form."""
    choice = ["--title", TITLE, "--profile", str(profile), "--format", "json"]
    arguments = ["analyze", *choice, "--", str(file)]
    ended = program.run(*arguments, data_dir=data_dir, sampled=True)
    assert set(ended.answer) == KEYS
    assert "Traceback" not in ended.err
    assert ended.answer["code"] != "internal_error", ended.err
    assert ended.left == ()
    return Analysed(ended, data_dir)


def check_refused(found: Analysed) -> None:
    """Exit 2: no run, no upload, no work folder; soon, and with little memory."""
    assert found.ended.exit_code == 2, found.ended.err
    assert found.ended.answer["run_id"] is None
    assert found.ended.answer["status"] == "refused"
    assert str(found.code) in found.ended.err
    assert found.ended.seconds < REFUSED_LIMIT_S
    assert found.ended.peak_bytes <= BAD_BYTES_MAX
    assert list(written(found.data_dir)) == []


def check_failed(found: Analysed) -> None:
    """Exit 1: the manifest is kept and says why, the workspace is gone."""
    assert found.ended.exit_code == 1, found.ended.err
    assert found.ended.answer["status"] == "error"
    assert found.ended.peak_bytes <= BAD_BYTES_MAX
    assert found.manifest["run"]["error"]["code"] == found.code
    assert set(found.ended.answer["components"].values()) == {"skipped"}
    assert leftovers(found.data_dir) == []


def check_real_clip(program: Program, file: Path, *, profile: Path, data_dir: Path) -> None:
    """Analyses a clip of the real corpus: measured, or refused when it is too short.

    `profile` is what needs no model; those of `FULL` are measured with everything instead.
    """
    if file.name in FULL:
        needing(*(entry.name for entry in read_manifest() if entry.is_enabled))
        found = analysed(program, file, profile="full", data_dir=data_dir)
        check_ok(found, allowed={} if file.name in ENGLISH else SPEECH_REFUSED)
        heard = found.ended.answer["components"]["speech_transcript"]
        assert heard == "error" or file.name not in RUSSIAN
        assert heard == "ok" or file.name not in ENGLISH
        return
    found = analysed(program, file, profile=profile, data_dir=data_dir)
    if file.name in SHORTER_THAN_5_S:
        assert found.code == "video_too_short"
        check_refused(found)
    else:
        check_ok(found, allowed={})


def check_ok(found: Analysed, *, allowed: Mapping[str, str]) -> None:
    """Exit 0: every component came to a result, or validly to none, or to an error allowed to it.

    `allowed` are codes by component.
    """
    assert found.ended.exit_code == 0, found.ended.err
    assert found.ended.answer["status"] == "ok"
    assert found.code is None
    codes = {
        entry["name"]: entry["error"]["code"] if entry["error"] else entry["status"]
        for entry in found.manifest["components"]
    }
    odd = {name: code for name, code in codes.items() if code not in {"ok", "empty"}}
    assert odd.items() <= allowed.items()
    assert found.ended.peak_bytes <= GOOD_BYTES_MAX
    assert leftovers(found.data_dir) == []
    assert found.manifest["run"]["preprocessing"]["counters"]["decodes"] >= 1


def written(data_dir: Path) -> Iterator[Path]:
    """Every file of an installation but its database."""
    for file in data_dir.rglob("*"):
        if file.is_file() and not file.name.startswith("trendflow.db"):
            yield file


def files(folder: str) -> list[Path]:
    """The files of a part of the corpus; none where it is not beside the repository."""
    found = sorted((SHARED / "media" / folder).glob("*"))
    return [file for file in found if file.suffix != ".json"]
