"""The texts that tell of a video, as the components that ask models read them."""

from collections.abc import Collection

from adapters.components.text import chapters, signs, words
from application.ports.components import Arrays, Inputs, Measurement
from domain.component import EmptyReason

TITLE, DESCRIPTION, TAGS = "title", "description", "tags"
TRANSCRIPT, SCREEN = "transcript", "screen"
LABELS = (TITLE, DESCRIPTION, TAGS, TRANSCRIPT, SCREEN)
READS = (TITLE, DESCRIPTION, TAGS)
"""The fields of the metadata, which bear the same names as the texts."""
USES = ("speech_transcript",)

LETTERS_MIN = 2
"""A text with fewer letters says nothing that could be compared."""


def told(inputs: Inputs, reads: Collection[str] = READS) -> dict[str, str]:
    """The texts that hold words, by label, without links, time codes and invisible signs.

    Of the metadata only what is in `reads`. The transcript is among them where its words are kept,
    which policy decides (R-703).
    """
    listed = {name: readable(text) for name, text in _given(inputs, reads).items()}
    listed[TRANSCRIPT] = readable(" ".join(said(inputs)))
    return {label: text for label, text in listed.items() if _letters(text) >= LETTERS_MIN}


def said(inputs: Inputs) -> list[str]:
    """The words of the transcript in order; none where they are not kept."""
    heard: Arrays = inputs.artifacts.get("speech_transcript", {})
    return [str(word) for word in heard["words"].tolist()] if heard else []


def nothing_told(inputs: Inputs, reads: Collection[str] = READS) -> Measurement:
    """Why there are no texts: nobody gave one, or those given hold no words."""
    if any(text.strip(" \n\t,") for text in _given(inputs, reads).values()):
        return Measurement.empty(EmptyReason.TOO_LITTLE_MATERIAL)
    return Measurement.empty(EmptyReason.NO_TEXT)


def readable(text: str | None) -> str:
    """A text as people read it, without addresses and time codes."""
    plain = words.visible(text or "")
    return chapters.without_time_codes(signs.without_links(plain)).strip()


def _letters(text: str) -> int:
    letters, _, _ = words.script_counts(text)
    return letters


def _given(inputs: Inputs, reads: Collection[str]) -> dict[str, str]:
    found = {name: getattr(inputs.metadata, name) for name in (TITLE, DESCRIPTION) if name in reads}
    if TAGS in reads:
        found[TAGS] = ", ".join(inputs.metadata.tags)
    return {name: text or "" for name, text in found.items()}
