"""Registration: a new component is one new module and one line here (R-207)."""

from collections.abc import Iterator, Sequence

from adapters.components.audio import (
    audio_quality,
    harmonic_percussive,
    loudness,
    pitch,
    spectrum,
    tempo,
    timbre,
)
from adapters.components.text import description_style, key_phrases, readability, title_style
from adapters.components.visual import color, composition, motion, saliency, sharpness, story_curve
from application.ports.components import Component
from domain.catalogue import Catalogue

# pacing is written and waits for shots.
# In work: harmony, onsets, sound_picture_sync.
ALL: tuple[Component, ...] = (
    pitch.COMPONENT,
    tempo.COMPONENT,
    loudness.COMPONENT,
    audio_quality.COMPONENT,
    spectrum.COMPONENT,
    timbre.COMPONENT,
    harmonic_percussive.COMPONENT,
    title_style.COMPONENT,
    description_style.COMPONENT,
    readability.COMPONENT,
    key_phrases.COMPONENT,
    saliency.COMPONENT,
    composition.COMPONENT,
    motion.COMPONENT,
    color.COMPONENT,
    sharpness.COMPONENT,
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
