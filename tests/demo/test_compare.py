"""What the comparison says of measurements that are made up."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from domain.schema import Label
from entrypoints.demo import timeline as plan
from entrypoints.demo.compare import Row, compare, lines, show
from entrypoints.demo.known import KNOWN, Known
from entrypoints.demo.timeline import Span

GRID_S = np.arange(round(plan.DURATION_S * 12)) / 12
WHAT = Label("What", "Что")


def a_known(value: float | str | tuple[float, ...], **about: Any) -> Known:
    given: dict[str, Any] = {"component": "tempo", "array": "bpm", "what": WHAT, **about}
    return Known(value=value, **given)


def verdict(known: Known, **arrays: NDArray[Any]) -> bool | None:
    (row,) = compare({known.component: arrays}, [known])
    return row.is_right


def perfect() -> dict[str, dict[str, NDArray[Any]]]:
    """What components without any error would measure."""
    measured: dict[str, dict[str, NDArray[Any]]] = {}
    for known in KNOWN:
        arrays = measured.setdefault(known.component, {})
        if known.within is not None:
            arrays["times_s"] = GRID_S
            curve = arrays.setdefault(known.array, np.full(len(GRID_S), np.nan))
            inside = (known.within.start_s <= GRID_S) & (known.within.end_s > GRID_S)
            curve[inside] = known.value
        elif known.kind is None:
            arrays[known.array] = np.array(known.value)
    kinds = [(t, "cut") for t in plan.HARD_CUTS_S]
    kinds += [(plan.DISSOLVE.middle_s, "dissolve"), (plan.FADE.middle_s, "fade")]
    for component in ("shots", "shots_neural"):
        measured[component] = {
            "cut_times_s": np.array([t for t, _ in sorted(kinds)]),
            "transition_kinds": np.array([kind for _, kind in sorted(kinds)]),
        }
    return measured


def test_perfect_measurements_are_all_right() -> None:
    assert [row.name for row in compare(perfect()) if not row.is_right] == []


@pytest.mark.parametrize("index", range(len(KNOWN)), ids=lambda i: KNOWN[i].what.en)
def test_each_known_value_can_be_missed(index: int) -> None:
    """No row whose verdict could not fall."""
    known, measured = KNOWN[index], perfect()
    arrays = measured[known.component]
    if isinstance(known.value, str):
        arrays[known.array] = np.array("F#")
    else:
        arrays[known.array] = arrays[known.array] + 1.01 * known.tolerance + 0.001
    rows = compare(measured)
    assert rows[index].is_right is False
    assert all(row.is_right for row in rows if row.known.component != known.component)


def test_what_was_not_measured_is_neither_right_nor_wrong() -> None:
    rows = compare({})
    assert {row.is_right for row in rows} == {None}
    assert {show(row.measured) for row in rows} == {"—"}


def test_the_edge_of_a_tolerance_is_within_it() -> None:
    known = a_known(120.0, tolerance=1.2)
    assert verdict(known, bpm=np.array(121.2)) is True
    assert verdict(known, bpm=np.array(121.21)) is False
    assert verdict(known, bpm=np.array(118.8)) is True
    assert verdict(known, bpm=np.array(np.nan)) is False


@pytest.mark.parametrize(
    ("found", "right"),
    [
        ([4.0, 8.0], True),
        ([4.08, 7.92], True),
        ([4.0], False),
        ([], False),
        ([4.0, 8.0, 9.0], False),
        ([4.0, 8.2], False),
    ],
)
def test_a_cut_too_many_or_too_few_is_wrong(found: list[float], right: bool) -> None:
    known = a_known(
        (4.0, 8.0), component="shots", array="cut_times_s", kind="cut", tolerance=1 / 12
    )
    kinds = np.array(["cut"] * len(found), dtype="U8")
    assert verdict(known, cut_times_s=np.array(found), transition_kinds=kinds) is right


@pytest.mark.parametrize(
    ("bounds_s", "right"),
    [([[14.0, 17.5]], True), ([[13.9, 17.9]], True), ([[14.0, 18.1]], False), ([], False)],
)
def test_a_face_too_many_or_too_few_is_wrong(bounds_s: list[list[float]], right: bool) -> None:
    known = a_known((14.0, 17.5), component="faces", array="track_bounds_s", tolerance=0.5)
    found = np.array(bounds_s).reshape(-1, 2)
    assert verdict(known, track_bounds_s=found) is right
    assert verdict(known, track_bounds_s=np.vstack([found, [[1.0, 2.0]]])) is False


def test_transitions_of_another_kind_do_not_count() -> None:
    known = a_known((15.5,), array="cut_times_s", kind="dissolve", tolerance=0.5)
    times_s, kinds = np.array([4.0, 15.4]), np.array(["cut", "dissolve"])
    assert verdict(known, cut_times_s=times_s, transition_kinds=kinds) is True
    assert verdict(known, cut_times_s=times_s, transition_kinds=kinds[::-1]) is False


def test_a_curve_is_read_in_its_part_of_the_video_only() -> None:
    known = a_known(0.15, array="camera_pan", tolerance=0.015, within=Span(4.5, 7.5))
    curve = np.where((GRID_S >= 4.5) & (GRID_S < 7.5), 0.15, -9.0)
    assert verdict(known, camera_pan=curve, times_s=GRID_S) is True
    assert verdict(known, camera_pan=np.full_like(curve, -9.0), times_s=GRID_S) is False
    assert verdict(known, camera_pan=curve[:3], times_s=GRID_S[:3]) is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [(-16.0, "-16"), (0.5882, "0.5882"), ("C", "C"), ((4.0, 8.0), "4.00 8.00"), ((), "none")],
)
def test_values_are_shown_as_a_person_reads_them(
    value: float | str | tuple[float, ...], shown: str
) -> None:
    assert show(Row(a_known(0.0), value).measured) == shown


def test_the_table_says_each_verdict_in_both_languages() -> None:
    measured = perfect()
    measured["tempo"]["bpm"] = np.array(60.0)
    del measured["harmony"]["key"]
    rows = compare(measured)
    english, russian = lines(rows, "en"), lines(rows, "ru")
    assert len(english) == len(russian) == len(KNOWN) + 1
    (tempo,) = (line for line in english if line.startswith("tempo.bpm"))
    assert tempo.split() == ["tempo.bpm", "Tempo", "120", "BPM", "60", "±1.2", "OFF"]
    (key,) = (line for line in russian if line.startswith("harmony.key"))
    assert key.split() == ["harmony.key", "Тональность", "C", "—", "=", "не", "измерено"]
    assert sum(line.endswith(" ok") for line in english) == len(KNOWN) - 2
