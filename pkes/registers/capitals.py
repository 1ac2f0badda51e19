"""Texts in capitals, as the court register has them, in ordinary Polish spelling; and when two mean the same.

A rule cannot know which words of a name are proper names. What a record has already is the better guide: of two texts
that mean the same the record's stays, and a word that it has keeps its spelling there.
"""

import re

# Written small inside a name: prepositions, conjunctions, and the word for a number.
_SMALL = re.compile("a|albo|bez|dla|do|i|ku|lub|na|nad|nr|o|od|oraz|po|pod|poza|przed|przez|przy|u|w|we|z|za|ze")
# Titles and kinds of places, written small in the address: "ul. gen. Bema", "ul. św. Jana".
_TITLES = re.compile("abp|bp|dr|gen|hetm|hr|im|inż|kard|kpt|kr|ks|mjr|o|os|płk|por|prof|rtm|św|zw")
_VOWELS = set("AĄEĘIOÓUY")
_ROMAN = re.compile(r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})", re.IGNORECASE)
_QUOTES = "\"'„”“‟‚‘’«»`´″"
_DASHES = re.compile(r"\s*[‐‑–—-]\s*")
_WORD = re.compile(r"[^\W_]+")

_FORMS = (
    (
        r"(?:SPÓŁKA\s+|SP\.\s*|SP\s+)(?:Z\s+OGRANICZONĄ\s+ODPOWIEDZIALNOŚCIĄ|Z\s*O\.?\s*O\.?)",
        "Sp. z o.o.",
        "spółka z o.o.",
    ),
    (r"PROSTA\s+SPÓŁKA\s+AKCYJNA|P\.\s*S\.\s*A\.", "P.S.A.", "prosta spółka akcyjna"),
    (r"SPÓŁKA\s+KOMANDYTOWO\s*-\s*AKCYJNA|S\.\s*K\.\s*A\.", "S.K.A.", "spółka komandytowo-akcyjna"),
    (r"SPÓŁKA\s+AKCYJNA|S\.\s*A\.|SA", "S.A.", "spółka akcyjna"),
    (r"SPÓŁKA\s+KOMANDYTOWA|SP\.\s*K\.", "Sp.k.", "spółka komandytowa"),
    (r"SPÓŁKA\s+JAWNA|SP\.\s*J\.", "Sp.j.", "spółka jawna"),
)
"""Legal forms that have an abbreviation: what they are read by, how they stand in a name, and as a legal form."""
_FORM_AT_END = tuple((re.compile(rf"(?<![^\W_])(?:{form})\s*\Z", re.IGNORECASE), short) for form, short, _ in _FORMS)
_FORM_ALONE = tuple((re.compile(form, re.IGNORECASE), alone) for form, _, alone in _FORMS)
_STREET_TYPES = {"UL": "ul.", "ULICA": "ul.", "AL": "al.", "ALEJA": "al.", "ALEJE": "al.", "PL": "pl.", "PLAC": "pl.",
                 "OS": "os.", "OSIEDLE": "os."}  # fmt: skip
_STREET_TYPE = re.compile(rf"({'|'.join(sorted(_STREET_TYPES, key=len, reverse=True))})(?:\.\s*|\s+)", re.IGNORECASE)
_LANDED_COUNTY = re.compile(r"[^\s]+[scdz]ki(?: wschodni| zachodni)?", re.IGNORECASE)
_CITY_COUNTIES = frozenset({"piotrków trybunalski"})
_UNIT = re.compile(r"(?:(?:województwo|powiat|gmina|miasto)\s+|(?:woj|pow|gm|m\.\s*st|m)\.\s*)", re.IGNORECASE)
_FLAT = re.compile(r"\s*(?:/|\b(?:lok(?:al|\.)?|m(?:ieszk(?:anie|\.)|\.)?)(?=\s*[0-9]))\s*")


def name(text: str, known: str = "") -> str:
    """Return the name of an organisation in ordinary spelling; words that a `known` name of it has, as they are there.

    A text that is not in capitals is as somebody wrote it, and stays.
    """
    if text != text.upper():
        return text
    bare, forms = _without_forms(text)
    return " ".join([_words(bare, known), *forms])


def place(text: str) -> str:
    """Return the name of a town or a municipality in ordinary spelling: `SOKOŁÓW MAŁOPOLSKI`, `BIELSKO-BIAŁA`."""
    return _words(_UNIT.sub("", text, count=1) if _UNIT.match(text) else text, proper=True)


