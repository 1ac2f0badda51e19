"""The page in a real browser: for everyone, with and without a script, on screens of all widths and on paper."""

import datetime
from shutil import which

import pytest

from pkes.page import pages
from pkes.registry.parsing import parse
from tests.conftest import SHIPPED

playwright = pytest.importorskip("playwright.sync_api", reason="the extra `browser` is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="the extra `browser` is not installed")
CHROMIUM = which("chromium")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium")

DAY = datetime.date(2025, 3, 1)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield running
        running.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("page")
    for name, data in pages.make(parse(SHIPPED.read_text(encoding="utf-8")), DAY).items():
        (path / name).write_bytes(data)
    return path


@pytest.fixture
def visit(browser, folder):
    """Open a file; what is asked for or said meanwhile but the file itself is a failure."""
    contexts, noise = [], []

    def opened(name: str, **options):
        contexts.append(browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options}))
        page = contexts[-1].new_page()
        page.on("console", lambda message: noise.append(message.text))
        page.on("pageerror", lambda error: noise.append(str(error)))
        page.on("request", lambda request: noise.append(request.url) if not request.url.startswith("file:") else None)
        page.goto((folder / name).as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert noise == []


def shown(page) -> list[str]:
    return [one.get_attribute("id") for one in page.locator(".members li").all() if one.is_visible()]


@pytest.mark.parametrize("look", ["light", "dark", "print"])
@pytest.mark.parametrize("name", ["index.html", "en.html"])
def test_axe_finds_nothing(visit, name, look):
    page = visit(name, color_scheme="dark" if look == "dark" else "light")
    page.emulate_media(media="print" if look == "print" else "screen")
    found = axe.Axe().run(page, options=RULES).response
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []
    assert len(found["passes"]) > 10


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_sector_is_chosen_by_keyboard(visit, script):
    page = visit("en.html", java_script_enabled=script)
    assert len(shown(page)) == 13
    page.locator("#All").focus()
    page.keyboard.press("ArrowRight")
    assert shown(page) == ["4hc"]
    page.emulate_media(media="print")
    assert len(shown(page)) == 13


def test_the_search_is_there_with_a_script_only(visit):
    assert not visit("en.html", java_script_enabled=False).locator("#Word").is_visible()
    page = visit("index.html")
    page.locator("#Word").fill("RZESZOW uniwersytet")
    assert shown(page) == ["uniwersytet-rzeszowski"]
    assert page.locator("[role=status]").text_content() == "pokazano 1 członka"
    page.locator("#Word").fill("")
    page.locator("#Place").select_option("tŁąka")
    assert shown(page) == ["feniks"]
    page.locator("#Place").select_option("")
    assert page.locator("[role=status]").text_content() == "pokazano 13 członków"


def test_tab_leads_from_the_skip_link_on_and_the_focus_is_seen(visit):
    page = visit("en.html")
    order = []
    for _ in range(5):
        page.keyboard.press("Tab")
        order.append(
            page.evaluate(
                "document.activeElement.id || document.activeElement.className || document.activeElement.lang"
            )
        )
        assert (
            page.evaluate(
                "getComputedStyle(document.activeElement.closest('.chip') ?? document.activeElement).outlineStyle"
            )
            == "solid"
        )
    assert order == ["skip", "pl", "All", "Word", "Place"]
    page = visit("en.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "Main"


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_is_wider_than_the_window(visit, width):
    page = visit("index.html", viewport={"width": width, "height": 256})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_prints_to_a_tagged_document(visit):
    data = visit("index.html").pdf(tagged=True, prefer_css_page_size=True)
    assert b"/StructTreeRoot" in data
    assert b"/MediaBox [0 0 594" in data or b"/MediaBox [0 0 595" in data
