"""What a `color` artifact holds."""

from adapters.components.listing import Both, column, flag, share, table, value
from adapters.components.visual.curves import curve, curve_times
from domain.schema import ArtifactSchema, DType, Label, Unit

PALETTE = 5

# Name, lowest, highest, label, meaning: each is a curve and its mean.
CURVES: tuple[tuple[str, float, float | None, Both, Both], ...] = (
    (
        "brightness",
        0.0,
        1.0,
        ("Brightness", "Яркость"),
        ("Mean luma: 0 % is black, 100 % is white", "Средняя яркость: 0 % — чёрное, 100 % — белое"),
    ),
    (
        "contrast",
        0.0,
        1.0,
        ("Contrast", "Контраст"),
        (
            "Standard deviation of luma: 0 % is flat, 50 % is half black and half white",
            "Стандартное отклонение яркости: 0 % — ровно, 50 % — половина чёрная, половина белая",
        ),
    ),
    (
        "saturation",
        0.0,
        1.0,
        ("Saturation", "Насыщенность"),
        (
            "Mean saturation: 0 % is grey, 100 % is pure colour",
            "Средняя: 0 % — серое, 100 % — чистый цвет",
        ),
    ),
    (
        "colorfulness",
        0.0,
        None,
        ("Colourfulness", "Красочность"),
        (
            "After Hasler and Süsstrunk: 0 is none, 33 moderate, 82 and above extreme",
            "По Хаслеру и Зюсструнк: 0 - нет, 33 - умеренно, от 82 - чрезвычайно",
        ),
    ),
    (
        "warmth",
        -1.0,
        1.0,
        ("Warmth", "Теплота"),
        (
            "Mean red less mean blue: above 0 is warm, below is cool",
            "Средний красный минус средний синий: выше 0 - тепло, ниже - холодно",
        ),
    ),
)

_MEANS = tuple(
    value(
        f"mean_{name}",
        label,
        meaning,
        unit=Unit.SHARE if high == 1.0 and low == 0.0 else Unit.NONE,
        low=low,
        high=high,
    )
    for name, low, high, label, meaning in CURVES
)
_LINES = tuple(
    curve(name, label, meaning, low=low, high=high) for name, low, high, label, meaning in CURVES
)

SCHEMA = ArtifactSchema(
    component="color",
    version="1",
    label=Label("Colour", "Цвет"),
    meaning=Label(
        "How bright, contrasty and colourful the picture is, and which colours it is made of",
        "Насколько картинка яркая, контрастная и красочная и из каких цветов состоит",
    ),
    arrays=(
        *_MEANS,
        share(
            "black_share",
            ("Black frames", "Чёрные кадры"),
            ("Share of frames that are all but black", "Доля кадров, почти целиком чёрных"),
        ),
        share(
            "white_share",
            ("White frames", "Белые кадры"),
            ("Share of frames that are all but white", "Доля кадров, почти целиком белых"),
        ),
        share(
            "grey_share",
            ("Frames without colour", "Кадры без цвета"),
            ("Share of frames without colour", "Доля бесцветных кадров"),
        ),
        value(
            "flicker_strength",
            ("Flicker", "Мерцание"),
            (
                "Half the swing of brightness at the frequency of flicker; 0 where there is none",
                "Половина размаха яркости на частоте мерцания; 0, если его нет",
            ),
            high=1.0,
        ),
        value(
            "flicker_hz",
            ("Flicker frequency", "Частота мерцания"),
            (
                "Seen at 12 frames a second: faster flicker shows as a slower one",
                "Видно при 12 кадрах в секунду: более быстрое выглядит более медленным",
            ),
            unit=Unit.HERTZ,
            high=6.0,
            presence="flicker_found",
        ),
        flag(
            "flicker_found",
            ("There is flicker", "Мерцание есть"),
            ("Whether brightness swings evenly", "Колеблется ли яркость равномерно"),
        ),
        curve_times(),
        *_LINES,
        table(
            "palette_rgb",
            ("colour", "3"),
            ("Palette", "Палитра"),
            (
                "The main colours as red, green and blue, the most frequent first",
                "Главные цвета: красный, зелёный, синий; самый частый первым",
            ),
            dtype=DType.UINT8,
            low=0,
            high=255,
        ),
        column(
            "palette_shares",
            "colour",
            ("Palette shares", "Доли палитры"),
            ("How much of the video is nearest each colour", "Какая часть видео ближе к цвету"),
            unit=Unit.SHARE,
            high=1.0,
        ),
    ),
)
