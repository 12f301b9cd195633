"""The plan of the sample: what is seen and heard when, in seconds from its beginning.

Everything else is made from these numbers, and the truth that the demo prints is read from them.
"""

from dataclasses import dataclass

DURATION_S = 30.0
FRAME_RATE_HZ = 25
WIDTH_PX, HEIGHT_PX = 1280, 720
SAMPLE_RATE_HZ = 48_000

TEMPO_BPM = 120.0
KEY, MODE = "C", "major"
LOUDNESS_LUFS = -16.0

# Whole pixels from frame to frame, so that the picture turns without being blurred.
PAN_PX_PER_FRAME = 8
PAN_WIDTHS_PER_S = PAN_PX_PER_FRAME * FRAME_RATE_HZ / WIDTH_PX
ZOOM_LOG_PER_S = 0.10
CARD_GREY = 150

TITLE = "7 ways to film at NIGHT: my tricks! 🌙"


@dataclass(frozen=True, slots=True)
class Span:
    """From `start_s` up to, not including, `end_s`."""

    start_s: float
    end_s: float

    @property
    def seconds(self) -> float:
        return self.end_s - self.start_s

    @property
    def middle_s(self) -> float:
        return (self.start_s + self.end_s) / 2

    def share(self, at_s: float) -> float:
        """How much of it is over at a moment, 0 to 1."""
        return min(max((at_s - self.start_s) / self.seconds, 0.0), 1.0)

    def inner(self, margin_s: float) -> "Span":
        """The span without its edges, where filters and grids still see the neighbours."""
        return Span(self.start_s + margin_s, self.end_s - margin_s)


OPENING = Span(0.0, 4.0)
PAN = Span(4.0, 8.0)
ZOOM = Span(8.0, 12.0)
CARD = Span(12.0, 14.0)
FACE = Span(14.0, 17.0)
DISSOLVE = Span(17.0, 18.0)
QUESTION = Span(18.0, 21.5)
FADE_OUT = Span(21.5, 22.0)
BLACK = Span(22.0, 22.5)
FADE_IN = Span(22.5, 23.0)
CLOSING = Span(23.0, DURATION_S)

OPENING_WORDS = ("How I film", "at night", "A sample in which every number is known")
QUESTION_WORDS = ("Как снимать", "ночью?", "Семь приёмов, которые видно в числах")

HARD_CUTS_S = (PAN.start_s, ZOOM.start_s, CARD.start_s, FACE.start_s)
FADE = Span(FADE_OUT.start_s, FADE_IN.end_s)
# The cuts, the dissolve and the fade stand between them.
SHOTS = len(HARD_CUTS_S) + 3


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence spoken over the music; what does not fit into its span is faded out."""

    span: Span
    voice: str
    text: str


# Within the first line, whatever the voice: it is spoken slower or faster, never so fast.
SURE_OF_SPEECH = Span(0.8, 1.4)

LINES = (
    Line(Span(0.4, 3.9), "en", "This is a sample. Every number in it is known beforehand."),
    Line(Span(8.3, 11.8), "en", "Now the camera goes in, slowly and steadily."),
    Line(Span(18.3, 21.4), "ru", "А эту фразу голос произносит по-русски."),
    Line(Span(24.0, 28.5), "en", "Now compare what was measured with what was made."),
)
