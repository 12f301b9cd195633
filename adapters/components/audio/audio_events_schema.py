"""What an `audio_events` artifact holds."""

from adapters.components.listing import Both, bands, column, segments, share, times
from domain.schema import ArraySchema, ArtifactSchema, Drawing, DType, Label

EVENTS = ("speech", "singing", "music")

_SAID: tuple[Both, ...] = (("Speech", "Речь"), ("Singing", "Пение"), ("Music", "Музыка"))


def _of(event: str, said: Both) -> tuple[ArraySchema, ArraySchema]:
    english, russian = said
    return (
        share(
            f"{event}_share",
            (f"{english}: share", f"{russian}: доля"),
            ("How much of the time it is heard", "Какую часть времени слышно"),
        ),
        segments(
            f"{event}_bounds_s",
            said,
            (
                "Where it is heard for half a second or more",
                "Где слышно полсекунды или дольше",
            ),
        ),
    )


SCHEMA = ArtifactSchema(
    component="audio_events",
    version="1",
    label=Label("Speech, singing, music", "Речь, пение, музыка"),
    meaning=Label(
        "What is heard, and when; several at once are possible. In a solemn speech it hears music"
        " for a moment, and no other sound has a name here",
        "Что и когда слышно; возможно сразу несколько. В торжественной речи на миг слышится"
        " музыка, а у других звуков здесь нет имени",
    ),
    arrays=(
        *(array for event, said in zip(EVENTS, _SAID, strict=True) for array in _of(event, said)),
        column(
            "labels",
            "3",
            ("Names", "Названия"),
            ("What each curve is about", "О чём каждая кривая"),
            dtype=DType.TEXT,
            drawing=Drawing.HIDDEN,
            choices=EVENTS,
        ),
        times("times_s"),
        bands(
            "probabilities",
            ("Probabilities", "Вероятности"),
            (
                "How sure it is that speech, singing and music are heard, every tenth of a second",
                "Насколько вероятно, что слышны речь, пение и музыка, каждую десятую секунды",
            ),
            along="times_s",
            amount=3,
            high=1.0,
        ),
    ),
)
