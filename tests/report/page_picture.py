"""The picture cards of the made page."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from application.ports.reports import ReportCard
from domain.component import ComponentStatus, Modality
from domain.schema import Drawing, Unit
from tests.report.made import a_card, a_failure, a_line, a_share, a_value, an_array, times

CUTS_S = np.array([3.5, 9.25, 15.0, 21.5, 28.75, 34.0, 40.5, 47.25, 55.0]) / 63.0
KINDS = np.array(["cut", "cut", "dissolve", "cut", "fade", "cut", "cut", "dissolve", "cut"])


def picture(duration_s: float) -> tuple[ReportCard, ...]:
    return _shots(duration_s), _color(duration_s), _motion(duration_s), *_without_result()


def _without_result() -> tuple[ReportCard, ...]:
    return (
        a_card(
            "composition",
            Modality.VISUAL,
            said=(
                "Composition",
                "Композиция",
                "How the picture is laid out.",
                "Как построен кадр.",
            ),
            status=ComponentStatus.ERROR,
            error=a_failure(
                "component_failed",
                where="composition.measure",
                message="ValueError in composition.measure (made_components:88)",
            ),
        ),
        a_card(
            "saliency",
            Modality.VISUAL,
            said=("Saliency", "Заметность", "Where the eye is drawn.", "Куда тянется взгляд."),
            status=ComponentStatus.BLOCKED,
            error=a_failure(
                "dependency_failed",
                where="composition",
                message="composition failed",
                root="composition",
            ),
        ),
        a_card(
            "sharpness",
            Modality.VISUAL,
            said=("Sharpness", "Резкость", "How sharp the picture is.", "Насколько резок кадр."),
            status=ComponentStatus.SKIPPED,
        ),
    )


def _shots(duration_s: float) -> ReportCard:
    cuts = CUTS_S * duration_s
    bounds = np.concatenate(([0.0], cuts, [duration_s]))
    return a_card(
        "shots",
        Modality.VISUAL,
        (
            a_value(
                "shot_count", 10, Unit.COUNT, "Shots", "Планы", "How many there are.", "Сколько их."
            ),
            *_cuts(cuts),
            an_array(
                "shot_bounds_s",
                np.column_stack([bounds[:-1], bounds[1:]]),
                Drawing.SEGMENTS,
                "Shots",
                "Планы",
                "Start and end of each shot.",
                "Начало и конец каждого плана.",
                axes=("shots", "2"),
                unit=Unit.SECONDS,
            ),
        ),
        said=(
            "Shots",
            "Планы",
            "How the video is cut: hard cuts, dissolves and fades.",
            "Как смонтировано видео: склейки, наплывы и затемнения.",
        ),
    )


def _cuts(cuts: NDArray[np.float64]) -> tuple[Any, ...]:
    return (
        an_array(
            "cut_times_s",
            cuts,
            Drawing.MARKS,
            "Cuts",
            "Склейки",
            "Where one shot ends and the next begins.",
            "Где кончается один план и начинается следующий.",
            axes=("cuts",),
            unit=Unit.SECONDS,
        ),
        an_array(
            "transition_kinds",
            KINDS,
            Drawing.HIDDEN,
            "Kind",
            "Вид",
            "How the shots are joined.",
            "Как соединены планы.",
            axes=("cuts",),
            choices=("cut", "dissolve", "fade"),
        ),
    )


def _color(duration_s: float) -> ReportCard:
    at = np.arange(0, duration_s, 1 / 12)
    curves = {
        "brightness": (0.35 + 0.2 * np.sin(at / 9), "Brightness", "Яркость"),
        "contrast": (0.22 + 0.05 * np.cos(at / 4), "Contrast", "Контраст"),
        "saturation": (0.4 + 0.1 * np.sin(at / 6 + 1), "Saturation", "Насыщенность"),
        "colorfulness": (0.3 + 0.1 * np.cos(at / 8), "Colourfulness", "Красочность"),
    }
    return a_card(
        "color",
        Modality.VISUAL,
        (
            a_share(
                "mean_brightness",
                0.352,
                "Mean brightness",
                "Средняя яркость",
                "0 is black, 100 % is white.",
                "0 — чёрное, 100 % — белое.",
            ),
            times(at),
            *(
                a_line(
                    name,
                    values.astype(np.float32),
                    Unit.SHARE,
                    english,
                    russian,
                    "From 0 to 100 %.",
                    "От 0 до 100 %.",
                )
                for name, (values, english, russian) in curves.items()
            ),
        ),
        said=("Colour", "Цвет", "Light and colour of the picture.", "Свет и цвет кадра."),
    )


def _motion(duration_s: float) -> ReportCard:
    at = np.arange(0, duration_s, 1 / 12)
    noise = np.random.default_rng(5)
    return a_card(
        "motion",
        Modality.VISUAL,
        (
            a_share(
                "still_share",
                0.08,
                "Still",
                "Неподвижно",
                "How much of the video does not move.",
                "Какая часть видео неподвижна.",
            ),
            times(at),
            a_line(
                "magnitude",
                np.abs(0.2 + 0.15 * np.sin(at / 5) + noise.normal(0, 0.03, at.size)),
                Unit.FRAME_HEIGHTS_PER_SECOND,
                "Motion",
                "Движение",
                "How fast the picture moves.",
                "Как быстро движется изображение.",
            ),
            a_line(
                "camera_pan",
                0.3 * np.sin(at / 11),
                Unit.FRAME_WIDTHS_PER_SECOND,
                "Pan",
                "Панорама",
                "Positive when the camera turns right.",
                "Положительна, когда камера поворачивает вправо.",
            ),
        ),
        said=(
            "Motion",
            "Движение",
            "How much the picture and the camera move.",
            "Как движутся изображение и камера.",
        ),
    )