def county(text: str) -> str:
    """Return the name of a county: a landed one is an adjective and small, `rzeszowski`, one of a city is not."""
    bare = _unit_key(text)
    return bare if _LANDED_COUNTY.fullmatch(bare) and bare not in _CITY_COUNTIES else place(text)


def voivodeship(text: str) -> str:
    """Return the name of a voivodeship, an adjective: `podkarpackie`."""
    return _unit_key(text)


def legal_form(text: str) -> str:
    """Return a legal form in small letters, the usual abbreviation in place of a long one: `spółka z o.o.`."""
    return next((alone for form, alone in _FORM_ALONE if form.fullmatch(text)), text.lower())


def street(name: str | None, house: str | None, flat: str | None, town: str | None) -> str | None:
    """Return a street and number, `ul. Przykładowa 49/2`; where there is no street, the town stands for it.

    None where there is neither a street nor a number.
    """
    number = "/".join(part for part in (house, flat) if part)
    if name:
        return f"{_street(name)} {number}".strip()
    return " ".join(filter(None, (town and place(town), number))) if number else None


def _street(text: str) -> str:
    found = _STREET_TYPE.match(text)
    kind, rest = (f"{_STREET_TYPES[found[1].upper()]} ", text[found.end() :]) if found else ("", text)
    return kind + _words(rest, proper=True)


# What means the same.


def same_name(one: str, other: str) -> bool:
    """Return whether two names differ in nothing but case, quotation marks, and how the legal form is shortened."""
    return _name_key(one) == _name_key(other)


def same_legal_form(one: str, other: str) -> bool:
    """Return whether two legal forms are the same one, in full or shortened."""
    return legal_form(one) == legal_form(other)


def same_place(one: str, other: str) -> bool:
    """Return whether two towns, municipalities, counties or voivodeships are the same: `powiat rzeszowski` too."""
    return _unit_key(one) == _unit_key(other)


def same_street(one: str, other: str, town: str | None) -> bool:
    """Return whether two addresses in a town are the same: with `ul.` or without, `49/2` or `49 lok. 2`."""
    return _street_key(one, town) == _street_key(other, town)


def _plain(text: str) -> str:
    text = text.translate(dict.fromkeys(map(ord, _QUOTES), " ")).casefold()
    return " ".join(_DASHES.sub("-", text).split())


def _name_key(text: str) -> str:
    bare, forms = _without_forms(_plain(text))
    return " ".join([bare, *forms])


def _without_forms(text: str) -> tuple[str, list[str]]:
    """Return a name without the legal forms at its end, and these, shortened: a partnership's partner has its own."""
    for form, short in _FORM_AT_END:
        if (found := form.search(text)) and found.start():
            bare, others = _without_forms(text[: found.start()].rstrip(" ,"))
            return bare, [*others, short]
    return text, []


def _unit_key(text: str) -> str:
    plain = _plain(text)
    return _UNIT.sub("", plain, count=1) if _UNIT.match(plain) else plain


def _street_key(text: str, town: str | None) -> str:
    plain = _plain(text)
    found = _STREET_TYPE.match(plain)
    kind = _STREET_TYPES[found[1].upper()] if found else ""
    plain = plain[found.end() :] if found else plain
    if town and plain.startswith(f"{_plain(town)} "):
        plain = plain[len(_plain(town)) + 1 :]
    number = re.sub(r"(?<=[0-9]) (?=[a-z]\b)", "", _FLAT.sub("/", plain))
    # A street and an avenue of one name are two; that it is a street is often left out.
    return f"{'' if kind == 'ul.' else kind}{number}"


# Words in capitals.


def _words(text: str, known: str = "", *, proper: bool = False) -> str:
    """Return a text in capitals with its words spelt; `proper` are names of places, among them no acronyms."""
    if text != text.upper():
        return text
    spelling: dict[str, str] = {word.upper(): word for word in _WORD.findall(known)}

    def spelt(found: "re.Match[str]") -> str:
        word, before, behind = found[0], text[: found.start()], text[found.end() : found.end() + 1]
        if word in spelling:
            return spelling[word]
        is_ending = re.search(r"[0-9]-\Z", before) or (len(word) == 1 and re.search(r"\w['’]\Z", before))
        is_small = _SMALL.fullmatch(word.lower()) and before
        if is_small or is_ending or (_TITLES.fullmatch(word.lower()) and behind == "."):
            return word.lower()
        if any(char.isdigit() for char in word) or _ROMAN.fullmatch(word):
            return word
        if not proper and len(word) > 1 and not _VOWELS & set(word):
            return word
        return word.capitalize()

    return _WORD.sub(spelt, text)
