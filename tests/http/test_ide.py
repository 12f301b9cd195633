"""The GraphQL IDE in a real browser, which is let out to nobody, and the pages beside it."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from entrypoints.api import application
from entrypoints.container import Container
from entrypoints.http.ide import ide_page
from entrypoints.settings import Settings
from tests.outside import require
from tests.report.conftest import FLAGS
from tests.servers.web import served


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Container]:
    folder = tmp_path_factory.mktemp("ide")
    found = Container(settings=Settings.read({}, data_dir=folder))
    found.migrate()
    yield found
    found.engine().dispose()


@pytest.fixture(scope="module")
def url(container: Container) -> Iterator[str]:
    with served(application(container, is_open=True)) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = require("chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.mark.slow
@pytest.mark.requires("chromium", "graphiql")
def test_the_ide_asks_the_api_and_nobody_else(page: Page, url: str) -> None:
    """It stands on files of its own, under a policy that lets no other host in."""
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda told: complaints.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{url}/graphql")
    page.get_by_role("button", name="Execute query").click()
    expect(page.locator(".result-window")).to_contain_text("audio_quality", timeout=20_000)
    assert {asked for asked in requests if not asked.startswith((url, "data:", "blob:"))} == set()
    assert complaints == []
    # Whoever signs in there has written a password into the query.
    assert page.evaluate("localStorage.length") == 0


def test_without_its_files_the_ide_says_so_in_the_readers_language(tmp_path: Path) -> None:
    assert b"make setup" in ide_page("en", fetched=tmp_path).body
    assert "Файлов редактора" in bytes(ide_page("ru", fetched=tmp_path).body).decode()


def test_the_root_leads_on(url: str) -> None:
    """Whoever opens the address that `trendflow serve` prints finds the IDE."""
    told = httpx.get(url, headers={"accept-language": "ru"})
    assert (told.status_code, 'href="/graphql"' in told.text) == (200, True)
    assert '<html lang="ru">' in told.text
    assert "script-src 'self'" in told.headers["content-security-policy"]


@pytest.mark.parametrize("name", ["nothing.js", ".stamp", "..%2fpyvenv.cfg", "graphiql.css"])
def test_nothing_but_the_ides_own_files_is_given(url: str, name: str) -> None:
    assert httpx.get(f"{url}/ide/{name}").status_code == 404


def test_production_shows_no_ide(container: Container) -> None:
    with served(application(container, is_open=False)) as url:
        assert httpx.get(f"{url}/ide/ide.js").status_code == 404
        assert httpx.get(f"{url}/graphql").status_code == 405
        assert '/graphql"' not in httpx.get(url).text
