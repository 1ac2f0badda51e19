"""The page in a real browser: for everyone, with and without a script, on screens of all widths and on paper."""

import datetime
import json
from pathlib import Path
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
NAMES = {
    "script": "</script><script>alert(1)</script>",
    "markup": '"><img src=x onerror=alert(1)>',
    "turned": "a\u202eb",
    "emoji": "Kuźnia 👩\u200d🏭🔥",
    "marks": "Z\u0301\u0322\u0489a\u0300\u0316l\u0338g\u0361o",
    "long": "Ż" * 10_000,
    "comment": "<!--<script>]]>",
}
"""Names that would rather be something else than text, by id."""


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
    """Open a file of the shipped registry's page, or another one.

    What is said, or asked for but the file itself, is a failure.
    """
    contexts, noise = [], []

    def opened(name: str | Path, **options):
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


def shown_ids(page) -> list[str]:
    return [one.get_attribute("id") for one in page.locator(".members li").all() if one.is_visible()]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    from tests.page.test_pages import CLUSTER

    path = tmp_path_factory.mktemp("hostile")
    text = CLUSTER.replace('"Klaster"', json.dumps(NAMES["long"], ensure_ascii=False)).replace(
        "Opis klastra.", "</script><!--"
    )
    for id, name in NAMES.items():
        written = json.dumps(name, ensure_ascii=False)
        text += f'\n[members.{id}]\nname = {written}\ntown = {written}\nsector = "ngo"\n'
    for name, data in pages.make(parse(text), DAY).items():
        (path / name).write_bytes(data)
    return path


@pytest.fixture(scope="module")
def bare(folder, tmp_path_factory):
    """The page without its script, as it is where none may run: axe is one itself."""
    path = tmp_path_factory.mktemp("bare")
    for name in pages.FILES.values():
        before, script, after = (folder / name).read_text(encoding="utf-8").rpartition("<script>")
        assert script
        (path / name).write_text(before + after.partition("</script>")[2], encoding="utf-8")
    return path


def violations(page) -> list:
    """Return what axe finds."""
    found = axe.Axe().run(page, options=RULES).response
    assert len(found["passes"]) > 10
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("look", ["light", "dark", "print"])
@pytest.mark.parametrize("name", ["index.html", "en.html"])
def test_axe_finds_nothing(visit, bare, name, look, script):
    page = visit(name if script else bare / name, color_scheme="dark" if look == "dark" else "light")
    page.emulate_media(media="print" if look == "print" else "screen")
    assert page.locator("#Word").is_visible() == (script and look != "print")
    assert violations(page) == []


@pytest.mark.parametrize("name", ["index.html", "en.html"])
def test_names_that_would_be_something_else_stay_text(visit, hostile, name):
    page = visit(hostile / name, viewport={"width": 320, "height": 600})
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    shown = [one.text_content() for one in page.locator(".members h3").all()]
    hidden = {"turned": "a\\u202eb", "emoji": "Kuźnia 👩\\u200d🏭🔥"}
    assert set(shown) >= set((NAMES | hidden).values())
    assert page.locator("script").count() == 2
    assert page.locator("img").count() == 0
    page.locator("#Word").fill("</script>")
    assert len(shown_ids(page)) == 1
    page.locator("#Word").fill("")
    page.locator("#Place").select_option(label=NAMES["markup"])
    assert shown_ids(page) == ["markup"]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_sector_is_chosen_by_keyboard(visit, script):
    page = visit("en.html", java_script_enabled=script)
    assert len(shown_ids(page)) == 13
    page.locator("#All").focus()
    page.keyboard.press("ArrowRight")
    assert shown_ids(page) == ["4hc"]
    page.emulate_media(media="print")
    assert len(shown_ids(page)) == 13


def test_the_search_is_there_with_a_script_only(visit):
    assert not visit("en.html", java_script_enabled=False).locator("#Word").is_visible()
    page = visit("index.html")
    page.locator("#Word").fill("RZESZOW uniwersytet")
    assert shown_ids(page) == ["uniwersytet-rzeszowski"]
    assert page.locator("[role=status]").text_content() == "pokazano 1 członka"
    page.locator("#Word").fill("")
    page.locator("#Place").select_option("tŁąka")
    assert shown_ids(page) == ["feniks"]
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


@pytest.mark.parametrize("zoom", [200, 400])
def test_nothing_is_wider_than_the_window_at_a_zoom(visit, zoom):
    page = visit(
        "en.html", viewport={"width": 1280 * 100 // zoom, "height": 1024 * 100 // zoom}, device_scale_factor=zoom / 100
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280 * 100 // zoom
    page.locator("#Word").fill("Rzeszów")
    assert page.locator("#Word").is_visible()
    assert shown_ids(page)


def test_forced_colours_keep_the_bars_and_the_choice(visit):
    page = visit("en.html", forced_colors="active")
    colours = "['.fill', '.track'].map((one) => getComputedStyle(document.querySelector(one)).fill)"
    fill, track = page.evaluate(colours)
    assert fill != track
    width = "(one) => getComputedStyle(document.querySelector(one).closest('.chip')).borderTopWidth"
    assert page.evaluate(width, "#All") != page.evaluate(width, "#S0")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize(("motion", "behaviour"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_moves_where_that_is_not_wanted(visit, motion, behaviour):
    page = visit("en.html", reduced_motion=motion)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == behaviour
    moving = "(one) => ['animationName', 'transitionDuration'].map((name) => getComputedStyle(one)[name]).join()"
    assert {page.locator(one).first.evaluate(moving) for one in ("a", ".chip", ".members li")} == {"none,0s"}


def test_a_member_is_no_item_with_a_number(visit):
    # To hide one of 10,000, the browser would number all those behind it anew: that took half a minute.
    page = visit("en.html")
    assert page.locator(".members li").first.evaluate("(one) => getComputedStyle(one).display") == "block"


def test_on_paper_no_text_is_larger_than_its_heading(visit):
    page = visit("index.html", viewport={"width": 673, "height": 950})
    page.emulate_media(media="print")
    size = "(one) => parseFloat(getComputedStyle(one).fontSize)"
    goal, member, heading = (page.locator(one).first.evaluate(size) for one in (".points li", ".members h3", "h2"))
    assert goal == member < heading
