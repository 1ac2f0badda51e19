"""The page as files: what is in them and what is not, in which form, and when they are up to date."""

import base64
import datetime
import hashlib
import json
import re

import html5lib
import pytest
from pyld import jsonld

from pkes import i18n
from pkes.page import pages
from pkes.registry.parsing import parse

DAY = datetime.date(2025, 3, 1)
CLUSTER = """\
format = 1

[cluster]
name = "Klaster"
short_name = "KL"
coordinator = "alfa"
declared_members = 3
description = "Opis klastra."
goals = ["cel"]
source = "TAJNE"
unknown = "TAJNE"

[policy]
lawful_basis = "TAJNE"

[sectors.ngo]
pl = "organizacje"
en = "NGOs"

[sectors.science]
pl = "nauka"
en = "science"
"""
MEMBERS = """
[members.alfa]
name = "Fundacja Alfa"
sector = "ngo"
legal_form = "fundacja"
town = "Łąka"
county = "rzeszowski"
contact_person = "TAJNE"
email = "TAJNE@example.org"
phone = "TAJNE 1"
website = "https://alfa.example.org/"
krs = "0000123456"
inquiry = "TAJNE"
source = "TAJNE"
note = "TAJNE"
unknown = "TAJNE"

[members.beta]
name = "Uczelnia Beta"
sector = "science"
legal_form = "uczelnia wyższa"
email = "jawny@example.org"
phone = "+48 17 850 00 00"
public_contact = true
note = "TAJNE"

[members.gone]
name = "TAJNE"
sector = "ngo"
left = 2024-01-01

[members.later]
name = "Później"
sector = "ngo"
joined = 2025-06-01

[inquiries.2025-01-02-abc]
received = 2025-01-02
name = "TAJNE"
person = "TAJNE"
email = "TAJNE@example.org"
phone = "TAJNE"
channel = "email"
topic = "join"
status = "new"
town = "TAJNE"
message = "TAJNE"
assigned_to = "TAJNE"
reason = "TAJNE"
notes = ["TAJNE"]
"""
HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\u202egnp.exe",
    "<!--<script>",
    "&lt;b&gt;",
    "e\u0301\u0323" * 40,
    "👩\u200d👧 🇵🇱",
    "x" * 10_000,
    "\ufdd0\U0001ffff\x07",
)


FIELDS = ("name", "short_name", "sector", "legal_form", "street", "town", "county", "website", "krs")


def made(text: str, day: datetime.date = DAY) -> dict[str, str]:
    return {name: data.decode() for name, data in pages.make(parse(text), day).items()}


def elements(page: str, name: str):
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return root.findall(f".//{name}")


def linked_data(page: str):
    (script,) = [one for one in elements(page, "script") if one.get("type") == "application/ld+json"]
    return json.loads(script.text)


def test_both_pages_are_valid_html_in_their_language():
    for language, page in zip(("pl", "en"), made(CLUSTER + MEMBERS).values(), strict=True):
        root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
        assert root.get("lang") == language
        assert len(root.findall(".//h1")) == 1
        assert {one.get("hreflang") for one in root.findall(".//link[@hreflang]")} == {"pl", "en"}


def test_what_is_said_in_polish_only_is_marked_in_the_english_page():
    polish, english = made(CLUSTER + MEMBERS).values()
    assert [one.get("lang") for one in elements(english, "p") if "Opis klastra." in "".join(one.itertext())] == ["pl"]
    assert [one.get("lang") for one in elements(polish, "p") if "Opis klastra." in "".join(one.itertext())] == [None]


def test_nothing_that_is_not_for_publication_is_in_any_byte():
    for page in made(CLUSTER + MEMBERS).values():
        assert "TAJNE" not in page
        assert page.count("jawny@example.org") == 3  # the link, its text and the data for machines


def test_the_members_are_those_of_the_day():
    for day, ids in ((DAY, ["alfa", "beta"]), (datetime.date(2023, 12, 31), ["alfa", "beta", "gone"])):
        page = made(CLUSTER + MEMBERS, day)["index.html"]
        assert sorted(one.get("id") for one in elements(page, "li") if one.get("id")) == ids


def test_members_whose_sector_nobody_knows_have_one_of_their_own():
    page = made(CLUSTER + '[members.a]\nname = "A"\nsector = "none"\n')["en.html"]
    assert "another sector" in page
    assert [one.get("class") for one in elements(page, "li") if one.get("id") == "a"] == ["s2"]


def test_a_registry_with_nothing_to_tell_gives_a_page():
    for page in made('format = 1\n[cluster]\nname = ""\n').values():
        assert len(elements(page, "h1")) == 1
        assert elements(page, "dl") == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_text(text):
    quoted = json.dumps(text, ensure_ascii=True)
    quoted = re.sub(r"\\ud[89ab]..\\ud[c-f]..", lambda pair: json.loads(f'"{pair[0]}"'), quoted)
    keys = {"cluster": ("name", "phone", "email", "website"), "sectors.s": ("pl",), f"members.{quoted}": FIELDS}
    tables = (f"[{table}]\n" + "".join(f"{key} = {quoted}\n" for key in names) for table, names in keys.items())
    text = "format = 1\n" + "".join(tables)
    for page in made(text).values():
        assert len(elements(page, "script")) == 2
        assert elements(page, "img") == []
        assert "\u202e" not in page


