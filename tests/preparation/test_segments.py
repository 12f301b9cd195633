"""Prepared material is there whole after one rename, or not there at all."""

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import numpy as np
import pytest
from numpy.typing import NDArray

from adapters.folder.workspaces import FolderWorkspaces
from adapters.preparation import pictures
from adapters.preparation.segments import FolderSegments
from application.ports.components import Timeline
from application.ports.orders import MeasureOrder
from application.ports.segments import Segmentation, SegmentDraft
from application.ports.video_files import DecodedSound
from application.told_comments import leave_comments
from domain.component import FrameBudget, SoundKind
from domain.identity import RunId
from domain.manifest import Preprocessing
from domain.run import Failure
from domain.sampling import plan
from domain.video import Metadata
from tests.builders import a_spec

COUNT = 24
WIDTH_PX, HEIGHT_PX = 64, 48
RUN = RunId(uuid4())
SPEC = a_spec(
    "shots",
    streams=True,
    spectra=True,
    sounds=(SoundKind.MUSIC,),
    frames=FrameBudget(3, 3, 3),
    detail=FrameBudget(2, 2, 2),
)
NOISE = np.random.default_rng(5)
PLANES = NOISE.integers(0, 256, (COUNT, HEIGHT_PX * 3 // 2, WIDTH_PX), dtype=np.uint8)
SAMPLES = NOISE.standard_normal(2 * 22_050).astype("<f4")
OBSERVED = {"shots": {"means": np.arange(COUNT, dtype=np.float64)}}
RECORD = Segmentation(
    timeline=Timeline(
        frame_count=COUNT,
        duration_s=2.0,
        width_px=WIDTH_PX,
        height_px=HEIGHT_PX,
        has_sound=True,
        shown_s=tuple(index / 25 for index in range(COUNT)),
    ),
    detail_size=(WIDTH_PX, HEIGHT_PX),
    plan=plan(COUNT, {"shots": FrameBudget(3, 3, 3)}, {"shots": FrameBudget(2, 2, 2)}),
    sounds={SoundKind.MUSIC: DecodedSound(rate_hz=22_050, channels=1, sample_count=len(SAMPLES))},
    has_spectra=True,
    preprocessing=Preprocessing(
        source={"shown_size": [1280, 720], "frame_rate_hz": 25.0},
        operations=("scale",),
        attempts=({"what": "decode"},),
    ),
    watcher_failures={"motion": Failure("component_failed", "ValueError", fields={"x": 1.5})},
)


@pytest.fixture
def segments(tmp_path: Path) -> FolderSegments:
    return FolderSegments(FolderWorkspaces(tmp_path).folder)


def fill(draft: SegmentDraft) -> None:
    for index in RECORD.plan.union:
        draft.keep(PLANES[index])
    draft.detail_file.write_bytes(b"".join(PLANES[i].tobytes() for i in RECORD.plan.detail_union))
    draft.sound_file(SoundKind.MUSIC).write_bytes(SAMPLES.tobytes())
    draft.make_spectra(RECORD.sounds[SoundKind.MUSIC])


def break_off(segments: FolderSegments) -> None:
    with segments.draft(RUN) as draft:
        fill(draft)
        raise KeyError("broken off")


def committed(segments: FolderSegments, record: Segmentation = RECORD) -> None:
    with segments.draft(RUN) as draft:
        fill(draft)
        draft.commit(record, OBSERVED)


def test_what_was_committed_is_loaded_field_by_field(segments: FolderSegments) -> None:
    committed(segments)
    assert segments.load(RUN) == RECORD


def test_nothing_is_there_before_a_commit(segments: FolderSegments) -> None:
    assert segments.load(RUN) is None
    with segments.draft(RUN) as draft:
        fill(draft)
        assert segments.load(RUN) is None
    assert segments.load(RUN) is None


def test_a_draft_that_breaks_off_leaves_nothing(segments: FolderSegments, tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="broken off"):
        break_off(segments)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


def test_what_a_killed_draft_left_is_no_result_and_goes_with_the_next(
    segments: FolderSegments, tmp_path: Path
) -> None:
    """Hardening case 18: a kill leaves the folder of the draft behind."""
    left = tmp_path / "work" / str(RUN) / "segment.0123.part"
    left.mkdir(parents=True)
    (left / "record.json").write_text("{}")
    assert segments.load(RUN) is None
    committed(segments)
    assert not left.exists()


def test_a_later_commit_takes_the_place_of_the_former(segments: FolderSegments) -> None:
    committed(segments)
    later = replace(RECORD, preprocessing=Preprocessing(operations=("scale", "rotate")))
    committed(segments, later)
    assert segments.load(RUN) == later


def test_inputs_are_what_was_decoded_bit_for_bit(segments: FolderSegments) -> None:
    """R-402, R-403: pictures, sound and spectrum as they came out of the decoder."""
    committed(segments)
    order = MeasureOrder(
        run_id=RUN, component="shots", parameters={}, metadata=Metadata(), timeout_s=1.0
    )
    found = segments.inputs(order, SPEC, block_s=0.5)
    assert found.frames is not None
    assert found.detail is not None
    assert found.frames.indices.tolist() == list(RECORD.plan.frames["shots"])
    same(list(found.frames.rgb()), [pictures.rgb(PLANES[i]) for i in RECORD.plan.frames["shots"]])
    same(list(found.detail.luma()), [pictures.luma(PLANES[i]) for i in RECORD.plan.detail["shots"]])
    same([found.observed["means"]], [OBSERVED["shots"]["means"]])
    blocks = list(found.sounds[SoundKind.MUSIC].blocks())
    assert len(blocks) > 1
    same([np.concatenate([block.samples[:, 0] for block in blocks])], [SAMPLES])
    assert found.spectra is not None
    assert found.spectra.column_count == 1 + len(SAMPLES) // found.spectra.hop
    assert (found.source.width_px, found.source.height_px) == (1280, 720)
    assert found.source.duration_s == RECORD.timeline.duration_s


def test_comments_are_shown_to_whoever_reads_them_and_to_nobody_else(
    segments: FolderSegments, tmp_path: Path
) -> None:
    """R-703: they come from the workspace, whatever the run's metadata says."""
    committed(segments)
    leave_comments(FolderWorkspaces(tmp_path).folder(RUN), ("Ночь \ud83d", "second"))
    order = MeasureOrder(
        run_id=RUN, component="shots", parameters={}, metadata=Metadata(), timeout_s=1.0
    )
    reading = replace(SPEC, reads_metadata=("comments",))
    told = segments.inputs(order, reading, block_s=0.5).metadata
    assert told.comments == ("Ночь \ud83d", "second")
    assert segments.inputs(order, SPEC, block_s=0.5).metadata.comments is None


def test_pictures_for_people_are_jpegs_of_stored_frames(segments: FolderSegments) -> None:
    committed(segments)
    (first, *_) = RECORD.plan.union
    (picture,) = segments.jpegs(RUN, (first,))
    assert picture.startswith(b"\xff\xd8\xff")
    with pytest.raises(KeyError):
        segments.jpegs(RUN, (first + 1,))


def same(found: list[NDArray[np.generic]], expected: list[NDArray[np.generic]]) -> None:
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_array_equal(one, other, strict=True)
