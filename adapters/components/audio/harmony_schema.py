"""What a `harmony` artifact holds."""

from adapters.components.audio.keys import MODES, TONICS
from adapters.components.listing import CONFIDENT, bands, column, segments, times, value
from domain.schema import ArtifactSchema, Doubt, Drawing, DType, Label, Unit

SCHEMA = ArtifactSchema(
    component="harmony",
    version="2",
    label=Label("Harmony", "Гармония"),
    meaning=Label(
        "Which notes and which key the music is in",
        "Какие ноты и в какой тональности звучат в музыке",
    ),
    arrays=(
        value(
            "key",
            dtype=DType.TEXT,
            label=("Key", "Тоника"),
            meaning=(
                "The home note; means nothing when the confidence is below 0.3",
                "Главная нота; при уверенности ниже 0,3 ничего не значит",
            ),
            choices=TONICS,
            doubt=Doubt("key_confidence", CONFIDENT),
        ),
        value(
            "mode",
            dtype=DType.TEXT,
            label=("Mode", "Лад"),
            meaning=(
                "Major tends to sound bright, minor dark",
                "Мажор обычно звучит светло, минор темно",
            ),
            choices=MODES,
            doubt=Doubt("key_confidence", CONFIDENT),
        ),
        value(
            "key_confidence",
            high=1.0,
            label=("Confidence", "Уверенность"),
            meaning=(
                "0 where all notes sound alike, as in noise and speech; 1 for plain harmony",
                "0 там, где все ноты звучат одинаково, как в шуме и речи; 1 у простой гармонии",
            ),
        ),
        value(
            "tuning_cents",
            unit=Unit.CENTS,
            low=-50.0,
            high=50.0,
            label=("Tuning", "Строй"),
            meaning=(
                "How far the notes stand from A at 440 Hz; a semitone is 100 cents",
                "Насколько ноты отстоят от ля 440 Гц; полутон равен 100 центам",
            ),
        ),
        column(
            "chroma_mean",
            "12",
            unit=Unit.SHARE,
            high=1.0,
            label=("Notes", "Ноты"),
            meaning=(
                "The share of each of the notes from C to B in the whole video",
                "Доля каждой ноты от до до си во всём видео",
            ),
            drawing=Drawing.HISTOGRAM,
        ),
        column(
            "note_names",
            "12",
            dtype=DType.TEXT,
            label=("Names of the notes", "Названия нот"),
            meaning=("The notes in their order", "Ноты по порядку"),
            drawing=Drawing.HIDDEN,
            choices=TONICS,
        ),
        times("times_s", meaning=("Centre of each stretch", "Середина каждого отрезка")),
        bands(
            "chroma",
            along="times_s",
            amount=12,
            high=1.0,
            label=("Notes over time", "Ноты по времени"),
            meaning=(
                "How strong each note from C to B is beside the strongest; 0 in silence",
                "Сила каждой ноты от до до си рядом с самой сильной; 0 в тишине",
            ),
        ),
        segments(
            "key_bounds_s",
            label=("Stretches in one key", "Отрезки одной тональности"),
            meaning=(
                "Start and end of each; sure within a few seconds",
                "Начало и конец каждого; с точностью до нескольких секунд",
            ),
        ),
        column(
            "key_names",
            "key_bounds_s",
            dtype=DType.TEXT,
            along="key_bounds_s",
            label=("Keys", "Тональности"),
            meaning=("The key of each stretch", "Тональность каждого отрезка"),
            choices=tuple(f"{tonic} {mode}" for tonic in TONICS for mode in MODES),
        ),
        times(
            "key_change_times_s",
            label=("Key changes", "Смены тональности"),
            meaning=("Where the key changes", "Моменты смены тональности"),
            drawing=Drawing.MARKS,
        ),
    ),
)
