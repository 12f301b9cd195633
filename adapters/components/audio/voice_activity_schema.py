"""What a `voice_activity` artifact holds."""

from adapters.components.listing import line, mask, segments, share, times, value
from domain.schema import ArtifactSchema, Label, Unit

SCHEMA = ArtifactSchema(
    component="voice_activity",
    version="1",
    label=Label("Speech and pauses", "Речь и паузы"),
    meaning=Label(
        "When somebody speaks. Singing is sometimes taken for speech, whispering is often missed."
        " The mean of all channels is listened to: where they are each other's opposite, nothing"
        " is heard",
        "Когда кто-то говорит. Пение порой принимается за речь, шёпот часто не слышен. Слушается"
        " среднее всех каналов: если они в противофазе, не слышно ничего",
    ),
    arrays=(
        share(
            "speech_share",
            ("Share of speech", "Доля речи"),
            ("How much of the time somebody speaks", "Какую часть времени кто-то говорит"),
        ),
        value(
            "speech_s",
            unit=Unit.SECONDS,
            label=("Speech", "Речь"),
            meaning=("How long is spoken in all", "Сколько всего длится речь"),
        ),
        value(
            "first_speech_s",
            unit=Unit.SECONDS,
            presence="spoken",
            label=("First word", "Первое слово"),
            meaning=("When speech begins", "Когда начинается речь"),
        ),
        value(
            "pauses_per_minute",
            unit=Unit.PER_MINUTE,
            presence="spoken",
            label=("Pauses", "Паузы"),
            meaning=(
                "Pauses of 0.25 to 3 s in a minute of speech",
                "Пауз от 0,25 до 3 с на минуту речи",
            ),
        ),
        mask(
            "spoken",
            label=("Any speech", "Есть ли речь"),
            meaning=("Whether anybody speaks at all", "Говорит ли кто-нибудь вообще"),
        ),
        value(
            "pause_median_s",
            unit=Unit.SECONDS,
            presence="paused",
            label=("Middle pause", "Средняя пауза"),
            meaning=("Half of the pauses are shorter", "Половина пауз короче"),
        ),
        mask(
            "paused",
            label=("Any pause", "Есть ли паузы"),
            meaning=("Whether speech pauses at all", "Есть ли в речи паузы"),
        ),
        segments(
            "speech_bounds_s",
            ("Speech", "Речь"),
            ("Where somebody speaks", "Где кто-то говорит"),
        ),
        segments(
            "pause_bounds_s",
            ("Pauses", "Паузы"),
            (
                "Silence of 0.25 to 3 s between two stretches of speech",
                "Молчание от 0,25 до 3 с между двумя отрезками речи",
            ),
        ),
        times("times_s"),
        line(
            "speech_probability",
            along="times_s",
            high=1.0,
            may_be_constant=True,
            label=("Probability of speech", "Вероятность речи"),
            meaning=(
                "How sure it is that somebody speaks, every 32 ms",
                "Насколько вероятно, что кто-то говорит, каждые 32 мс",
            ),
        ),
    ),
)
