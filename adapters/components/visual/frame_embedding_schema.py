"""What an artifact of `frame_embedding` holds."""

from adapters.components.listing import line, table, times, value
from domain.schema import ArtifactSchema, Drawing, DType, Label, Unit

WIDTH = 1280
TOP = 3

SCHEMA = ArtifactSchema(
    component="frame_embedding",
    version="1",
    label=Label("Pictures as vectors", "Картинки как векторы"),
    meaning=Label(
        (
            "A direction for what each frame shows, so that frames can be compared. The model "
            "learnt from photographs of single things: drawings, slides and screens lie closer "
            "together than they look; classes are numbers, their names do not come with it"
        ),
        (
            "Направление, отвечающее содержанию кадра: по ним кадры сравнивают. Модель училась на "
            "фотографиях отдельных вещей: рисунки, слайды и экраны кажутся ей ближе, чем на вид; "
            "классы - номера, названий с ней нет"
        ),
    ),
    arrays=(
        value(
            "mean_change",
            ("Change of what is shown", "Смена содержания"),
            (
                "Mean distance between neighbouring frames: 0 nothing changes",
                "Среднее расстояние между соседними кадрами: 0 - ничего не меняется",
            ),
            high=1.0,
        ),
        times(
            "times_s",
            ("Time", "Время"),
            ("Moments of the frames looked at", "Моменты просмотренных кадров"),
        ),
        line(
            "change",
            ("Change over time", "Смена по времени"),
            (
                "One minus the cosine to the frame before; 0 for the first",
                "Единица минус косинус с предыдущим кадром; у первого 0",
            ),
            along="times_s",
            high=1.0,
            may_be_constant=True,
        ),
        table(
            "vectors",
            ("times_s", str(WIDTH)),
            ("Vectors", "Векторы"),
            ("One of length one a frame", "По одному единичной длины на кадр"),
            dtype=DType.FLOAT32,
            drawing=Drawing.HIDDEN,
            high=1.0 + 1e-6,
        ),
        table(
            "top_classes",
            ("times_s", str(TOP)),
            ("Likeliest classes", "Вероятнейшие классы"),
            (
                "Numbers of ImageNet's thousand classes, likeliest first",
                "Номера из тысячи классов ImageNet, вероятнейший первым",
            ),
            dtype=DType.INT64,
            drawing=Drawing.HIDDEN,
            high=999.0,
        ),
        table(
            "top_probabilities",
            ("times_s", str(TOP)),
            ("Their probabilities", "Их вероятности"),
            ("In the same order", "В том же порядке"),
            dtype=DType.FLOAT32,
            drawing=Drawing.HIDDEN,
            unit=Unit.SHARE,
            high=1.0,
        ),
    ),
)
