"""What a `loudness` artifact holds."""

from adapters.components.listing import line, mask, times, value
from domain.schema import ArtifactSchema, Label, Unit

_WINDOW_CENTRES = ("Centre of each window", "Середина каждого окна")

SCHEMA = ArtifactSchema(
    component="loudness",
    version="1",
    label=Label("Loudness", "Громкость"),
    meaning=Label(
        "How loud the sound is to the ear, by the broadcasters' standard EBU R 128",
        "Насколько звук громкий на слух, по вещательному стандарту EBU R 128",
    ),
    arrays=(
        value(
            "integrated_lufs",
            unit=Unit.LUFS,
            low=-70.0,
            high=30.0,
            label=("Loudness of the whole video", "Громкость всего видео"),
            meaning=(
                "YouTube turns down what is above about -14 LUFS; much lower sounds faint",
                "YouTube приглушает всё громче примерно -14 LUFS; намного ниже звучит тихо",
            ),
        ),
        value(
            "loudness_range_lu",
            unit=Unit.LU,
            high=120.0,
            label=("Loudness range", "Диапазон громкости"),
            meaning=(
                "How far quiet and loud passages lie apart; unsure on videos under a minute",
                "Насколько тихие места отличаются от громких; на видео короче минуты неточно",
            ),
        ),
        value(
            "true_peak_dbtp",
            unit=Unit.DBTP,
            low=-120.0,
            high=40.0,
            label=("True peak", "Истинный пик"),
            meaning=(
                "The highest level between samples; above -1 dBTP players may distort",
                "Наивысший уровень между отсчётами; выше -1 dBTP возможны искажения",
            ),
        ),
        value(
            "max_momentary_lufs",
            unit=Unit.LUFS,
            low=-120.0,
            high=40.0,
            label=("Loudest moment", "Самый громкий момент"),
            meaning=("The loudest 0.4 seconds", "Самые громкие 0,4 секунды"),
        ),
        value(
            "max_short_term_lufs",
            unit=Unit.LUFS,
            low=-120.0,
            high=40.0,
            label=("Loudest passage", "Самый громкий отрывок"),
            meaning=("The loudest 3 seconds", "Самые громкие 3 секунды"),
        ),
        times(meaning=_WINDOW_CENTRES),
        line(
            "short_term_lufs",
            along="times_s",
            unit=Unit.LUFS,
            low=-70.0,
            high=40.0,
            presence="short_term_audible",
            label=("Short-term loudness", "Кратковременная громкость"),
            meaning=(
                "Loudness of the 3 seconds around each moment; a gap where it is silent",
                "Громкость трёх секунд вокруг каждого момента; в тишине пропуск",
            ),
        ),
        mask(
            "short_term_audible",
            along="times_s",
            label=("Audible, 3 s", "Слышно, 3 с"),
            meaning=(
                "Whether the 3 seconds reach -70 LUFS, the gate of the standard",
                "Достигают ли 3 секунды -70 LUFS, порога стандарта",
            ),
        ),
        times("momentary_times_s", meaning=_WINDOW_CENTRES),
        line(
            "momentary_lufs",
            along="momentary_times_s",
            unit=Unit.LUFS,
            low=-70.0,
            high=40.0,
            presence="momentary_audible",
            label=("Momentary loudness", "Мгновенная громкость"),
            meaning=(
                "Loudness of the 0.4 seconds around each moment; a gap where it is silent",
                "Громкость 0,4 секунды вокруг каждого момента; в тишине пропуск",
            ),
        ),
        mask(
            "momentary_audible",
            along="momentary_times_s",
            label=("Audible, 0.4 s", "Слышно, 0,4 с"),
            meaning=(
                "Whether the 0.4 seconds reach -70 LUFS, the gate of the standard",
                "Достигают ли 0,4 секунды -70 LUFS, порога стандарта",
            ),
        ),
        line(
            "rms",
            along="momentary_times_s",
            label=("Signal level (RMS)", "Уровень сигнала (RMS)"),
            meaning=(
                "Root mean square of all channels in the same 0.4 seconds; 1 is full scale",
                "Среднеквадратичный уровень всех каналов за те же 0,4 секунды; 1 — полная шкала",
            ),
        ),
    ),
)
