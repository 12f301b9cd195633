"""What an `audio_quality` artifact holds."""

from adapters.components.listing import line, mask, times, value
from domain.schema import ArtifactSchema, Label, Unit

SCHEMA = ArtifactSchema(
    component="audio_quality",
    version="1",
    label=Label("Sound quality", "Качество звука"),
    meaning=Label(
        "Clipping, silence and noise of the sound track",
        "Перегрузка, тишина и шум звуковой дорожки",
    ),
    arrays=(
        value(
            "clipping_share",
            unit=Unit.SHARE,
            high=1.0,
            label=("Clipping", "Перегрузка"),
            meaning=(
                "Share of samples cut off at full scale; lossy coding hides some of them",
                "Доля отсчётов, срезанных на пределе; сжатие с потерями часть скрывает",
            ),
        ),
        value(
            "silence_share",
            unit=Unit.SHARE,
            high=1.0,
            label=("Silence", "Тишина"),
            meaning=("Share of time below -60 dBFS", "Доля времени тише -60 dBFS"),
        ),
        value(
            "snr_db",
            unit=Unit.DB,
            low=-20.0,
            high=140.0,
            presence="snr_known",
            label=("Signal to noise", "Сигнал к шуму"),
            meaning=(
                "Loud passages against the pauses between them; unknown where there are no pauses",
                "Громкие места против пауз между ними; неизвестно, если пауз нет",
            ),
        ),
        mask(
            "snr_known",
            label=("Signal to noise is known", "Отношение сигнал/шум известно"),
            meaning=("False where the sound has no pauses", "Ложь, если в звуке нет пауз"),
        ),
        value(
            "noise_floor_dbfs",
            unit=Unit.DB,
            low=-140.0,
            high=20.0,
            label=("Noise floor", "Уровень шума"),
            meaning=(
                "Level of the quietest tenth, against full scale",
                "Уровень тишайшей десятой доли относительно предела",
            ),
        ),
        value(
            "crest_factor_db",
            unit=Unit.DB,
            high=140.0,
            label=("Crest factor", "Пик-фактор"),
            meaning=(
                "Highest peak against the mean level; low means strongly compressed",
                "Наибольший пик против среднего уровня; мало - значит сильно сжато",
            ),
        ),
        value(
            "dynamic_range_db",
            unit=Unit.DB,
            high=140.0,
            label=("Dynamic range", "Динамический диапазон"),
            meaning=(
                "Between the loudest and the quietest tenth of what is not silence",
                "Между самой громкой и самой тихой десятой тем, что не тишина",
            ),
        ),
        value(
            "dc_offset",
            low=-1.1,
            high=1.1,
            label=("Offset", "Смещение"),
            meaning=(
                "Mean of the wave, as a share of full scale; should be 0",
                "Среднее волны, в долях предела; должно быть 0",
            ),
        ),
        times(),
        line(
            "level_dbfs",
            along="times_s",
            unit=Unit.DB,
            low=-140.0,
            high=20.0,
            may_be_constant=True,
            label=("Level", "Уровень"),
            meaning=(
                "Mean level of each 50 ms, against full scale",
                "Средний уровень каждых 50 мс относительно предела",
            ),
        ),
    ),
)
