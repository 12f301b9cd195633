"""Components: what one measuring unit is, needs and promises (R-204)."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

ParameterValue = bool | int | float | str

_NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")


class Modality(StrEnum):
    """Which sense a component belongs to."""

    AUDIO = "audio"
    TEXT = "text"
    VISUAL = "visual"


class Kind(StrEnum):
    """How a component comes to its figures."""

    ALGORITHM = "algorithm"
    SERVED_MODEL = "served_model"
    COMPUTED = "computed"


class ComponentStatus(StrEnum):
    """How a component ended inside a run (R-305)."""

    OK = "ok"
    EMPTY = "empty"
    ERROR = "error"
    SKIPPED = "skipped"
    BLOCKED = "blocked"


class EmptyReason(StrEnum):
    """Why a component validly has nothing to say (R-206)."""

    AUDIO_MISSING = "audio_missing_or_extract_failed"
    NO_FACES = "no_faces_in_video"
    NO_TEXT = "no_text_available"
    OCR_DISABLED = "ocr_disabled_by_policy"
    COMMENTS_MISSING = "comments_missing_or_disabled"
    VIDEO_TOO_SHORT = "video_too_short"
    VIDEO_TOO_LONG = "video_too_long"
    DEPENDENCY_MISSING = "dependency_missing"
    NO_SPEECH = "no_speech_in_audio"
    NOTHING_DETECTED = "nothing_detected"
    TOO_LITTLE_MATERIAL = "too_little_material"


class SoundKind(StrEnum):
    """The renderings of the sound track that are extracted in the one decode (R-403)."""

    ORIGINAL = "original"
    """Original channels, original rate up to 48 kHz."""
    MUSIC = "music"
    """Mono, 22,050 Hz: the spectrum's."""
    SPEECH = "speech"
    """Mono, 16,000 Hz."""


class Cost(StrEnum):
    """What the measured seconds of a component are proportional to."""

    FRAMES = "frames"
    SOUND_SECONDS = "sound_seconds"
    VIDEO_SECONDS = "video_seconds"
    CHARACTERS = "characters"


@dataclass(frozen=True, slots=True)
class FrameBudget:
    """How many frames a component wants; the minimum binds only when that many exist (R-402)."""

    minimum: int
    target: int
    maximum: int

    def __post_init__(self) -> None:
        if not 0 < self.minimum <= self.target <= self.maximum:
            raise ValueError(f"a budget rises: {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentSpec:
    """One measuring unit of the catalogue, under its one name.

    `needs` are hard dependencies, `uses` are taken when the profile has them and they are `ok`.
    `needs_metadata` names fields of `Metadata` without which the component is refused before a run,
    `reads_metadata` every field that it is shown: others are blank to it, so that its result may be
    taken over where they differ.
    `models` are the served models it asks, all of which must be served.
    """

    name: str
    modality: Modality
    kind: Kind = Kind.ALGORITHM
    producer_version: str
    schema_version: str
    needs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    needs_metadata: tuple[str, ...] = ()
    reads_metadata: tuple[str, ...] = ()
    sounds: tuple[SoundKind, ...] = ()
    spectra: bool = False
    streams: bool = False
    frames: FrameBudget | None = None
    detail: FrameBudget | None = None
    cost: Cost = Cost.VIDEO_SECONDS
    memory_mib: int = 300
    cores: int = 1
    tier0: bool = False
    models: tuple[str, ...] = ()
    parameters: dict[str, ParameterValue] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"not a component name: {self.name!r}")
        if self.name in self.needs or self.name in self.uses:
            raise ValueError(f"{self.name} depends on itself")
        if not set(self.needs_metadata) <= set(self.reads_metadata):
            raise ValueError(f"{self.name} needs what it does not read")
        if bool(self.models) != (self.kind is Kind.SERVED_MODEL):
            raise ValueError(f"{self.name}: models go with the kind, and only with it")

    @property
    def needs_sound(self) -> bool:
        """True when the component is empty without a sound track (R-404)."""
        return bool(self.sounds) or self.spectra
