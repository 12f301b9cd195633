"""What an artifact of `key_frames` holds."""

from enum import StrEnum

from adapters.components.listing import column, flag, times
from domain.schema import ArtifactSchema, Drawing, DType, Label, Unit


class KeyFrameReason(StrEnum):
    """Why a frame stands for its part of the video."""

    OPENING = "opening"
    NEW_SHOT = "new_shot"
    LONG_SHOT = "long_shot"


class ThumbnailReason(StrEnum):
    """What a candidate for the thumbnail has most of, next to the other key frames."""

    SHARP = "sharp"
    WELL_LIT = "well_lit"
    CONTRASTY = "contrasty"
    COLORFUL = "colorful"
    FACE = "face"


SCHEMA = ArtifactSchema(
    component="key_frames",
    version="2",
    label=Label("Key frames", "Ключевые кадры"),
    meaning=Label(
        "Frames that stand for the video: sharp, well lit, away from cuts, one or more a shot",
        "Кадры, по которым узнаётся видео: резкие, светлые, вдали от склеек, от одного на план",
    ),
    arrays=(
        column(
            "frame_indices",
            "key_frames",
            ("Key frames", "Ключевые кадры"),
            ("Their places on the timeline of 12 frames a second", "Места на шкале 12 кадров в с"),
            drawing=Drawing.KEY_FRAMES,
            dtype=DType.INT64,
            unit=Unit.FRAME_INDEX,
        ),
        times(
            "times_s",
            ("Time", "Время"),
            ("Moment of each key frame", "Момент каждого ключевого кадра"),
            axis="key_frames",
            drawing=Drawing.MARKS,
        ),
        column(
            "reasons",
            "key_frames",
            ("Why this frame", "Почему этот кадр"),
            (
                "It opens the video, shows a new shot, or a later part of a long one",
                "Открывает видео, показывает новый план или продолжение длинного",
            ),
            dtype=DType.TEXT,
            choices=tuple(KeyFrameReason),
        ),
        column(
            "scores",
            "key_frames",
            ("Quality", "Качество"),
            (
                "Focus, light, contrast, colour, faces by our weights; compare within one video",
                "Резкость, свет, контраст, цвет, лица по нашим весам; сравнимо лишь внутри видео",
            ),
            unit=Unit.SHARE,
            high=1.0,
        ),
        column(
            "thumbnail_indices",
            "thumbnails",
            ("Thumbnail candidates", "Кандидаты в обложки"),
            (
                "The best key frames, best first; nobody asked viewers, so take it as a start",
                "Лучшие ключевые кадры по убыванию; зрителей не спрашивали, это лишь начало",
            ),
            drawing=Drawing.KEY_FRAMES,
            dtype=DType.INT64,
            unit=Unit.FRAME_INDEX,
        ),
        column(
            "thumbnail_scores",
            "thumbnails",
            ("Quality of the candidates", "Качество кандидатов"),
            ("The same figure as for key frames", "Та же мера, что у ключевых кадров"),
            unit=Unit.SHARE,
            high=1.0,
        ),
        column(
            "thumbnail_reasons",
            "thumbnails",
            ("Strongest side", "Сильная сторона"),
            (
                "What the candidate has most of, next to the other key frames",
                "Чем кандидат сильнее остальных ключевых кадров",
            ),
            dtype=DType.TEXT,
            choices=tuple(ThumbnailReason),
        ),
        flag(
            "uses_faces",
            ("Faces were used", "Лица учтены"),
            ("Faces of this video were known", "Лица этого видео были известны"),
        ),
    ),
)
