"""Artifact schemas: what each array of an artifact is, and how to draw it (R-306, R-804)."""

import re
from dataclasses import dataclass
from enum import StrEnum

_ARRAY_NAME = re.compile(r"[a-z][a-z0-9_]*")


class DType(StrEnum):
    """The types that an artifact's arrays may have; text is fixed-width unicode."""

    FLOAT64 = "float64"
    FLOAT32 = "float32"
    INT64 = "int64"
    UINT8 = "uint8"
    BOOL = "bool"
    TEXT = "text"


class Drawing(StrEnum):
    """How a front end shows an array."""

    VALUE = "value"
    LINE = "line"
    BANDS = "bands"
    HISTOGRAM = "histogram"
    MARKS = "marks"
    SEGMENTS = "segments"
    TABLE = "table"
    KEY_FRAMES = "key_frames"
    HIDDEN = "hidden"


class Unit(StrEnum):
    """Units of measured values; empty where a value has none."""

    NONE = ""
    SECONDS = "s"
    HERTZ = "Hz"
    BPM = "BPM"
    LUFS = "LUFS"
    LU = "LU"
    DB = "dB"
    DBTP = "dBTP"
    SHARE = "share"
    COUNT = "count"
    CENTS = "cents"
    PER_SECOND = "1/s"
    PER_MINUTE = "1/min"
    PER_TEN_SECONDS = "1/10 s"
    FRAME_HEIGHTS_PER_SECOND = "frame heights/s"
    FRAME_WIDTHS_PER_SECOND = "frame widths/s"
    LOG_SCALE_PER_SECOND = "log scale/s"
    DEGREES = "°"
    DEGREES_PER_SECOND = "°/s"
    FRAME_INDEX = "frame"
    PIXELS = "px"
    DAYS = "d"


class Words(StrEnum):
    """What stored words are: texts as they were found and words of ours, or codes of languages."""

    PLAIN = "word"
    LANGUAGES = "tongue"


@dataclass(frozen=True, slots=True)
class Label:
    """One text in the two languages of the product."""

    en: str
    ru: str

    def __post_init__(self) -> None:
        if not self.en.strip() or not self.ru.strip():
            raise ValueError("a label speaks both languages")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What tells how sure a value is, and from where on it is to be believed.

    `by` names a scalar of the same artifact: a confidence, or a flag, which counts as 0 or 1.
    """

    by: str
    below: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ArraySchema:
    """One array: type, axes, unit, range, name, meaning and drawing.

    `axes` name the dimensions; two arrays of one artifact with the same axis name have the same
    length there, and a number as text (`"2"`) is a fixed length. `()` is a scalar (0-d).
    `along` names the array that holds the positions of the first axis (times for a line).
    `presence` names a bool array of the same shape that is False where the value is missing (NaN).
    `doubt` tells when the value means nothing, though it is there.
    `words` names the vocabulary that a front end reads stored words by.
    `may_be_constant` is for a line that rightly stays level while its input varies.
    """

    name: str
    dtype: DType
    axes: tuple[str, ...] = ()
    unit: Unit = Unit.NONE
    low: float | None = None
    high: float | None = None
    label: Label
    meaning: Label
    drawing: Drawing
    along: str | None = None
    presence: str | None = None
    choices: tuple[str, ...] = ()
    words: Words = Words.PLAIN
    may_be_constant: bool = False
    doubt: Doubt | None = None

    def __post_init__(self) -> None:
        if not _ARRAY_NAME.fullmatch(self.name):
            raise ValueError(f"not an array name: {self.name!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtifactSchema:
    """Everything an artifact of one component holds, in the order it is shown."""

    component: str
    version: str
    label: Label
    meaning: Label
    arrays: tuple[ArraySchema, ...]

    def __post_init__(self) -> None:
        names = [array.name for array in self.arrays]
        for array in self.arrays:
            if names.count(array.name) > 1:
                raise ValueError(f"{self.component} lists {array.name} twice")
            for other in (array.along, array.presence):
                if other is not None and other not in names:
                    raise ValueError(f"{self.component}.{array.name} names {other}, not listed")
            if array.doubt is not None and array.doubt.by not in names:
                raise ValueError(f"{self.component}.{array.name} doubts by what is not listed")
            if array.presence is not None:
                mask = self.array(array.presence)
                if mask.dtype is not DType.BOOL or mask.axes != array.axes:
                    raise ValueError(f"{mask.name} is no presence mask for {array.name}")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(array.name for array in self.arrays)

    def array(self, name: str) -> ArraySchema:
        """The array of that name; KeyError when the schema does not list it."""
        for array in self.arrays:
            if array.name == name:
                return array
        raise KeyError(name)
