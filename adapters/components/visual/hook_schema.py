"""What an artifact of `hook` holds."""

from typing import Unpack

from adapters.components.listing import Both, Rest, column, flag, mask, value
from domain.schema import ArraySchema, ArtifactSchema, Label, Unit

WINDOWS_S = (3.0, 5.0, 10.0)
_AXIS = str(len(WINDOWS_S))


def _each(name: str, label: Both, meaning: Both, **rest: Unpack[Rest]) -> ArraySchema:
    rest.setdefault("presence", "window_known")
    return column(name, _AXIS, label, meaning, **rest)


SCHEMA = ArtifactSchema(
    component="hook",
    version="4",
    label=Label("Hook", "Первые секунды"),
    meaning=Label(
        "How the first 3, 5 and 10 seconds differ from the rest of the video",
        "Чем первые 3, 5 и 10 секунд отличаются от остального видео",
    ),
    arrays=(
        column(
            "windows_s",
            _AXIS,
            ("Opening of", "Начало длиной"),
            ("Seconds from the start", "Секунды от начала"),
            unit=Unit.SECONDS,
        ),
        mask(
            "window_known",
            ("Enough video after it", "Видео хватает"),
            (
                "At least 1.5 seconds of video follow to compare with",
                "После начала есть хотя бы 1,5 секунды для сравнения",
            ),
            axis=_AXIS,
        ),
        _each(
            "motion_ratio",
            ("Motion against the rest", "Движение против остального"),
            (
                "2: twice as much moves as later; 1: the same; a still video gives 1",
                "2: движения вдвое больше, чем потом; 1: столько же; неподвижное видео даёт 1",
            ),
        ),
        _each(
            "motion_opening",
            ("Motion in the opening", "Движение в начале"),
            ("Mean speed in the picture", "Средняя скорость в кадре"),
            unit=Unit.FRAME_HEIGHTS_PER_SECOND,
        ),
        _each(
            "motion_rest",
            ("Motion in the rest", "Движение в остальном"),
            ("Mean speed in the picture", "Средняя скорость в кадре"),
            unit=Unit.FRAME_HEIGHTS_PER_SECOND,
        ),
        _each(
            "cut_ratio",
            ("Cuts against the rest", "Склейки против остального"),
            (
                "2: cuts come twice as often as later; unknown when none come later",
                "2: склейки вдвое чаще, чем потом; неизвестно, если потом их нет",
            ),
            presence="cut_ratio_known",
        ),
        mask(
            "cut_ratio_known",
            ("Cuts can be compared", "Склейки можно сравнить"),
            ("The rest holds at least one cut", "В остальном есть хотя бы одна склейка"),
            axis=_AXIS,
        ),
        _each(
            "cuts_opening",
            ("Cuts in the opening", "Склейки в начале"),
            ("Cuts and other transitions", "Склейки и другие переходы"),
            unit=Unit.PER_TEN_SECONDS,
        ),
        _each(
            "cuts_rest",
            ("Cuts in the rest", "Склейки в остальном"),
            ("Cuts and other transitions", "Склейки и другие переходы"),
            unit=Unit.PER_TEN_SECONDS,
        ),
        _each(
            "loudness_gain_lu",
            ("Loudness against the rest", "Громкость против остального"),
            (
                "How much louder the opening is; below 0 it is quieter",
                "Насколько начало громче; ниже 0 — тише",
            ),
            unit=Unit.LU,
            low=None,
            presence="loudness_known",
        ),
        mask(
            "loudness_known",
            ("Loudness can be compared", "Громкость можно сравнить"),
            (
                "The video has sound both in the opening and later",
                "Звук есть и в начале, и потом",
            ),
            axis=_AXIS,
        ),
        value(
            "first_cut_s",
            ("First cut", "Первая склейка"),
            ("When the first shot ends", "Когда кончается первый план"),
            unit=Unit.SECONDS,
            presence="has_cut",
        ),
        flag("has_cut", ("Has cuts", "Есть склейки"), ("At least one", "Хотя бы одна")),
        _each(
            "faces_opening",
            ("Faces in the opening", "Лица в начале"),
            ("Share of the opening with a face", "Доля начала, где видно лицо"),
            unit=Unit.SHARE,
            high=1.0,
            presence="faces_known",
        ),
        _each(
            "faces_rest",
            ("Faces in the rest", "Лица в остальном"),
            ("Share of the rest with a face", "Доля остального, где видно лицо"),
            unit=Unit.SHARE,
            high=1.0,
            presence="faces_known",
        ),
        mask(
            "faces_known",
            ("Faces can be compared", "Лица можно сравнить"),
            ("Faces were looked for and some are seen", "Лица искали и нашли"),
            axis=_AXIS,
        ),
        flag(
            "uses_faces",
            ("Faces were used", "Лица учтены"),
            ("Faces of this video were known", "Лица этого видео были известны"),
        ),
        _each(
            "text_opening",
            ("Text in the opening", "Текст в начале"),
            ("Share of the opening with a line of text", "Доля начала, где видна строка текста"),
            unit=Unit.SHARE,
            high=1.0,
            presence="text_known",
        ),
        _each(
            "text_rest",
            ("Text in the rest", "Текст в остальном"),
            ("Share of the rest with a line of text", "Доля остального, где видна строка текста"),
            unit=Unit.SHARE,
            high=1.0,
            presence="text_known",
        ),
        mask(
            "text_known",
            ("Text can be compared", "Текст можно сравнить"),
            ("Text was looked for and some is seen", "Текст искали и нашли"),
            axis=_AXIS,
        ),
        flag(
            "uses_text",
            ("Text was used", "Текст учтён"),
            ("Text on the screen of this video was known", "Текст на экране был известен"),
        ),
        _each(
            "voice_opening",
            ("Speech in the opening", "Речь в начале"),
            ("Share of the opening in which somebody speaks", "Доля начала, где кто-то говорит"),
            unit=Unit.SHARE,
            high=1.0,
            presence="voice_known",
        ),
        _each(
            "voice_rest",
            ("Speech in the rest", "Речь в остальном"),
            ("Share of the rest in which somebody speaks", "Доля остального, где кто-то говорит"),
            unit=Unit.SHARE,
            high=1.0,
            presence="voice_known",
        ),
        mask(
            "voice_known",
            ("Speech can be compared", "Речь можно сравнить"),
            ("Speech was listened for", "Речь слушали"),
            axis=_AXIS,
        ),
        flag(
            "uses_voice",
            ("Speech was used", "Речь учтена"),
            ("Where this video speaks was known", "Было известно, где в видео говорят"),
        ),
        flag(
            "uses_loudness",
            ("Loudness was used", "Громкость учтена"),
            ("The loudness of this video was known", "Громкость этого видео была известна"),
        ),
    ),
)
