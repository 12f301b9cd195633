"""The reuse key: whatever changes a result changes it, and nothing else does."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.component import ComponentSpec, FrameBudget, Kind
from domain.identity import DATAPROCESSOR_VERSION
from domain.ledger import UserId
from domain.profile import ComponentChoice, Profile, TimeLimits
from domain.reuse_key import Equipment, reuse_key
from domain.run import Run
from domain.served_model import ServedModel
from domain.video import Metadata, UploadedFile, YoutubeLink
from tests.builders import FILE, LINK, a_run, a_spec

SPEC = a_spec("shots", reads_metadata=("title",), parameters={"threshold": 0.5})
EQUIPMENT = Equipment(decoder_build="ffmpeg 7.1")
TOLD = Metadata(title="A talk", description="About nights", views=7, duration_s=60.0)
ANY_TEXT = st.text(st.characters(codec=None), max_size=20)


def asked(**details: Any) -> Run:
    choice = ComponentChoice("shots", parameters={"threshold": 0.5})
    profile = Profile("mine", "1", (choice,))
    return a_run(**{"profile": profile, "metadata": TOLD, "source": LINK, **details})


def key(
    run: Run | None = None,
    *,
    spec: ComponentSpec = SPEC,
    equipment: Equipment = EQUIPMENT,
    taken: dict[str, str] | None = None,
) -> str | None:
    return reuse_key(spec, run or asked(), equipment, taken=taken or {})


def of_choices(*choices: ComponentChoice, **details: Any) -> Run:
    return asked(profile=Profile("another", "2", choices, **details))


def identified(**changes: str) -> Run:
    run = asked()
    run.identity = replace(run.identity, **changes)  # type: ignore[arg-type]
    return run


CHANGES: dict[str, Callable[[], str | None]] = {
    "another video": lambda: key(asked(source=YoutubeLink("aaaaaaaaaaa"))),
    "another platform": lambda: key(asked(source=FILE)),
    "a video that was cut since": lambda: key(asked(metadata=replace(TOLD, duration_s=59.0))),
    "a field that it reads": lambda: key(asked(metadata=replace(TOLD, title="Another"))),
    "a parameter": lambda: key(of_choices(ComponentChoice("shots", parameters={"threshold": 0.6}))),
    "the algorithm": lambda: key(spec=replace(SPEC, producer_version="2")),
    "the schema": lambda: key(spec=replace(SPEC, schema_version="2")),
    "the component": lambda: reuse_key(
        replace(SPEC, name="cuts"),
        of_choices(ComponentChoice("cuts", parameters={"threshold": 0.5})),
        EQUIPMENT,
        taken={},
    ),
    "which fields it reads": lambda: key(spec=replace(SPEC, reads_metadata=("title", "tags"))),
    "its frames": lambda: key(spec=replace(SPEC, frames=FrameBudget(1, 2, 3))),
    "its detail frames": lambda: key(spec=replace(SPEC, detail=FrameBudget(1, 2, 3))),
    "the sampling policy": lambda: key(identified(sampling_policy_version="2")),
    "the release": lambda: key(identified(dataprocessor_version="9.9.9")),
    "the decoder": lambda: key(equipment=Equipment(decoder_build="ffmpeg 8.0")),
    "a dependency": lambda: key(taken={"tempo": "k1"}),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_a_result_follows_from_is_in_its_key(what: str) -> None:
    assert CHANGES[what]() != key()


SAME: dict[str, Callable[[], str | None]] = {
    "another run of it": lambda: key(asked(run_id=uuid4())),
    "another profile with it": lambda: key(
        of_choices(
            ComponentChoice("tempo"),
            ComponentChoice("shots", optional=False, parameters={"threshold": 0.5}),
            limits=TimeLimits(component_s=1.0),
        )
    ),
    "a field that it does not read": lambda: key(
        asked(metadata=replace(TOLD, description="Other words", views=2**70))
    ),
    "weights of a model that it does not ask": lambda: key(
        equipment=replace(EQUIPMENT, weights_sha256={"faces": "ab" * 32})
    ),
    "the models that others ask": lambda: key(
        identified(dataprocessor_version=f"{DATAPROCESSOR_VERSION}+models.0123456789ab")
    ),
    "what it costs": lambda: key(spec=replace(SPEC, memory_mib=9, cores=3)),
}


@pytest.mark.parametrize("what", SAME)
def test_what_a_result_does_not_follow_from_is_not(what: str) -> None:
    assert SAME[what]() == key()


def test_a_key_is_a_digest_and_whose_run_it_is_does_not_matter() -> None:
    """R-102: the results of a YouTube video are everybody's."""
    run = asked()
    run.user_id = UserId(uuid4())
    found = key(run)
    assert found == key()
    assert found is not None
    assert len(bytes.fromhex(found)) == 32


def test_of_an_upload_the_content_counts_and_its_told_length_does_not() -> None:
    given = asked(source=FILE)
    assert key(asked(source=FILE, metadata=replace(TOLD, duration_s=1.0))) == key(given)
    # Equal in the id, which is the beginning of the digest.
    twin = UploadedFile(sha256=FILE.sha256[:32] + "cd" * 16, size_bytes=FILE.size_bytes)
    assert twin.video_id == FILE.video_id
    assert key(asked(source=twin)) != key(given)


def test_dependencies_count_by_their_keys() -> None:
    assert key(taken={"tempo": "k1"}) != key(taken={"tempo": "k2"})
    assert key(taken={"tempo": "k1"}) != key(taken={"onsets": "k1"})
    assert key(taken={"a": "1", "b": "2"}) == key(taken={"b": "2", "a": "1"})


def test_models_count_by_their_weights_and_never_by_their_device() -> None:
    """The device is no part of the key; of weights that nobody knows nothing is taken over."""
    spec = replace(SPEC, kind=Kind.SERVED_MODEL, models=("faces",))
    named = {f.name for f in fields(Equipment)} - {f.name for f in fields(ServedModel)}
    assert named == {"decoder_build"}
    assert "device" in {f.name for f in fields(ServedModel)}
    first, second = ({"faces": digest} for digest in ("ab" * 32, "cd" * 32))
    one = key(spec=spec, equipment=replace(EQUIPMENT, weights_sha256=first))
    assert one is not None
    assert one != key(spec=spec, equipment=replace(EQUIPMENT, weights_sha256=second))
    assert key(spec=spec) is None


@given(title=st.none() | ANY_TEXT, other=st.none() | ANY_TEXT)
def test_two_titles_have_one_key_exactly_when_they_are_one(
    title: str | None, other: str | None
) -> None:
    """Whatever a title holds, also what no encoding writes."""
    keys = [key(asked(metadata=replace(TOLD, title=text))) for text in (title, other)]
    assert (keys[0] == keys[1]) == (title == other)


@given(value=st.floats(allow_nan=False, allow_infinity=False), other=st.integers(-9, 9))
def test_two_parameters_have_one_key_exactly_when_they_are_one(value: float, other: int) -> None:
    keys = [
        key(of_choices(ComponentChoice("shots", parameters={"threshold": number})))
        for number in (value, other)
    ]
    assert (keys[0] == keys[1]) == (value == other)
