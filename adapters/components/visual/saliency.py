"""saliency: where in the picture the eye is drawn, and whether to one place or to many.

A map of centre-surround contrast (see `conspicuity`) stands for attention: it knows contrast and
colour, not meaning, so a face in even light draws it less than it draws people.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from adapters.components.listing import Both, line, mask, share, table, times, value
from adapters.components.visual.conspicuity import CONTRAST_MIN, conspicuity
from adapters.components.visual.sampled import sampled
from application.ports.components import Component, Inputs, Measurement
from domain.component import ComponentSpec, Cost, EmptyReason, FrameBudget, Modality
from domain.schema import ArraySchema, ArtifactSchema, DType, Label, Unit

SPEC = ComponentSpec(
    name="saliency",
    modality=Modality.VISUAL,
    producer_version="1",
    schema_version="1",
    frames=FrameBudget(60, 120, 250),
    cost=Cost.FRAMES,
    memory_mib=100,
)

STRUCTURED_SHARE_MIN = 0.1
"""With something to see in fewer frames than this, averages would describe those few alone."""

_GRID = 3


def _line(name: str, label: Both, meaning: Both) -> ArraySchema:
    return line(
        name,
        label,
        meaning,
        along="times_s",
        dtype=DType.FLOAT64,
        unit=Unit.SHARE,
        high=1.0,
        presence="structured",
        may_be_constant=True,
    )


SCHEMA = ArtifactSchema(
    component="saliency",
    version="1",
    label=Label("Where the eye goes", "Куда падает взгляд"),
    meaning=Label(
        "What stands out by contrast and colour; it does not know faces or meaning",
        "Что выделяется контрастом и цветом; лиц и смысла мера не знает",
    ),
    arrays=(
        value(
            "mean_concentration",
            ("Concentration", "Собранность"),
            (
                "0 %: nothing leads the eye; 100 %: a single point does",
                "0 %: взгляд ничто не ведёт; 100 %: его ведёт одна точка",
            ),
            unit=Unit.SHARE,
            high=1.0,
        ),
        value(
            "mean_center_distance",
            ("Distance from the centre", "Расстояние от центра"),
            (
                "Mean distance of the strongest point from the centre, in half diagonals",
                "Среднее расстояние самой заметной точки от центра, в половинах диагонали",
            ),
            unit=Unit.SHARE,
            high=1.0,
        ),
        table(
            "attention_grid",
            (str(_GRID), str(_GRID)),
            ("Attention by place", "Внимание по местам"),
            (
                "How the picture's pull is shared among its ninths, top row first",
                "Как притяжение кадра делится между его девятью частями, верхний ряд первый",
            ),
            unit=Unit.SHARE,
            high=1.0,
        ),
        times(
            "times_s",
            ("Time", "Время"),
            ("Moments of the frames looked at", "Моменты просмотренных кадров"),
        ),
        _line(
            "concentration",
            ("Concentration over time", "Собранность по времени"),
            (
                "The whole less the entropy of the map; high when one thing stands out",
                "Целое минус энтропия карты; высока, когда выделяется что-то одно",
            ),
        ),
        _line(
            "peak_x",
            ("Strongest point, across", "Самая заметная точка, по ширине"),
            ("0 % is the left edge, 100 % the right", "0 % — левый край, 100 % — правый"),
        ),
        _line(
            "peak_y",
            ("Strongest point, down", "Самая заметная точка, по высоте"),
            ("0 % is the top edge, 100 % the bottom", "0 % — верхний край, 100 % — нижний"),
        ),
        mask(
            "structured",
            ("Something to see", "Есть на что смотреть"),
            (
                "False where the frame is flat or black and has no strongest point",
                "Ложь там, где кадр ровный или чёрный и выделяться нечему",
            ),
            axis="times_s",
        ),
        share(
            "structured_share",
            ("Frames with something to see", "Кадры, где есть на что смотреть"),
            ("Share of frames that are not flat", "Доля кадров, которые не ровные"),
        ),
    ),
)


def measure(inputs: Inputs) -> Measurement:
    """Empty when fewer than a tenth of the frames hold anything that stands out."""
    frames = sampled(inputs)
    indices = frames.indices
    concentrations, peaks = np.full(len(indices), np.nan), np.full((len(indices), 2), np.nan)
    grid = np.zeros((_GRID, _GRID))
    for at, picture in enumerate(frames.rgb()):
        contrast = conspicuity(picture)
        if contrast.max() < CONTRAST_MIN:
            continue
        pull = attention(contrast)
        concentrations[at], peaks[at] = concentration(pull), _peak(contrast)
        grid += _ninths(pull)
    structured = ~np.isnan(concentrations)
    if structured.mean() < STRUCTURED_SHARE_MIN:
        return Measurement.empty(EmptyReason.NOTHING_DETECTED, f"{structured.sum()} frames")
    distances = np.hypot(*(peaks[structured] - 0.5).T) / np.hypot(0.5, 0.5)
    arrays: dict[str, NDArray[Any]] = {
        "times_s": indices / 12,
        "concentration": concentrations,
        "peak_x": peaks[:, 0],
        "peak_y": peaks[:, 1],
        "structured": structured,
        "structured_share": np.array(structured.mean()),
        "mean_concentration": np.array(concentrations[structured].mean()),
        "mean_center_distance": np.array(distances.mean()),
        "attention_grid": grid / grid.sum(),
    }
    return Measurement(arrays, units=float(len(indices)))


COMPONENT = Component(spec=SPEC, schema=SCHEMA, measure=measure)


def attention(contrast: NDArray[np.float32]) -> NDArray[np.float64]:
    """The share of attention of each cell: squared contrast, adding up to 1."""
    power = np.square(contrast.astype(np.float64))
    return np.asarray(power / power.sum(), dtype=np.float64)


def concentration(pull: NDArray[np.float64]) -> float:
    """One minus the entropy of the shares over that of an even spread: 1 for a single cell."""
    known = pull[pull > 0]
    entropy = float(-(known * np.log(known)).sum())
    return float(np.clip(1 - entropy / np.log(pull.size), 0.0, 1.0))


def _peak(contrast: NDArray[np.float32]) -> tuple[float, float]:
    """The middle of the strongest cell as shares of width and height."""
    row, column_ = np.unravel_index(int(contrast.argmax()), contrast.shape)
    return (float(column_) + 0.5) / contrast.shape[1], (float(row) + 0.5) / contrast.shape[0]


def _ninths(pull: NDArray[np.float64]) -> NDArray[np.float64]:
    rows = np.arange(pull.shape[0]) * _GRID // pull.shape[0]
    columns = np.arange(pull.shape[1]) * _GRID // pull.shape[1]
    grid = np.zeros((_GRID, _GRID))
    np.add.at(grid, (rows[:, None], columns[None, :]), pull)
    return grid
