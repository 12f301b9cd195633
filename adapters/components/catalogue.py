"""Registration: a new component is one new module and one line here (R-207)."""

from collections.abc import Iterator, Sequence

from adapters.components.audio import (
    audio_events,
    audio_quality,
    harmonic_percussive,
    harmony,
    loudness,
    onsets,
    pitch,
    sound_picture_sync,
    speaker_turns,
    spectrum,
    speech_pace,
    speech_quality,
    speech_transcript,
    tempo,
    timbre,
    voice_activity,
)
from adapters.components.text import (
    comments_profile,
    description_style,
    entities,
    key_phrases,
    language,
    readability,
    sentiment,
    text_alignment,
    text_embedding,
    title_style,
    topics,
    video_facts,
)
from adapters.components.visual import (
    body_pose,
    color,
    composition,
    content_safety,
    face_attention,
    face_emotion,
    faces,
    frame_embedding,
    hook,
    key_frames,
    motion,
    objects,
    on_screen_text,
    pacing,
    repetition,
    saliency,
    sharpness,
    shots,
    shots_neural,
    story_curve,
)
from application.ports.components import Component
from domain.catalogue import Catalogue

ALL: tuple[Component, ...] = (
    sound_picture_sync.COMPONENT,
    onsets.COMPONENT,
    harmony.COMPONENT,
    audio_quality.COMPONENT,
    harmonic_percussive.COMPONENT,
    loudness.COMPONENT,
    pitch.COMPONENT,
    spectrum.COMPONENT,
    tempo.COMPONENT,
    timbre.COMPONENT,
    voice_activity.COMPONENT,
    audio_events.COMPONENT,
    speech_quality.COMPONENT,
    speech_transcript.COMPONENT,
    speech_pace.COMPONENT,
    speaker_turns.COMPONENT,
    comments_profile.COMPONENT,
    description_style.COMPONENT,
    entities.COMPONENT,
    key_phrases.COMPONENT,
    language.COMPONENT,
    readability.COMPONENT,
    sentiment.COMPONENT,
    text_alignment.COMPONENT,
    text_embedding.COMPONENT,
    title_style.COMPONENT,
    topics.COMPONENT,
    video_facts.COMPONENT,
    body_pose.COMPONENT,
    color.COMPONENT,
    composition.COMPONENT,
    content_safety.COMPONENT,
    face_attention.COMPONENT,
    face_emotion.COMPONENT,
    faces.COMPONENT,
    frame_embedding.COMPONENT,
    hook.COMPONENT,
    key_frames.COMPONENT,
    motion.COMPONENT,
    objects.COMPONENT,
    on_screen_text.COMPONENT,
    pacing.COMPONENT,
    repetition.COMPONENT,
    saliency.COMPONENT,
    sharpness.COMPONENT,
    shots.COMPONENT,
    shots_neural.COMPONENT,
    story_curve.COMPONENT,
)


class ShippedComponents:
    """The components of this installation (port `Components`)."""

    def __init__(self, components: Sequence[Component] = ALL) -> None:
        self._by_name = {component.spec.name: component for component in components}
        self.catalogue = Catalogue(component.spec for component in components)

    def __getitem__(self, name: str) -> Component:
        return self._by_name[name]

    def __iter__(self) -> Iterator[Component]:
        return (self._by_name[name] for name in self.catalogue.names)
