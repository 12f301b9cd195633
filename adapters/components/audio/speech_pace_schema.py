"""What a `speech_pace` artifact holds."""

from adapters.components.listing import count, line, mask, share, times, value
from domain.schema import ArtifactSchema, Label, Unit

SCHEMA = ArtifactSchema(
    component="speech_pace",
    version="1",
    label=Label("Pace of speech", "Темп речи"),
    meaning=Label(
        "How fast and fluently is spoken, where the words were understood: within 3 % of published"
        " words on our trial clips of English. Accents are understood worse, and the recogniser"
        " leaves out many fillers: there are at least as many as are counted",
        "Как быстро и плавно говорят там, где слова разобраны: в пределах 3 % от опубликованных"
        " текстов наших пробных английских роликов. С акцентом хуже, а многие слова-паразиты"
        " распознаватель пропускает: их не меньше, чем сосчитано",
    ),
    arrays=(
        value(
            "words_per_minute",
            unit=Unit.PER_MINUTE,
            label=("Words a minute", "Слов в минуту"),
            meaning=(
                "Words in a minute of speech with its pauses of up to 3 s; talks have 120 to 160",
                "Слов за минуту речи с её паузами до 3 с; в выступлениях от 120 до 160",
            ),
        ),
        value(
            "articulation_per_s",
            unit=Unit.PER_SECOND,
            label=("Syllables a second", "Слогов в секунду"),
            meaning=(
                "Syllables in a second of speech without its pauses; 4 to 5 is usual",
                "Слогов за секунду речи без пауз; обычно 4–5",
            ),
        ),
        share(
            "pause_share",
            ("Share of pauses", "Доля пауз"),
            (
                "How much of the speaking is pauses of 0.25 to 3 s",
                "Какую часть говорения занимают паузы от 0,25 до 3 с",
            ),
        ),
        value(
            "pauses_per_minute",
            unit=Unit.PER_MINUTE,
            label=("Pauses", "Паузы"),
            meaning=("Pauses in a minute of speaking", "Пауз за минуту говорения"),
        ),
        value(
            "fillers_per_minute",
            unit=Unit.PER_MINUTE,
            label=("Fillers", "Слова-паразиты"),
            meaning=(
                "Sounds that only fill a pause, in a minute of speaking",
                "Звуков, которые лишь заполняют паузу, за минуту говорения",
            ),
        ),
        count(
            "question_count",
            ("Questions", "Вопросы"),
            ("How many questions are asked", "Сколько задано вопросов"),
        ),
        value(
            "pace_range",
            unit=Unit.PER_MINUTE,
            presence="ranged",
            label=("Range of pace", "Размах темпа"),
            meaning=(
                "From the slowest to the fastest ten seconds",
                "От самых медленных до самых быстрых десяти секунд",
            ),
        ),
        mask(
            "ranged",
            label=("Has a range", "Есть размах"),
            meaning=(
                "Whether any ten seconds have enough speech",
                "Есть ли десять секунд, в которых достаточно речи",
            ),
        ),
        times("times_s"),
        line(
            "pace",
            along="times_s",
            unit=Unit.PER_MINUTE,
            presence="paced",
            may_be_constant=True,
            label=("Words a minute", "Слов в минуту"),
            meaning=(
                "The pace in ten seconds around each moment; a gap where hardly anybody speaks",
                "Темп в десяти секундах вокруг каждого момента; пропуск там, где почти не говорят",
            ),
        ),
        mask(
            "paced",
            along="times_s",
            label=("Has a pace", "Есть темп"),
            meaning=(
                "Whether there is enough speech around the moment",
                "Достаточно ли вокруг момента речи",
            ),
        ),
    ),
)
