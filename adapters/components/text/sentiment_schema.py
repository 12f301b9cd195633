"""What an artifact of `sentiment` holds."""

from adapters.components.listing import column, line, share, times, value
from adapters.components.text.told_texts import DESCRIPTION, TITLE, TRANSCRIPT
from domain.schema import ArtifactSchema, DType, Label, Unit

SCHEMA = ArtifactSchema(
    component="sentiment",
    version="1",
    label=Label("Tone of texts", "Тон текстов"),
    meaning=Label(
        "How kindly the English texts speak, by a list of words that people rated. It understands"
        " no irony and no subject: a kind text on a sad thing counts as sad. Texts in other"
        " languages are not read",
        "Насколько доброжелательны английские тексты — по списку слов, которые оценили люди."
        " Иронии и предмета он не понимает: добрый текст о грустном считается грустным. Тексты"
        " на других языках не читаются",
    ),
    arrays=(
        value(
            "valence",
            ("Tone", "Тон"),
            (
                "Mean of all sentences: -1 is hostile, 0 neither, 1 delighted",
                "Среднее по предложениям: −1 враждебно, 0 нейтрально, 1 восторженно",
            ),
            low=-1.0,
            high=1.0,
        ),
        share(
            "kind_share",
            ("Kind sentences", "Добрые предложения"),
            ("With a tone of 0.05 and more", "С тоном от 0,05"),
        ),
        share(
            "unkind_share",
            ("Unkind sentences", "Недобрые предложения"),
            ("With a tone of -0.05 and less", "С тоном до −0,05"),
        ),
        column(
            "labels",
            "texts",
            ("Text", "Текст"),
            ("Which text it is", "Какой это текст"),
            dtype=DType.TEXT,
            choices=(TITLE, DESCRIPTION, TRANSCRIPT),
        ),
        column(
            "valences",
            "texts",
            ("Its tone", "Его тон"),
            ("Mean of its sentences", "Среднее по его предложениям"),
            low=-1.0,
            high=1.0,
        ),
        column(
            "loaded_words",
            "texts",
            ("Loaded words", "Слова с оценкой"),
            (
                "How many words the list knows; without any the tone is 0",
                "Сколько слов есть в списке; если ни одного, тон 0",
            ),
            dtype=DType.INT64,
            unit=Unit.COUNT,
        ),
        times(
            "times_s",
            ("Time", "Время"),
            ("Middles of half minutes with speech", "Середины полуминут с речью"),
        ),
        line(
            "valence_curve",
            ("Tone of what is said", "Тон сказанного"),
            (
                "Over half minutes; none where no words are kept",
                "По полуминутам; нет, если слова не хранятся",
            ),
            along="times_s",
            low=-1.0,
            high=1.0,
            may_be_constant=True,
        ),
    ),
)
