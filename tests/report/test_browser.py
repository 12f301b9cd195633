"""The report in a real browser: on a phone and a desk, in light and dark, by keyboard."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from adapters.folder.shelf import FolderShelf
from adapters.html.reports import HtmlReports
from application.ports.reports import ReportPage
from tests.report.numbers import is_printed
from tests.report.pages import a_page

pytestmark = [pytest.mark.requires("chromium"), pytest.mark.slow]

Scheme = Literal["light", "dark"]
Open = Callable[..., "Opened"]
PHONE_PX, DESK_PX = 390, 1280
SHORTEST_S = 5.0
"""axe looks at every cell by itself: the shortest video has the fewest."""


class Opened:
    """A report that a browser shows, with all that it asked for and complained of."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(address)

    @property
    def overhang_px(self) -> int:
        """How far the page reaches beyond the window's right edge."""
        found = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return int(found)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, float], str]:
    """The address of the made page in a language, for a length of video; drawn once each."""
    drawn: dict[tuple[str, float], str] = {}

    def address(language: str, duration_s: float) -> str:
        if (language, duration_s) not in drawn:
            folder = HtmlReports(FolderShelf(tmp_path_factory.mktemp("reports")))
            path = folder.write(a_page(duration_s=duration_s), language=language)
            drawn[language, duration_s] = Path(path).as_uri()
        return drawn[language, duration_s]

    return address


@pytest.fixture
def show(browser: Browser, reports: Callable[[str, float], str]) -> Iterator[Open]:
    opened: list[Page] = []

    def open_(
        *,
        width_px: int = DESK_PX,
        scheme: Scheme = "light",
        language: str = "en",
        duration_s: float = 63.0,
    ) -> Opened:
        page = browser.new_page(
            viewport={"width": width_px, "height": 844},
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        opened.append(page)
        return Opened(page, reports(language, duration_s))

    yield open_
    for page in opened:
        page.close()


@pytest.mark.parametrize("width_px", [PHONE_PX, DESK_PX])
@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("duration_s", [63.0, 1200.0])
def test_the_page_fits_asks_for_nothing_and_complains_of_nothing(
    show: Open, width_px: int, language: str, duration_s: float
) -> None:
    shown = show(width_px=width_px, language=language, duration_s=duration_s)
    assert shown.overhang_px <= 0
    shown.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert shown.overhang_px <= 0
    assert [url for url in shown.requests if not url.startswith("data:image/")] == [shown.address]
    assert shown.complaints == []


def faults(page: Page) -> str:
    """What axe finds wrong, in words; empty when nothing."""
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return str(found.generate_report()) if found.violations_count else ""


@pytest.mark.parametrize("width_px", [PHONE_PX, DESK_PX])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(show: Open, width_px: int, scheme: Scheme) -> None:
    page = show(width_px=width_px, scheme=scheme, duration_s=SHORTEST_S).page
    assert faults(page) == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_among_the_numbers(show: Open, scheme: Scheme) -> None:
    """One of each kind of table stands open."""
    page = show(width_px=PHONE_PX, scheme=scheme, duration_s=SHORTEST_S).page
    page.evaluate(
        """document.querySelectorAll(
            '#card-loudness details, #card-shots details, #identity details'
        ).forEach(d => d.open = true)"""
    )
    assert faults(page) == ""


def test_axe_would_notice_a_fault(show: Open) -> None:
    page = show(duration_s=SHORTEST_S).page
    page.evaluate("document.querySelector('svg[role=img]').removeAttribute('aria-label')")
    assert "svg-img-alt" in faults(page)


def test_dark_is_dark(show: Open) -> None:
    colors = [
        show(scheme=scheme).page.evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    ]
    assert colors == ["rgb(247, 245, 241)", "rgb(19, 20, 22)"]


def test_the_first_key_leads_past_the_contents(show: Open) -> None:
    page = show().page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "measurements"


@pytest.mark.parametrize("width_px", [PHONE_PX, DESK_PX])
def test_the_keyboard_opens_numbers_and_scrolls_them(show: Open, width_px: int) -> None:
    page = show(width_px=width_px).page
    summary = page.locator("#loudness-short_term_lufs summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator("#loudness-short_term_lufs details").get_attribute("open") is not None
    table = page.locator("#loudness-short_term_lufs .scroll").last
    for _ in range(3):
        page.keyboard.press("Tab")
        if table.evaluate("scroll => scroll === document.activeElement"):
            break
    before = table.evaluate("scroll => scroll.scrollTop")
    page.keyboard.press("End")
    page.wait_for_function(
        "([scroll, before]) => scroll.scrollTop > before", arg=[table.element_handle(), before]
    )


def test_what_has_the_focus_is_seen_to_have_it(show: Open) -> None:
    page = show().page
    for _ in range(4):
        page.keyboard.press("Tab")
        width = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        assert float(width.removesuffix("px")) >= 2


def test_what_scrolls_sideways_can_be_reached_and_has_a_name(show: Open) -> None:
    page = show(width_px=PHONE_PX).page
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    nameless = page.evaluate(
        """[...document.querySelectorAll('*')].filter(e =>
            e.scrollWidth > e.clientWidth + 1 &&
            ['auto', 'scroll'].includes(getComputedStyle(e).overflowX) &&
            !(e.tabIndex === 0 && e.matches('[aria-label], [aria-labelledby]'))).length"""
    )
    assert nameless == 0


def test_headings_go_down_one_step_at_a_time(show: Open) -> None:
    levels = show().page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4')].map(h => Number(h.tagName[1]))"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_numbers_a_browser_shows_are_the_numbers_of_the_artifact(show: Open) -> None:
    made: ReportPage = a_page()
    (card,) = [card for card in made.cards if card.schema.component == "motion"]
    cells = "#motion-magnitude table.numbers tbody tr"
    page = show().page
    times = page.locator(f"{cells} > th").all_text_contents()
    values = page.locator(f"{cells} > td").all_text_contents()
    assert is_printed([text.strip() for text in times], card.arrays["times_s"][::2])
    assert is_printed([text.strip() for text in values], card.arrays["magnitude"][::2])


def test_one_moment_is_shown_in_all_charts_of_time_at_once(show: Open) -> None:
    page = show().page
    plot = page.locator("#motion-magnitude .over")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
    lines = page.evaluate(
        """[...document.querySelectorAll('[data-end-s]')].map(e => {
            const at = parseFloat(getComputedStyle(e, '::after').left);
            return Math.round(at / e.getBoundingClientRect().width * 100);
        })"""
    )
    assert len(lines) > 10
    assert set(lines) == {50}
    moment = plot.evaluate("e => getComputedStyle(e, '::before').content")
    assert moment == '"0:31.5"'
