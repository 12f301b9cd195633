"""What a `speech_quality` artifact holds."""

from adapters.components.listing import Both, line, times, value
from domain.schema import ArraySchema, ArtifactSchema, Label


def _rating(name: str, label: Both, meaning: Both) -> ArraySchema:
    return value(name, label, meaning, low=1.0, high=5.0)


def _curve(name: str, label: Both) -> ArraySchema:
    meaning = ("The rating of 9 s around each moment", "Оценка 9 с вокруг каждого момента")
    return line(name, label, meaning, along="times_s", low=1.0, high=5.0, may_be_constant=True)


SCHEMA = ArtifactSchema(
    component="speech_quality",
    version="1",
    label=Label("Quality of speech", "Качество речи"),
    meaning=Label(
        "How people would rate the sound of the voice, 1 (bad) to 5 (excellent). Good recordings"
        " reach 3 to 4; music under a voice counts as bad background",
        "Как люди оценили бы звучание голоса, от 1 (плохо) до 5 (отлично). Хорошие записи получают"
        " от 3 до 4; музыка под голосом считается плохим фоном",
    ),
    arrays=(
        _rating(
            "overall",
            ("Overall", "В целом"),
            ("The rating of voice and background together", "Оценка голоса вместе с фоном"),
        ),
        _rating(
            "signal",
            ("Voice", "Голос"),
            ("How undistorted the voice is", "Насколько голос не искажён"),
        ),
        _rating(
            "background",
            ("Background", "Фон"),
            ("How little noise disturbs", "Насколько мало мешает шум"),
        ),
        _rating(
            "overall_low",
            ("Worst tenth", "Худшая десятая часть"),
            (
                "A tenth of the moments is rated lower overall",
                "Десятая часть моментов оценена в целом ниже",
            ),
        ),
        times("times_s"),
        _curve("overall_curve", ("Overall over time", "В целом по времени")),
        _curve("signal_curve", ("Voice over time", "Голос по времени")),
        _curve("background_curve", ("Background over time", "Фон по времени")),
    ),
)
