"""What a `sharpness` artifact holds."""

from adapters.components.listing import flag, share, value
from adapters.components.visual.curves import curve, curve_times
from domain.schema import ArtifactSchema, Label, Unit

SIDES = {
    "top": ("top", "сверху"),
    "bottom": ("bottom", "снизу"),
    "left": ("left", "слева"),
    "right": ("right", "справа"),
}

SCHEMA = ArtifactSchema(
    component="sharpness",
    version="1",
    label=Label("Sharpness", "Резкость"),
    meaning=Label(
        "How sharp, noisy and well exposed the picture is, and whether it has black bars",
        "Насколько картинка резкая, шумная и верно экспонирована, и есть ли чёрные полосы",
    ),
    arrays=(
        value(
            "mean_focus",
            ("Focus", "Фокус"),
            (
                "Strength of the finest detail in the sharpest tenth of the frame, in grey levels",
                "Сила мельчайших деталей в самой резкой десятой части кадра, в уровнях серого",
            ),
        ),
        value(
            "mean_noise",
            ("Noise", "Шум"),
            (
                "Grain in the smoothest parts, in grey levels; fine texture reads as noise, too",
                "Зерно в самых гладких местах, в уровнях серого; мелкая фактура тоже даёт шум",
            ),
            high=255.0,
        ),
        curve_times(),
        curve(
            "focus",
            ("Focus over time", "Фокус во времени"),
            (
                "Falls when the camera loses focus or moves fast",
                "Падает, когда камера теряет фокус или быстро движется",
            ),
        ),
        curve(
            "noise",
            ("Noise over time", "Шум во времени"),
            ("Rises in the dark", "Растёт в темноте"),
            high=255.0,
        ),
        curve(
            "dark_share",
            ("Lost in shadow", "Потеряно в тенях"),
            ("Share of the picture that is all but black", "Доля кадра, почти чёрная"),
            unit=Unit.SHARE,
            high=1.0,
        ),
        curve(
            "bright_share",
            ("Burnt out", "Пересвечено"),
            ("Share of the picture that is all but white", "Доля кадра, почти белая"),
            unit=Unit.SHARE,
            high=1.0,
        ),
        value(
            "blockiness",
            ("Blocks", "Блочность"),
            (
                "How far the 8-pixel grid of coarse coding stands out; 0 where it does not",
                "Насколько видна сетка 8 пикселей от грубого сжатия; 0, если не видна",
            ),
            presence="blockiness_known",
        ),
        flag(
            "blockiness_known",
            ("Blocks are known", "Блочность известна"),
            (
                "False for a picture too plain to tell",
                "Ложь, если картинка для этого слишком гладкая",
            ),
        ),
        *(
            share(
                f"bar_{side}",
                (f"Bar at the {english}", f"Полоса {russian}"),
                (
                    "Black bar through the whole video, as a share of the picture",
                    "Чёрная полоса на всём видео, доля кадра",
                ),
            )
            for side, (english, russian) in SIDES.items()
        ),
    ),
)
