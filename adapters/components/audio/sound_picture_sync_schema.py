"""What a `sound_picture_sync` artifact holds."""

from adapters.components.listing import column, line, mask, times, value
from domain.schema import ArtifactSchema, Drawing, DType, Label, Unit

SCHEMA = ArtifactSchema(
    component="sound_picture_sync",
    version="1",
    label=Label("Cuts and sound", "Склейки и звук"),
    meaning=Label(
        "Whether the picture is cut to the music",
        "Смонтировано ли видео под музыку",
    ),
    arrays=(
        value(
            "alignment_score",
            high=1.0,
            label=("Cut to the sound", "Монтаж под звук"),
            meaning=(
                "0 as by chance, 1 when every cut falls on a beat (without a beat: on an onset)",
                "0 как при случайном монтаже, 1 если каждая склейка на удар (без ритма - на атаку)",
            ),
        ),
        value(
            "alignment_confidence",
            high=1.0,
            label=("Confidence", "Уверенность"),
            meaning=(
                "How unlikely so many hits would be by chance; low with few cuts",
                "Насколько маловероятно столько попаданий случайно; при малом числе склеек низкая",
            ),
        ),
        value(
            "cuts_on_beat_share",
            unit=Unit.SHARE,
            high=1.0,
            presence="has_beat",
            label=("Cuts on the beat", "Склейки на удар"),
            meaning=(
                "Share of hard cuts within 0.1 s of a beat",
                "Доля жёстких склеек не дальше 0,1 с от удара",
            ),
        ),
        value(
            "beat_chance_share",
            unit=Unit.SHARE,
            high=1.0,
            presence="has_beat",
            label=("On the beat by chance", "На удар случайно"),
            meaning=(
                "The share that random cuts would have: the faster the music, the higher",
                "Какой была бы доля у случайных склеек: чем быстрее музыка, тем выше",
            ),
        ),
        value(
            "cuts_on_onset_share",
            unit=Unit.SHARE,
            high=1.0,
            label=("Cuts on an onset", "Склейки на атаку"),
            meaning=(
                "Share of hard cuts within 0.1 s of where a sound begins",
                "Доля жёстких склеек не дальше 0,1 с от начала звука",
            ),
        ),
        value(
            "onset_chance_share",
            unit=Unit.SHARE,
            high=1.0,
            label=("On an onset by chance", "На атаку случайно"),
            meaning=(
                "The share that random cuts would have",
                "Какой была бы доля у случайных склеек",
            ),
        ),
        mask(
            "has_beat",
            label=("Has a beat", "Есть ритм"),
            meaning=("Whether the sound has a steady beat", "Есть ли в звуке ровный ритм"),
        ),
        times(
            "cut_times_s",
            label=("Hard cuts", "Жёсткие склейки"),
            meaning=("The cuts that were looked at", "Склейки, которые рассматривались"),
            drawing=Drawing.MARKS,
        ),
        line(
            "beat_offsets_s",
            along="cut_times_s",
            unit=Unit.SECONDS,
            low=None,
            presence="beat_offset_known",
            may_be_constant=True,
            label=("Distance to the beat", "Расстояние до удара"),
            meaning=(
                "From the nearest beat to the cut; positive when the cut is late",
                "От ближайшего удара до склейки; положительное, если склейка запаздывает",
            ),
        ),
        mask(
            "beat_offset_known",
            along="cut_times_s",
            label=("Distance is known", "Расстояние известно"),
            meaning=("Whether there is a beat to measure from", "Есть ли удар, от которого мерить"),
        ),
        column(
            "on_beat",
            "cut_times_s",
            dtype=DType.BOOL,
            along="cut_times_s",
            label=("On the beat", "На удар"),
            meaning=(
                "Whether the cut falls within 0.1 s of a beat",
                "Попадает ли склейка в 0,1 с от удара",
            ),
        ),
    ),
)
