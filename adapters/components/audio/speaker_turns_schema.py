"""What a `speaker_turns` artifact holds."""

from adapters.components.listing import column, count, segments, share, value
from domain.schema import ArtifactSchema, Drawing, DType, Label, Unit

SCHEMA = ArtifactSchema(
    component="speaker_turns",
    version="1",
    label=Label("Who speaks when", "Кто когда говорит"),
    meaning=Label(
        "Voices are numbered by how much they speak and are not recognised. Like voices may be"
        " taken for one, one voice under loud music or noise for two; changes are told to a second",
        "Голоса пронумерованы по тому, сколько говорят, и не узнаются. Похожие голоса могут"
        " слиться в один, один голос под громкую музыку или шум разделиться на два; смена"
        " определяется с точностью до секунды",
    ),
    arrays=(
        count(
            "speaker_count",
            ("Speakers", "Говорящие"),
            ("How many voices speak", "Сколько голосов говорит"),
        ),
        share(
            "dominant_share",
            ("Main voice", "Главный голос"),
            (
                "How much of the speech is by the voice that speaks most",
                "Какая часть речи принадлежит голосу, который говорит больше всех",
            ),
        ),
        count(
            "turn_count",
            ("Turns", "Реплики"),
            ("How many times a voice has its say", "Сколько раз голоса получают слово"),
        ),
        value(
            "changes_per_minute",
            unit=Unit.PER_MINUTE,
            label=("Changes", "Смены"),
            meaning=(
                "Changes of the voice in a minute of speech",
                "Смен голоса за минуту речи",
            ),
        ),
        value(
            "turn_median_s",
            unit=Unit.SECONDS,
            label=("Middle turn", "Средняя реплика"),
            meaning=("Half of the turns are shorter", "Половина реплик короче"),
        ),
        segments(
            "turn_bounds_s",
            ("Turns", "Реплики"),
            ("From the start to the end of each turn", "От начала до конца каждой реплики"),
            axis="turns",
        ),
        column(
            "turn_speakers",
            "turns",
            ("Voice", "Голос"),
            ("Whose turn it is: 0 speaks most", "Чья это реплика: 0 говорит больше всех"),
            dtype=DType.INT64,
            drawing=Drawing.TABLE,
        ),
        column(
            "speaker_shares",
            "speakers",
            ("Shares of voices", "Доли голосов"),
            ("How much of the speech is by each voice", "Какая часть речи у каждого голоса"),
            unit=Unit.SHARE,
            high=1.0,
        ),
    ),
)
