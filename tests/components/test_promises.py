"""What others rely on of the catalogue: names, Tier-0, what is told of people, what is kept."""

import re

import pytest

from adapters.components.catalogue import ShippedComponents
from adapters.model_repository.manifest import read_manifest
from application.ports.components import Component
from domain.component import Kind
from domain.schema import DType

SHIPPED = ShippedComponents()
TIER0 = {
    "audio_events",
    "color",
    "face_emotion",
    "faces",
    "frame_embedding",
    "hook",
    "loudness",
    "motion",
    "pacing",
    "sharpness",
    "shots",
    "tempo",
    "text_embedding",
    "title_style",
    "video_facts",
    "voice_activity",
}
RELIED_ON = {
    "voice_activity": {"speech_bounds_s": "float64", "speech_share": "float64"},
    "speech_transcript": {"words": "text", "word_bounds_s": "float64", "word_count": "int64"},
    "speech_pace": {"words_per_minute": "float64"},
    "faces": {
        "times_s": "float64",
        "counts": "int64",
        "track_bounds_s": "float64",
        "screen_time_share": "float64",
    },
    "face_emotion": {"probabilities": "float32", "labels": "text", "times_s": "float64"},
    "objects": {"labels": "text", "times_s": "float64", "counts": "int64"},
    "on_screen_text": {"times_s": "float64", "area_share": "float64", "characters": "int64"},
    "frame_embedding": {"vectors": "float32", "times_s": "float64"},
    "text_embedding": {"vectors": "float32", "labels": "text"},
}
USES = {
    "hook": {"voice_activity", "faces", "on_screen_text"},
    "story_curve": {"voice_activity", "faces", "frame_embedding"},
    "composition": {"faces"},
    "key_frames": {"faces"},
    "text_alignment": {"on_screen_text"},
}
FREE_TEXT = {
    "key_phrases.phrases": "of the title, the description and words that policy allows",
    "title_style.marker_words": "of the title",
    "speech_transcript.words": "R-703: empty but where policy allows",
    "on_screen_text.words": "R-703: empty but where policy allows",
    "video_facts.category": "what the platform calls it",
    "video_facts.counters_read_at": "a date",
    "video_facts.published_at": "a date",
    "speech_transcript.language": "a code",
    "language.language": "a code",
    "language.languages": "codes",
    "topics.taxonomy_version": "a version",
}
DIRECTIONS = {
    "frame_embedding.vectors",
    "text_embedding.vectors",
    "text_embedding.part_vectors",
    "on_screen_text.text_vectors",
}
"""Arrays that could find their like in another video: of whole frames and of texts alone."""
NUMBERS_MIN = 64
"""So many numbers in a row could tell one person from others; a body has 17 points."""
OF_PEOPLE = re.compile(
    r"\b(age|aged|gender|sex|male|female|race|ethnic\w*|religio\w*|health|identit\w*|(?<!years )old"
    r"|возраст\w*|пол|раса|расов\w*|религи\w*|здоровь\w*)\b"
)
DOUBTS = re.compile(
    r"often|may |sometimes|may be|miss|mislead|unsure|noisy|surer|small english|pass for|look more"
    r"|counts as bad|closer together|neither|not statements|no irony|taken at its word|hears music"
    r"|leaves out"
)


def named(name: str) -> Component:
    return SHIPPED[name]


def test_tier0_is_what_the_forecast_was_promised() -> None:
    """R-202, R-801: the marks of the component catalogue, neither more nor fewer."""
    assert SHIPPED.catalogue.tier0 == TIER0


@pytest.mark.parametrize("name", RELIED_ON)
def test_arrays_that_others_rely_on_have_their_names_and_types(name: str) -> None:
    found = {array.name: str(array.dtype) for array in named(name).schema.arrays}

    assert {array: found.get(array) for array in RELIED_ON[name]} == RELIED_ON[name]


@pytest.mark.parametrize("name", USES)
def test_what_a_component_takes_when_it_is_there_is_asked_for(name: str) -> None:
    """R-204: soft needs; what it makes of them is tried in `test_uses_of_faces`."""
    assert USES[name] <= set(named(name).spec.uses)


def test_no_figure_and_no_class_tells_who_or_of_what_kind_a_person_is() -> None:
    """Nobody is identified; age, gender, race, religion and health are not inferred."""
    told = [
        f"{component.spec.name}.{array.name} {text}"
        for component in SHIPPED
        for array in component.schema.arrays
        if component.spec.name != "video_facts"  # The age of the video.
        for text in (array.name.replace("_", " "), array.label.en, array.label.ru, *array.choices)
        if OF_PEOPLE.search(text.lower())
    ]
    classes = [
        f"{entry.name}: {one}"
        for entry in read_manifest()
        for one in (entry.task, *entry.classes)
        if OF_PEOPLE.search(one.lower())
    ]

    assert told == classes == []


def test_no_vector_of_a_face_a_voice_or_a_body_is_kept() -> None:
    """Directions by which a person could be found again stay inside the component."""
    wide = {
        f"{component.spec.name}.{array.name}"
        for component in SHIPPED
        for array in component.schema.arrays
        if array.dtype in {DType.FLOAT32, DType.FLOAT64}
        for axis in array.axes[1:] or array.axes
        if axis.isdecimal() and int(axis) >= NUMBERS_MIN
    }

    assert wide == DIRECTIONS


def test_free_text_is_kept_where_it_is_public_or_policy_allows_and_nowhere_else() -> None:
    """R-703: everything else that is text is one of listed choices."""
    free = {
        f"{component.spec.name}.{array.name}"
        for component in SHIPPED
        for array in component.schema.arrays
        if array.dtype is DType.TEXT and not array.choices
    }

    assert free == set(FREE_TEXT)


@pytest.mark.parametrize(
    "component",
    [one for one in SHIPPED if one.spec.kind is Kind.SERVED_MODEL],
    ids=lambda component: str(component.spec.name),
)
def test_what_a_model_is_weak_in_stands_in_its_description(component: Component) -> None:
    """The report shows it beside the figures, in both languages."""
    meaning = component.schema.meaning

    assert DOUBTS.search(meaning.en.lower()), meaning.en
    assert len(meaning.ru) > 0.6 * len(meaning.en)
