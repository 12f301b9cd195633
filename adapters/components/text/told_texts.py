"""The texts that tell of a video, as the components that ask models read them."""

from adapters.components.text import chapters, signs, words
from application.ports.components import Arrays, Inputs, Measurement
from domain.component import EmptyReason

TITLE, DESCRIPTION, TAGS = "title", "description", "tags"
TRANSCRIPT, SCREEN = "transcript", "screen"
LABELS = (TITLE, DESCRIPTION, TAGS, TRANSCRIPT, SCREEN)
READS = ("title", "description", "tags")
USES = ("speech_transcript",)

LETTERS_MIN = 2
"""A text with fewer letters says nothing that could be compared."""


def told(inputs: Inputs) -> dict[str, str]:
    """The texts that hold words, by label, without links, time codes and invisible signs.

    The transcript is among them where its words are kept, which policy decides (R-703).
    """
    found = {
        TITLE: readable(inputs.metadata.title),
        DESCRIPTION: readable(inputs.metadata.description),
        TAGS: readable(", ".join(inputs.metadata.tags)),
        TRANSCRIPT: readable(" ".join(said(inputs))),
    }
    return {label: text for label, text in found.items() if _letters(text) >= LETTERS_MIN}


def said(inputs: Inputs) -> list[str]:
    """The words of the transcript in order; none where they are not kept."""
    heard: Arrays = inputs.artifacts.get("speech_transcript", {})
    return [str(word) for word in heard["words"].tolist()] if heard else []


def nothing_told(inputs: Inputs) -> Measurement:
    """Why there are no texts: nobody gave one, or those given hold no words."""
    given = (inputs.metadata.title, inputs.metadata.description, *inputs.metadata.tags)
    if any((text or "").strip() for text in given):
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL)
    return Measurement.empty(EmptyReason.NO_TEXT)


def readable(text: str | None) -> str:
    """A text as people read it, without addresses and time codes."""
    plain = words.visible(text or "")
    return chapters.without_time_codes(signs.without_links(plain)).strip()


def _letters(text: str) -> int:
    letters, _, _ = words.script_counts(text)
    return letters
