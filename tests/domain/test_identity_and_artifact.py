"""What names a result, and where it lives (R-302, R-303)."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.artifact import artifact_path, checked_path, manifest_path, run_folder
from domain.identity import dataprocessor_version, release_of
from domain.video import Platform
from tests.builders import FILE, an_identity

RUN_ID = UUID("12345678-1234-5678-1234-567812345678")
PART = st.from_regex(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,30}", fullmatch=True)


def test_the_identity_has_six_words() -> None:
    """R-302."""
    assert an_identity(run_id=RUN_ID, config_hash="c" * 64).as_dict() == {
        "platform_id": "youtube",
        "video_id": "dQw4w9WgXcQ",
        "run_id": str(RUN_ID),
        "config_hash": "c" * 64,
        "sampling_policy_version": "1",
        "dataprocessor_version": "0.1.0",
    }


def test_the_models_of_a_release_are_part_of_its_version() -> None:
    """R-307, R-906: neither their order nor when it is asked matters; any of them does."""
    first = dataprocessor_version({"faces": "ab:1", "voices": "cd:1"})
    assert first == dataprocessor_version({"voices": "cd:1", "faces": "ab:1"})
    assert first.startswith("0.1.0+models.")
    for weights in ({"faces": "ab:2", "voices": "cd:1"}, {"faces": "ab:1"}, {}):
        assert dataprocessor_version(weights) != first
        assert release_of(dataprocessor_version(weights)) == release_of(first) == "0.1.0"
    assert release_of("0.1.0") == "0.1.0"


@pytest.mark.parametrize(
    ("platform", "video_id"), [(Platform.YOUTUBE, "-_abcDEF123"), (Platform.UPLOAD, FILE.video_id)]
)
def test_results_lie_by_platform_video_run_and_component(platform: Platform, video_id: str) -> None:
    """R-303."""
    identity = an_identity(run_id=RUN_ID, platform=platform, video_id=video_id)
    folder = f"{platform}/{video_id}/{RUN_ID}"
    assert str(run_folder(identity)) == folder
    assert artifact_path(identity, "tempo") == f"{folder}/tempo/tempo.npz"
    assert manifest_path(identity) == f"{folder}/manifest.json"
    for path in (artifact_path(identity, "tempo"), manifest_path(identity)):
        assert str(checked_path(path)) == path


@given(st.lists(PART, min_size=1, max_size=6))
def test_plain_names_make_a_path(parts: list[str]) -> None:
    assert checked_path("/".join(parts)).parts == tuple(parts)


@given(st.text("ab./\\~\x00 é", max_size=12))
def test_a_path_never_leads_out_of_the_store(text: str) -> None:
    try:
        path = checked_path(text)
    except ValueError:
        return
    assert not path.is_absolute()
    assert not any(part.startswith(".") for part in path.parts)
    assert str(path) == text
