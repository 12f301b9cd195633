"""What a `pacing` artifact holds."""

from adapters.components.listing import column, count, flag, segments, value
from adapters.components.visual.curves import curve, curve_times
from domain.schema import ArtifactSchema, Drawing, Label, Unit

SCHEMA = ArtifactSchema(
    component="pacing",
    version="1",
    label=Label("Pace", "Темп монтажа"),
    meaning=Label(
        "How long shots last and how cuts gather over the video; dissolves and fades count as cuts",
        "Сколько длятся планы и как распределены склейки; наплывы и затемнения тоже считаются",
    ),
    arrays=(
        value(
            "mean_shot_s",
            ("Mean shot", "Средний план"),
            ("Mean length of a shot", "Средняя длина плана"),
            unit=Unit.SECONDS,
        ),
        value(
            "median_shot_s",
            ("Median shot", "Медианный план"),
            ("Half of the shots are shorter", "Половина планов короче"),
            unit=Unit.SECONDS,
        ),
        value(
            "cuts_per_minute",
            ("Cuts a minute", "Склеек в минуту"),
            ("Transitions over the length of the video", "Переходов на длину видео"),
            unit=Unit.PER_MINUTE,
        ),
        count("shot_count", ("Shots", "Планы"), ("How many shots there are", "Сколько планов")),
        value(
            "trend",
            ("Trend", "Тренд"),
            (
                "1 when all cuts are in the second half, -1 when all are in the first",
                "1, если все склейки во второй половине, -1, если все в первой",
            ),
            low=-1.0,
            high=1.0,
        ),
        value(
            "opening_cuts_per_minute",
            ("Cuts in the opening", "Склейки в начале"),
            (
                "Cuts a minute in the first 10 seconds (of a shorter video, its first half)",
                "Склеек в минуту за первые 10 секунд (у короткого видео за первую половину)",
            ),
            unit=Unit.PER_MINUTE,
        ),
        value(
            "rest_cuts_per_minute",
            ("Cuts in the rest", "Склейки дальше"),
            ("Cuts a minute after the opening", "Склеек в минуту после начала"),
            unit=Unit.PER_MINUTE,
        ),
        value(
            "opening_motion_ratio",
            ("Motion in the opening", "Движение в начале"),
            (
                "Mean motion of the opening against that of the rest; 1 is equal",
                "Среднее движение в начале против остального; 1 - поровну",
            ),
            presence="motion_known",
        ),
        flag(
            "motion_known",
            ("Motion can be compared", "Движение можно сравнить"),
            ("False where the rest stands still", "Ложь, если дальше всё неподвижно"),
        ),
        column(
            "shot_lengths_s",
            "shot",
            ("Shot lengths", "Длины планов"),
            ("Length of each shot in order", "Длина каждого плана по порядку"),
            drawing=Drawing.HISTOGRAM,
            unit=Unit.SECONDS,
        ),
        curve_times(),
        curve(
            "cuts_per_10s",
            ("Cuts over time", "Склейки во времени"),
            (
                "Cuts in the 10 seconds around each second, as if the window were full",
                "Склейки за 10 секунд вокруг каждой секунды, в пересчёте на полное окно",
            ),
            unit=Unit.PER_TEN_SECONDS,
        ),
        segments(
            "burst_bounds_s",
            ("Bursts", "Серии склеек"),
            (
                "Where four cuts or more follow each other within a second each",
                "Где не меньше четырёх склеек идут с промежутком до секунды",
            ),
            axis="burst",
        ),
    ),
)
