"""What an artifact of `face_attention` holds."""

from adapters.components.listing import Both, column, line, share, times, value
from domain.schema import ArraySchema, ArtifactSchema, Drawing, DType, Label, Unit


def _angle(name: str, label: Both, meaning: Both) -> ArraySchema:
    return line(
        name,
        label,
        meaning,
        along="times_s",
        unit=Unit.DEGREES,
        low=-180.0,
        high=180.0,
        may_be_constant=True,
    )


SCHEMA = ArtifactSchema(
    component="face_attention",
    version="1",
    label=Label("Look of faces", "Взгляд лиц"),
    meaning=Label(
        (
            "Where the largest face is turned, whether towards the camera, and how far its mouth "
            "is open. Told from the head: the eyes themselves are not followed, and profiles are "
            "often missed"
        ),
        (
            "Куда повёрнуто самое крупное лицо, в камеру ли, и насколько открыт рот. Судим по "
            "голове: за самими глазами не следим, лица в профиль часто пропускаются"
        ),
    ),
    arrays=(
        share(
            "camera_share",
            ("Looking at the camera", "Взгляд в камеру"),
            (
                "Share of the moments with a face in which the largest is turned to the camera",
                "Доля моментов с лицом, когда самое крупное повёрнуто в камеру",
            ),
        ),
        value(
            "median_mouth_opening",
            ("Mouth opening", "Открытость рта"),
            ("Median gap of the lips in heights of the face", "Медиана, в долях высоты лица"),
            unit=Unit.SHARE,
        ),
        times(
            "times_s",
            ("Time", "Время"),
            ("Moments at which a face is seen", "Моменты, когда видно лицо"),
        ),
        _angle(
            "yaw",
            ("Turn", "Поворот"),
            (
                "Degrees; positive when the face looks to the right of the picture",
                "Градусы; больше нуля, когда лицо смотрит вправо",
            ),
        ),
        _angle(
            "pitch",
            ("Nod", "Подъём"),
            ("Degrees; positive when it looks up", "Градусы; больше нуля, когда смотрит вверх"),
        ),
        _angle(
            "roll",
            ("Tilt", "Наклон"),
            (
                "Degrees; positive when the head is tilted clockwise",
                "Градусы; больше нуля, когда голова наклонена по часовой стрелке",
            ),
        ),
        column(
            "camera",
            "times_s",
            ("Towards the camera", "В камеру"),
            (
                "Turned and raised by less than 20 degrees",
                "Поворот и подъём меньше 20 градусов",
            ),
            dtype=DType.BOOL,
            drawing=Drawing.HIDDEN,
        ),
        line(
            "mouth_opening",
            ("Mouth opening over time", "Открытость рта по времени"),
            ("Gap of the lips in heights of the face", "Просвет губ в долях высоты лица"),
            along="times_s",
            unit=Unit.SHARE,
            may_be_constant=True,
        ),
        column(
            "tracks",
            "times_s",
            ("Appearance", "Появление"),
            ("Number in `faces` of the face looked at", "Номер среди лиц того, на кого смотрели"),
            dtype=DType.INT64,
            drawing=Drawing.HIDDEN,
        ),
    ),
)
