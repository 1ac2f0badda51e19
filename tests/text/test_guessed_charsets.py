"""Which charset is found out for bytes that nobody declares: short names, lists and sentences in each."""

import pytest

from pkes.text.charsets import decode, undeclared

CODECS = {"windows-1250": "cp1250", "iso-8859-2": "iso8859-2", "cp852": "cp852"}
TEXTS = [
    # Names of places, people and organisations; most have one or two letters that are not ASCII.
    "Łódź", "Kraków", "Gdańsk", "Toruń", "Świdnik", "Śląsk", "Źródło", "źródło śliwy", "Ćmielów", "Końskie", "Wąchock",
    "Pątnów", "Dąb", "Jaś", "Maź", "Ślęza", "Żary", "Ząbki", "Ciąża", "Poznań", "Przemyśl", "Rzeszów", "Jasło",
    "Sędziszów Małopolski", "ŁÓDŹ", "GDAŃSK", "ŚLĄSK", "ŹRÓDŁO", "ŻYWIEC", "WĄCHOCK", "CZĘSTOCHOWA", "PRZEMYŚL",
    "RZESZÓW",
    "Fundacja Gęś", "Spółdzielnia Socjalna „Źdźbło”", "Ś. Nowak", "Józef Śliwa", "Łucja Żak", "Grażyna Brzęczyk",
    "Stowarzyszenie „Dąb”", "Gmina Świlcza", "ul. Ściegiennego 5", "ul. Źródlana 7/9", "Ostrów Świętokrzyski",
    # Words and sentences.
    "są", "jaźń", "coś", "zająć", "się", "cześć", "też", "mają ją", "Zażółć gęślą jaźń", "ZAŻÓŁĆ GĘŚLĄ JAŹŃ",
    "Dzień dobry, chcemy dołączyć.", "Proszę o odpowiedź – pozdrawiam", "§ 5 statutu: członkowie są równi",
    "Kwota 5 000 € za usługę", "Wpłata: 12,50 zł (słownie: dwanaście złotych)", "Źle? Nie, świetnie!",
    "Nazwa;Sektor\r\nŹródło Śliwy;ngo\r\n", "Nazwa;Miasto\r\nAlfa;Krosno\r\nBeta;Świdnik\r\nGamma;Jasło\r\n",
    # Other letters among them.
    "Müller Polska, Łódź", "Jäger i Wspólnicy, Kraków", "Café Żak", "Škoda Rzeszów, ul. Śląska",
    "François Dąbrowski", "Dvořák, Cieszyn Śląski",
]  # fmt: skip
LATIN = [
    # No Polish letter tells, so that it is Windows-1250, as the signs say.
    "Müller", "Jäger", "Länder und Städte", "Café Noir", "Größe", "Firma „Stodoła”", "5 – 10", "Igła® i Nić™",
    "„Alfa” – sp. z o.o.", "© 2025 Firma", "§ 5", "5 °C", "d’Arc", "O’Brien – cena 5 €", "Bielsko–Biała", "±5",
    "10 ± 2",
    "«Nowa»", "yes—no", "Dvořák", "Škoda", "Nový Jičín", "… i inne", "¶ 3", "Łączna cena: 5 €/szt.",
    "Jan\u00a0Kowalski", "5\u00a0000", "a · b", "Gauß", "Noël", "Bösendorfer", "Großräschen", "Lausitz-Spreewälder",
]  # fmt: skip


PAIRS = [
    (name, written)
    for name, codec in CODECS.items()
    for text in TEXTS
    # CP852 has no „ ” – €.
    if not (written := text.encode(codec, errors="ignore").decode(codec)).isascii()
]


@pytest.mark.parametrize(("name", "text"), PAIRS)
def test_polish_letters_tell(name, text):
    data = text.encode(CODECS[name])
    read, found = undeclared(data)
    assert read == text
    # Where another reads the same, it is the first of them.
    assert found == next(one for one, codec in CODECS.items() if data.decode(codec, errors="replace") == text)


@pytest.mark.parametrize("text", LATIN)
def test_signs_and_other_letters_are_windows_1250(text):
    assert undeclared(text.encode("cp1250")) == (text, "windows-1250")


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-be"])
def test_utf_16_has_a_mark(codec):
    mark = "\ufeff" if codec.endswith("be") else ""
    data = (mark + "Zażółć").encode(codec)
    assert undeclared(data) == decode(data, None) == ("Zażółć", "utf-16")
    assert undeclared(data[:-1]) == ("Zażół\ufffd", "utf-16")


def test_utf_8_is_never_guessed():
    assert undeclared("Zażółć".encode()) == ("Zażółć", None)
    assert undeclared("Zażółć".encode("utf-8-sig")) == ("Zażółć", None)


def test_a_tie_is_windows_1250():
    assert undeclared("łó".encode("iso8859-2")) == ("łó", "windows-1250")


def test_a_long_text_is_judged_by_its_beginning():
    data = "Źródło śliwy\n".encode("iso8859-2") * 100_000
    assert undeclared(data)[1] == "iso-8859-2"