@pytest.mark.parametrize("website", ["javascript:alert(1)", "data:text/html,x", "//example.org", 'https://a"b', "www"])
def test_only_the_web_is_linked(website):
    quoted = json.dumps(website)
    page = made(CLUSTER + f'[members.a]\nname = "A"\nsector = "ngo"\nwebsite = {quoted}\n')["index.html"]
    assert {one.get("href") for one in elements(page, "a")} == {"#Main", "en.html"}
    assert "url" not in linked_data(page)["member"][0]


def test_the_policy_names_the_style_and_the_script_and_nothing_else():
    for page in made(CLUSTER + MEMBERS).values():
        (policy,) = [one.get("content") for one in elements(page, "meta") if one.get("http-equiv")]
        for tag in ("style", "script"):
            text = elements(page, tag)[-1].text
            hashed = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"{tag}-src 'sha256-{hashed}';" in policy
        assert policy.startswith("default-src 'none';")
        assert elements(page, "*[@style]") == []


def test_machines_read_the_cluster_and_its_members():
    page = made(CLUSTER + MEMBERS)["index.html"]
    context = {"contextUrl": None, "documentUrl": "", "document": {"@context": {"@vocab": "https://schema.org/"}}}
    options = {"documentLoader": lambda _url, _options: context, "base": "https://example.org/"}
    (cluster,) = jsonld.expand(linked_data(page), options)
    assert cluster["@type"] == ["https://schema.org/Consortium"]
    alfa, beta = cluster["https://schema.org/member"]
    assert (alfa["@id"], alfa["@type"]) == ("https://example.org/#alfa", ["https://schema.org/NGO"])
    assert beta["@type"] == ["https://schema.org/CollegeOrUniversity"]
    (krs,) = alfa["https://schema.org/identifier"]
    assert krs["https://schema.org/propertyID"] == [{"@value": "PL-KRS"}]
    assert krs["https://schema.org/value"] == [{"@value": "0000123456"}]


def test_the_region_is_said_to_be_polish_where_the_page_is_not():
    text = CLUSTER.replace('description = "', 'region = "podkarpackie"\ndescription = "') + MEMBERS
    polish, english = made(text).values()
    assert "<bdi>podkarpackie</bdi>" in polish
    assert '<bdi lang="pl">podkarpackie</bdi>' in english


def test_the_same_registry_and_day_give_the_same_bytes_in_every_language():
    with i18n.speaking("pl"):
        polish = made(CLUSTER + MEMBERS)
    assert polish == made(CLUSTER + MEMBERS)


def test_the_language_in_use_stays():
    with i18n.speaking("pl"):
        made(CLUSTER + MEMBERS)
        assert i18n.language_in_use() == "pl"


@pytest.mark.parametrize(
    ("change", "today", "outdated"),
    [
        ({}, DAY, []),
        ({}, datetime.date(2025, 5, 31), []),
        ({}, datetime.date(2025, 6, 1), ["index.html", "en.html"]),
        ({"en.html": None}, DAY, ["en.html"]),
        ({"en.html": b"other"}, DAY, ["en.html"]),
        ({"index.html": b'<meta name="date" content="2025-02-30">'}, DAY, ["index.html"]),
        ({"index.html": b'<meta name="date" content="2025-03-01">'}, DAY, ["index.html"]),
    ],
)
def test_files_are_outdated_that_are_not_what_would_be_made(change, today, outdated):
    registry = parse(CLUSTER + MEMBERS)
    assert pages.outdated({**pages.make(registry, DAY), **change}, registry, today) == outdated


ENGLISH = """
[cluster.en]
name = "Cluster"
description = "What it is."
goals = ["one goal", "</script> two"]
benefits = []
"""


def test_the_english_page_has_the_english_texts_and_marks_what_is_in_polish():
    made = pages.make(parse(CLUSTER.replace("\n[policy]", 'benefits = ["korzyść"]\n' + ENGLISH + "\n[policy]")), DAY)
    polish, english = (made[name].decode() for name in ("index.html", "en.html"))
    assert "<bdi>Cluster (KL)</bdi>" in english
    assert "<title>Cluster (KL)</title>" in english
    assert '<p class="lead"><bdi>What it is.</bdi></p>' in english
    assert "<li><bdi>one goal</bdi></li>" in english
    assert '<li><bdi lang="pl">korzyść</bdi></li>' in english
    assert '"name":"Cluster"' in english
    assert "Opis klastra" not in english
    assert "<li><bdi>cel" not in english
    assert "<li><bdi>cel" in polish
    assert "Opis klastra" in polish
    assert "What it is." not in polish


def test_the_founding_is_told_in_words():
    made = pages.make(parse(CLUSTER.replace("\n[policy]", 'founded = "2014-10"\n\n[policy]')), DAY)
    assert "<bdi>październik 2014</bdi>" in made["index.html"].decode()
    assert "<bdi>October 2014</bdi>" in made["en.html"].decode()
