"""What an artifact of `body_pose` holds."""

from adapters.components.listing import column, line, mask, share, table, times, value
from domain.schema import ArtifactSchema, Drawing, DType, Label, Unit

POINTS = (
    "nose",
    "left_eye",
    "right_eye",
    "left_ear",
    "right_ear",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
)
"""As the served model orders them; left and right are the person's own."""
_AXIS = str(len(POINTS))

SCHEMA = ArtifactSchema(
    component="body_pose",
    version="1",
    label=Label("Body", "Тело"),
    meaning=Label(
        (
            "Where the most central person's body is and how lively the arms are. One person only; "
            "drawn people and animals that stand upright get a body too, and a face that fills "
            "the picture gets none. Gestures are told from frames at most a second apart, so long "
            "videos may have none"
        ),
        (
            "Где тело самого центрального человека и насколько подвижны руки. Только один человек; "
            "тело находится и у нарисованных людей, и у зверей, стоящих прямо, а у лица во весь "
            "кадр - нет. Жесты видны по кадрам не реже раза в секунду, в длинных видео их может "
            "не быть"
        ),
    ),
    arrays=(
        share(
            "body_share",
            ("Time with a body", "Время с телом"),
            ("Share of the video in which a body is seen", "Доля видео, где видно тело"),
        ),
        value(
            "mean_gesture_energy",
            ("Gestures", "Жесты"),
            (
                "Mean speed of wrists and elbows against the shoulders, in their widths a second",
                "Средняя скорость кистей и локтей относительно плеч, в ширинах плеч в секунду",
            ),
            unit=Unit.PER_SECOND,
            presence="has_gestures",
        ),
        mask(
            "has_gestures",
            ("Arms were followed", "Руки прослежены"),
            (
                "Shoulders and an arm were seen in neighbouring frames",
                "Плечи и рука видны в соседних кадрах",
            ),
        ),
        times(
            "times_s",
            ("Time", "Время"),
            ("Moments of the frames looked at", "Моменты просмотренных кадров"),
        ),
        line(
            "gesture_energy",
            ("Gestures over time", "Жесты по времени"),
            (
                "The same, from the frame before to each frame",
                "То же, от предыдущего кадра к каждому",
            ),
            along="times_s",
            unit=Unit.PER_SECOND,
            presence="arms_followed",
            may_be_constant=True,
        ),
        mask(
            "arms_followed",
            ("Arms followed", "Руки прослежены"),
            (
                "Shoulders and an arm of one person are seen in this frame and the one before",
                "Плечи и рука одного человека видны в этом кадре и в предыдущем",
            ),
            along="times_s",
        ),
        column(
            "body_seen",
            "times_s",
            ("Body in the frame", "Тело в кадре"),
            ("At least six points are sure", "Надёжны хотя бы шесть точек"),
            dtype=DType.BOOL,
            drawing=Drawing.HIDDEN,
        ),
        column(
            "point_names",
            _AXIS,
            ("Points", "Точки"),
            ("The seventeen points of a body", "Семнадцать точек тела"),
            dtype=DType.TEXT,
            choices=POINTS,
            drawing=Drawing.HIDDEN,
        ),
        table(
            "points",
            ("times_s", _AXIS, "2"),
            ("Places of the points", "Места точек"),
            (
                "Across and down as shares of the picture; those of low score mean nothing",
                "По ширине и высоте в долях кадра; точки с низкой оценкой ничего не значат",
            ),
            dtype=DType.FLOAT32,
            drawing=Drawing.HIDDEN,
            low=None,
        ),
        table(
            "point_scores",
            ("times_s", _AXIS),
            ("Scores of the points", "Оценки точек"),
            ("How sure each point is", "Насколько надёжна каждая точка"),
            dtype=DType.FLOAT32,
            drawing=Drawing.HIDDEN,
            unit=Unit.SHARE,
            high=1.0,
        ),
    ),
)
