"""The record of a finished segment stage as JSON in the workspace, and back."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from application.ports.components import Timeline
from application.ports.segments import Segmentation
from application.ports.video_files import DecodedSound
from domain.component import SoundKind
from domain.identity import DATAPROCESSOR_VERSION
from domain.manifest import Preprocessing
from domain.run import Failure
from domain.sampling import SAMPLING_POLICY_VERSION, SamplingPlan

_LAYOUT = "2"
"""Rises when a field comes or goes: a record of an older release begins the stage anew."""

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def _made_by() -> list[str]:
    """What must be equal for a record to count; nothing here was flushed to disk, so a machine
    that restarted in between begins the stage anew."""
    boot = _BOOT_ID.read_text(encoding="ascii").strip() if _BOOT_ID.exists() else ""
    return [DATAPROCESSOR_VERSION, SAMPLING_POLICY_VERSION, _LAYOUT, boot]


def write(file: Path, segmentation: Segmentation) -> None:
    """Writes the record; the folder around it is made visible later, in one rename."""
    content = {"made_by": _made_by(), **asdict(segmentation)}
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def read(file: Path) -> Segmentation | None:
    """The record, or None when there is none or it is from another time."""
    if not file.exists():
        return None
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    if content["made_by"] != _made_by():
        return None
    return Segmentation(
        timeline=_timeline(content["timeline"]),
        detail_size=(content["detail_size"][0], content["detail_size"][1]),
        plan=_plan(content["plan"]),
        sounds={SoundKind(k): DecodedSound(**v) for k, v in content["sounds"].items()},
        has_spectra=content["has_spectra"],
        preprocessing=_preprocessing(content["preprocessing"]),
        watcher_failures={k: Failure(**v) for k, v in content["watcher_failures"].items()},
    )


def _timeline(content: dict[str, Any]) -> Timeline:
    return Timeline(**{**content, "shown_s": tuple(content["shown_s"])})


def _plan(content: dict[str, Any]) -> SamplingPlan:
    return SamplingPlan(
        frame_count=content["frame_count"],
        frames={name: tuple(indices) for name, indices in content["frames"].items()},
        detail={name: tuple(indices) for name, indices in content["detail"].items()},
    )


def _preprocessing(content: dict[str, Any]) -> Preprocessing:
    lists = ("operations", "attempts", "warnings")
    return Preprocessing(**{**content, **{name: tuple(content[name]) for name in lists}})
