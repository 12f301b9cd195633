"""Every shipped schema is drawn from itself alone, however long its arrays are (R-804)."""

import re
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from adapters.components.catalogue import ShippedComponents
from adapters.html.page import draw
from application.ports.reports import ReportCard, ReportPage
from domain.component import ComponentStatus, Modality
from domain.schema import ArraySchema, ArtifactSchema, Drawing, DType, Unit
from tests.builders import an_identity
from tests.report.made import a_frame, an_entry
from tests.report.numbers import is_printed, listed, tables_of
from tests.report.pages import a_run_record

SHIPPED = ShippedComponents()
DURATION_S = 63.0


def made_arrays(schema: ArtifactSchema, *, length: int) -> dict[str, NDArray[Any]]:
    """Arrays that keep the schema, with `length` values on every axis that has no fixed length."""
    noise = np.random.default_rng(length)
    return {array.name: _made(array, noise, length=length) for array in schema.arrays}


def _made(array: ArraySchema, noise: np.random.Generator, *, length: int) -> NDArray[Any]:
    shape = tuple(int(axis) if axis.isdigit() else length for axis in array.axes)
    if array.dtype is DType.TEXT:
        return np.array(noise.choice(array.choices or ("a word", "слово"), size=shape))
    if array.dtype is DType.BOOL:
        return noise.random(shape) > 0.3
    if array.unit is Unit.SECONDS:
        return np.sort(noise.uniform(0, DURATION_S, shape), axis=None).reshape(shape)
    low = array.low if array.low is not None else -1.0
    high = array.high if array.high is not None else low + 100.0
    values = noise.uniform(low, high, shape)
    if array.dtype in {DType.INT64, DType.UINT8}:
        return values.astype(str(array.dtype))
    return np.where(noise.random(shape) < 0.1, np.nan, values).astype(str(array.dtype))


def a_page_of(name: str, *, length: int) -> ReportPage:
    schema = SHIPPED[name].schema
    arrays = made_arrays(schema, length=length)
    card = ReportCard(
        entry=an_entry(name, Modality.VISUAL, ComponentStatus.OK), schema=schema, arrays=arrays
    )
    return ReportPage(
        identity=an_identity(),
        title="T",
        run=a_run_record(DURATION_S, warnings=[]),
        cards=(card,),
        key_frames=((1.0, a_frame(1, width_px=32, height_px=18)),),
    )


@pytest.mark.parametrize("length", [0, 1, 2, 900])
@pytest.mark.parametrize("name", SHIPPED.catalogue.names)
def test_a_shipped_schema_is_drawn_with_its_numbers(name: str, length: int) -> None:
    page = a_page_of(name, length=length)
    (card,) = page.cards
    html = draw(page, language="ru")
    for array in card.schema.arrays:
        assert f'<tr data-array="{array.name}">' in html
        if array.drawing is not Drawing.HIDDEN:
            assert array.label.ru in html
        if not array.axes and array.presence is None:
            shown = re.search(rf'data-array="{array.name}">.*?data-value="([^"]*)"', html)
            assert shown is not None
            assert is_printed([shown[1]], card.arrays[array.name].reshape(1))
    for table in tables_of(html):
        for place, (name_of_array, _) in enumerate(table.heads):
            if name_of_array:
                assert is_printed(table.column(place), listed(card, table, place)), table.heads


@pytest.mark.parametrize("name", SHIPPED.catalogue.names)
def test_what_is_shown_in_percent_is_explained_in_percent(name: str) -> None:
    """ "1 is white" below "38 %" leaves a reader to guess which of the two is meant."""
    for array in SHIPPED[name].schema.arrays:
        if array.unit is Unit.SHARE:
            for said in (array.meaning.en, array.meaning.ru):
                assert not re.search(r"\b[01](:| is | — | - |, 1| to 1| до 1)", said), said
