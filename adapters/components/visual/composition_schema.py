"""What an artifact of `composition` holds."""

from adapters.components.listing import Both, flag, line, mask, share, times, value
from domain.schema import ArraySchema, ArtifactSchema, DType, Label, Unit


def _line(
    name: str,
    label: Both,
    meaning: Both,
    *,
    presence: str | None = None,
    along: str = "times_s",
) -> ArraySchema:
    return line(
        name,
        label,
        meaning,
        along=along,
        dtype=DType.FLOAT64,
        unit=Unit.SHARE,
        high=1.0,
        presence=presence,
        may_be_constant=True,
    )


SCHEMA = ArtifactSchema(
    component="composition",
    version="2",
    label=Label("Composition", "Композиция"),
    meaning=Label(
        "How the frame is built: where the subject stands, symmetry, detail, empty space",
        "Как построен кадр: где стоит главное, симметрия, детали, пустое место",
    ),
    arrays=(
        value(
            "mean_thirds_score",
            ("Rule of thirds", "Правило третей"),
            (
                "100 %: what stands out lies on a crossing of thirds; 0 %: in the middle; a hint",
                "100 %: заметное лежит на пересечении третей; 0 %: в середине; это лишь подсказка",
            ),
            unit=Unit.SHARE,
            high=1.0,
            presence="has_subject",
        ),
        flag(
            "has_subject",
            ("A subject was found", "Главное найдено"),
            ("Some frame has one thing that stands out", "Хотя бы в одном кадре что-то выделяется"),
        ),
        share(
            "mean_symmetry",
            ("Mirror symmetry", "Зеркальная симметрия"),
            (
                "100 %: left and right are mirror images; 0 %: they have nothing in common",
                "100 %: левая и правая половины зеркальны; 0 %: не имеют общего",
            ),
        ),
        share(
            "mean_edge_density",
            ("Detail", "Детали"),
            ("Share of the picture taken by outlines", "Доля кадра, занятая контурами"),
        ),
        share(
            "mean_negative_space",
            ("Empty space", "Пустое место"),
            ("Share of the picture without texture", "Доля кадра без фактуры"),
        ),
        times(
            "times_s",
            ("Time", "Время"),
            ("Moments of the frames looked at", "Моменты просмотренных кадров"),
        ),
        _line(
            "thirds_score",
            ("Rule of thirds over time", "Правило третей по времени"),
            ("As above, frame by frame", "То же по кадрам"),
            presence="subject_found",
        ),
        _line(
            "subject_x",
            ("Subject, across", "Главное, по ширине"),
            ("0 % is the left edge, 100 % the right", "0 % — левый край, 100 % — правый"),
            presence="subject_found",
        ),
        _line(
            "subject_y",
            ("Subject, down", "Главное, по высоте"),
            ("0 % is the top edge, 100 % the bottom", "0 % — верхний край, 100 % — нижний"),
            presence="subject_found",
        ),
        _line(
            "subject_area",
            ("Size of the subject", "Размер главного"),
            (
                "Share of the picture that it takes, roughly",
                "Примерная доля кадра, которую занимает",
            ),
            presence="subject_found",
        ),
        mask(
            "subject_found",
            ("Subject in the frame", "Главное в кадре"),
            ("Something stands out in this frame", "В этом кадре что-то выделяется"),
            axis="times_s",
        ),
        _line(
            "symmetry",
            ("Mirror symmetry over time", "Зеркальная симметрия по времени"),
            ("As above, frame by frame", "То же по кадрам"),
            presence="textured",
        ),
        mask(
            "textured",
            ("Not flat", "Кадр не ровный"),
            ("A flat frame has no symmetry to speak of", "У ровного кадра нет симметрии"),
            axis="times_s",
        ),
        _line(
            "edge_density",
            ("Detail over time", "Детали по времени"),
            ("As above, frame by frame", "То же по кадрам"),
        ),
        _line(
            "negative_space",
            ("Empty space over time", "Пустое место по времени"),
            ("As above, frame by frame", "То же по кадрам"),
        ),
        value(
            "mean_face_thirds_score",
            ("Faces and thirds", "Лица и трети"),
            (
                "100 %: the largest face stands on a crossing of thirds; 0 %: in the middle",
                "100 %: самое крупное лицо на пересечении третей; 0 %: в середине",
            ),
            unit=Unit.SHARE,
            high=1.0,
            presence="uses_faces",
        ),
        value(
            "mean_face_headroom",
            ("Room above faces", "Место над лицами"),
            (
                "From the top of the picture to the largest face, in picture heights",
                "От верха кадра до самого крупного лица, в высотах кадра",
            ),
            unit=Unit.SHARE,
            high=1.0,
            presence="uses_faces",
        ),
        flag(
            "uses_faces",
            ("Faces were used", "Лица учтены"),
            ("Faces of this video were known", "Лица этого видео были известны"),
        ),
        times(
            "face_times_s",
            ("Time of faces", "Время лиц"),
            ("Moments at which a face is seen", "Моменты, когда видно лицо"),
        ),
        _line(
            "face_x",
            ("Largest face, across", "Крупное лицо, по ширине"),
            ("0 % is the left edge, 100 % the right", "0 % — левый край, 100 % — правый"),
            along="face_times_s",
        ),
        _line(
            "face_y",
            ("Largest face, down", "Крупное лицо, по высоте"),
            ("0 % is the top edge, 100 % the bottom", "0 % — верхний край, 100 % — нижний"),
            along="face_times_s",
        ),
        _line(
            "face_thirds_score",
            ("Faces and thirds over time", "Лица и трети по времени"),
            ("As above, frame by frame", "То же по кадрам"),
            along="face_times_s",
        ),
    ),
)
