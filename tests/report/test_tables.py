"""The numbers on the page are the numbers of the artifact, through every drawing and state."""

import numpy as np
import pytest

from adapters.html.page import draw
from adapters.html.tables import ROWS_MAX, row_step
from application.ports.reports import ReportCard, ReportPage
from domain.component import Modality
from domain.schema import Drawing, Unit
from tests.builders import an_identity
from tests.report.made import a_card, a_value, an_array, times
from tests.report.numbers import is_printed, listed, tables_of
from tests.report.pages import a_page, a_run_record


def a_page_of(*cards: ReportCard) -> ReportPage:
    return ReportPage(
        identity=an_identity(), title="T", run=a_run_record(warnings=[]), cards=cards, key_frames=()
    )


@pytest.mark.parametrize("duration_s", [63.0, 1200.0])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_printed_number_is_the_stored_one(duration_s: float, language: str) -> None:
    page = a_page(duration_s=duration_s)
    tables = tables_of(draw(page, language=language))
    assert len(tables) > 20
    for table in tables:
        for place, (name, _) in enumerate(table.heads):
            if name:
                (card,) = [one for one in page.cards if one.schema.component == table.component]
                assert is_printed(table.column(place), listed(card, table, place)), table.heads


def test_every_array_of_every_measured_component_is_listed() -> None:
    """Arrays that are not drawn stand in the list of all data, so nothing is withheld (R-804)."""
    page = a_page()
    html = draw(page, language="en")
    for card in page.cards:
        for name in card.arrays:
            assert f'<tr data-array="{name}">' in html


def test_a_wrong_number_would_be_noticed() -> None:
    assert not is_printed(["1.00001"], np.array([1.0]))
    assert not is_printed(["—"], np.array([1.0]))
    assert not is_printed(["1"], np.array([np.nan]))


def test_long_arrays_list_every_nth_row_and_say_so() -> None:
    """20 minutes of 12 fps are 14,400 rows: every 29th is listed, the statistics are over all."""
    at = np.arange(14_400) / 12
    values = np.sin(at)
    values[7_777] = 99.0
    curve = an_array(
        "curve", values, Drawing.LINE, axes=("times_s",), along="times_s", unit=Unit.NONE
    )
    html = draw(a_page_of(a_card("motion", Modality.VISUAL, (times(at), curve))), language="en")
    (table,) = tables_of(html)
    assert (table.step, table.total, len(table.rows)) == (29, 14_400, 497)
    assert table.rows[1] == ["2.416667", f"{np.sin(29 / 12):.7g}"]
    assert "One row in 29 is listed, from the first on, of 14400 in all." in html
    assert "<td>14400<td>0<td>" in html
    assert "<td>99</tr>" in html


def test_short_arrays_are_listed_whole() -> None:
    assert row_step(ROWS_MAX, 2) == 1
    assert row_step(ROWS_MAX + 1, 2) == 2
    assert row_step(0, 2) == 1


def test_a_value_that_is_absent_is_a_dash_and_not_zero() -> None:
    level = an_array(
        "level",
        np.array([0.0, 1.0]),
        Drawing.LINE,
        axes=("times_s",),
        along="times_s",
        presence="audible",
    )
    audible = an_array("audible", np.array([False, True]), Drawing.HIDDEN, axes=("times_s",))
    card = a_card("loudness", Modality.AUDIO, (times(np.array([0.0, 1.0])), level, audible))
    first = tables_of(draw(a_page_of(card), language="en"))[0]
    assert first.rows == [["0", "—"], ["1", "1"]]


def test_a_missing_scalar_is_said_to_be_missing() -> None:
    card = a_card("tempo", Modality.AUDIO, (a_value("bpm", np.nan, Unit.BPM),))
    assert ">no value\n" in draw(a_page_of(card), language="en")
