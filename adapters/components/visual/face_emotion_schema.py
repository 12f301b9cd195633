"""What an artifact of `face_emotion` holds."""

from adapters.components.listing import bands, column, line, table, times
from domain.schema import ArtifactSchema, Drawing, DType, Label, Unit

EMOTIONS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
"""As the served model orders them."""
_AXIS = str(len(EMOTIONS))

SCHEMA = ArtifactSchema(
    component="face_emotion",
    version="1",
    label=Label("Facial expressions", "Выражения лиц"),
    meaning=Label(
        (
            "What expressions faces show, smoothed over a second. The model learnt from posed "
            "faces: it is sure of smiles and noisy in everything else, and an expression is not a "
            "feeling"
        ),
        (
            "Какие выражения показывают лица, со сглаживанием в секунду. Модель училась на "
            "позированных лицах: улыбку знает хорошо, остальное - с шумом; выражение лица ещё "
            "не чувство"
        ),
    ),
    arrays=(
        column(
            "labels",
            _AXIS,
            ("Expression", "Выражение"),
            ("The seven expressions", "Семь выражений"),
            dtype=DType.TEXT,
            choices=EMOTIONS,
        ),
        column(
            "mean_probabilities",
            _AXIS,
            ("Mean probability", "Средняя вероятность"),
            ("Of each expression while faces are seen", "Каждого выражения, пока лица видны"),
            unit=Unit.SHARE,
            high=1.0,
        ),
        times(
            "times_s",
            ("Time", "Время"),
            ("Moments at which a face is seen", "Моменты, когда видно лицо"),
        ),
        bands(
            "probabilities",
            ("Expressions over time", "Выражения по времени"),
            (
                "Probability of each expression in the order of the labels; large faces weigh more",
                "Вероятность каждого выражения в порядке названий; крупные лица весят больше",
            ),
            along="times_s",
            amount=len(EMOTIONS),
            unit=Unit.SHARE,
            high=1.0,
        ),
        line(
            "confidence",
            ("Confidence over time", "Уверенность по времени"),
            (
                "How far the likeliest expression leads; less for small faces",
                "Насколько вероятнейшее выражение впереди; у мелких лиц меньше",
            ),
            along="times_s",
            unit=Unit.SHARE,
            high=1.0,
            may_be_constant=True,
        ),
        table(
            "track_probabilities",
            ("tracks", _AXIS),
            ("Expressions of each appearance", "Выражения каждого появления"),
            (
                "Mean probabilities of each appearance of a face, in the order of the labels",
                "Средние вероятности по каждому появлению лица в порядке названий",
            ),
            unit=Unit.SHARE,
            high=1.0,
        ),
        column(
            "track_confidence",
            "tracks",
            ("Confidence of each appearance", "Уверенность по появлениям"),
            ("The same figure, averaged over the appearance", "Та же мера в среднем по появлению"),
            unit=Unit.SHARE,
            high=1.0,
        ),
        column(
            "tracks",
            "tracks",
            ("Appearance", "Появление"),
            ("Its number in `faces`, from nought", "Его номер среди лиц, от нуля"),
            dtype=DType.INT64,
        ),
        times(
            "face_times_s",
            ("Moment of each face", "Момент каждого лица"),
            ("When each face was looked at", "Когда смотрели на каждое лицо"),
            axis="faces",
        ),
        column(
            "face_tracks",
            "faces",
            ("Appearance of each face", "Появление каждого лица"),
            ("Its number in `faces`", "Его номер среди лиц"),
            dtype=DType.INT64,
            drawing=Drawing.HIDDEN,
        ),
        table(
            "face_probabilities",
            ("faces", _AXIS),
            ("Expressions of each face", "Выражения каждого лица"),
            ("Smoothed, in the order of the labels", "Сглаженные, в порядке названий"),
            dtype=DType.FLOAT32,
            unit=Unit.SHARE,
            high=1.0,
            drawing=Drawing.HIDDEN,
        ),
    ),
)
