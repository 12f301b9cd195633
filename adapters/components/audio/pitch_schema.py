"""What a `pitch` artifact holds."""

from adapters.components.listing import line, mask, times, value
from domain.schema import ArtifactSchema, Drawing, DType, Label, Unit

LOWEST_HZ, HIGHEST_HZ = 60.0, 1300.0

SCHEMA = ArtifactSchema(
    component="pitch",
    version="1",
    label=Label("Pitch", "Высота тона"),
    meaning=Label(
        "The melody of a single voice or instrument; several at once are followed poorly",
        "Мелодия одного голоса или инструмента; несколько сразу прослеживаются плохо",
    ),
    arrays=(
        value(
            "voiced_share",
            unit=Unit.SHARE,
            high=1.0,
            label=("Share with a pitch", "Доля с тоном"),
            meaning=(
                "How much of the time a single pitch is heard",
                "Какую часть времени слышен один тон",
            ),
        ),
        value(
            "median_hz",
            unit=Unit.HERTZ,
            low=LOWEST_HZ,
            high=HIGHEST_HZ,
            presence="pitched",
            label=("Middle pitch", "Средняя высота"),
            meaning=(
                "Half of the time it is lower; men speak near 120 Hz, women near 210 Hz",
                "Половину времени тон ниже; мужчины говорят около 120 Гц, женщины около 210 Гц",
            ),
        ),
        value(
            "low_hz",
            unit=Unit.HERTZ,
            low=LOWEST_HZ,
            high=HIGHEST_HZ,
            presence="pitched",
            label=("Low end", "Нижний край"),
            meaning=("A twentieth of the pitch is lower", "Двадцатая часть тона ниже"),
        ),
        value(
            "high_hz",
            unit=Unit.HERTZ,
            low=LOWEST_HZ,
            high=HIGHEST_HZ,
            presence="pitched",
            label=("High end", "Верхний край"),
            meaning=("A twentieth of the pitch is higher", "Двадцатая часть тона выше"),
        ),
        value(
            "range_semitones",
            high=60.0,
            presence="pitched",
            label=("Range", "Диапазон"),
            meaning=(
                "Semitones from the low to the high end; under 4 sounds monotonous in speech",
                "Полутонов от нижнего до верхнего края; меньше 4 в речи звучит монотонно",
            ),
        ),
        value(
            "jumps_per_s",
            unit=Unit.PER_SECOND,
            label=("Jumps", "Скачки"),
            meaning=(
                "Leaps of more than 3 semitones in a second of pitched sound",
                "Скачков больше 3 полутонов за секунду звука с тоном",
            ),
        ),
        mask(
            "pitched",
            label=("Any pitch", "Есть ли тон"),
            meaning=("Whether a pitch is heard at all", "Слышен ли тон вообще"),
        ),
        times("times_s"),
        line(
            "f0_hz",
            along="times_s",
            unit=Unit.HERTZ,
            low=LOWEST_HZ,
            high=HIGHEST_HZ,
            presence="voiced",
            may_be_constant=True,
            label=("Pitch", "Высота тона"),
            meaning=(
                "Frequency of the pitch; a gap where none is heard",
                "Частота тона; пропуск там, где его не слышно",
            ),
        ),
        mask(
            "voiced",
            along="times_s",
            label=("Has a pitch", "Есть тон"),
            meaning=("Whether a single pitch is heard", "Слышен ли один тон"),
        ),
        line(
            "aperiodicity",
            along="times_s",
            high=1.0,
            may_be_constant=True,
            dtype=DType.FLOAT32,
            label=("Aperiodicity", "Непериодичность"),
            meaning=(
                "0 for a pure repetition, near 1 for noise; below 0.3 there is a pitch",
                "0 у точного повторения, около 1 у шума; ниже 0,3 есть тон",
            ),
        ),
        times(
            "jump_times_s",
            label=("Jumps", "Скачки"),
            meaning=("Where the pitch leaps", "Моменты скачков тона"),
            drawing=Drawing.MARKS,
        ),
    ),
)
