"""A month of a coordinator's work in a Polish terminal: nothing is typed twice, nothing refused that was shown."""

import re

import pytest

from tests.cli.dialogue import Dialogue


@pytest.fixture
def day(shipped):
    """Run commands one after the other on days of a month, as a person does: what one showed, the next one takes."""

    def run(number, *arguments, answers=(), status=0):
        dialogue = Dialogue(*arguments, PKES_LANG="pl", PKES_TODAY=f"2025-03-{number:02}", COLUMNS="120")
        for question, text in answers:
            dialogue.answer(question, text)
        _said, ended = dialogue.end()
        assert ended == status, dialogue.seen
        assert "pkes: nieznan" not in dialogue.seen
        assert re.search("Traceback|\\^\\[", dialogue.seen) is None
        return dialogue.seen

    return run


def choice(seen, label):
    """Return a label that was shown, as it is typed from then on."""
    assert re.search(rf"^ +\d+  {label}$", seen, re.MULTILINE), seen
    return label


def test_a_month(day):
    # Somebody calls.
    called = day(
        3,
        "inquiry",
        "add",
        answers=[
            ("Organizacja: ", "Fundacja Próba"), ("Osoba: ", "Anna Próbna"), ("E-mail: ", ""),
            ("Telefon: ", "17 850 10 10"), ("[telefon]: ", ""), ("[przystąpienie]: ", ""),
            ("edytor):\n  ", "chcą dołączyć"), ("  ", ""), ("Zapisać? [T/n] ", ""),
        ],
    )  # fmt: skip
    topic, channel = choice(called, "informacja"), choice(called, "telefon")
    assert "Próba" in day(3, "status")
    # Another one writes; what was shown as labels is typed as labels.
    day(
        4,
        "inquiry",
        "add",
        "--person",
        "Jan Próbny",
        "--email",
        "jan@example.org",
        "--topic",
        topic,
        "--channel",
        "e-mail",
    )
    # Two are found by one word, and told apart by what is shown.
    several = day(5, "inquiry", "answer", "prób", status=4)
    assert {"Fundacja Próba", "Jan Próbny"} <= set(re.findall(r"\S  (.*?), ", several))
    day(5, "inquiry", "answer", "Fundacja Próba")
    day(5, "inquiry", "answer", "Jan Próbny")
    # Filters take the labels that lists and forms show.
    assert "Fundacja Próba" in day(6, "inquiry", "list", "--status", "odpowiedziano")
    # The one becomes a member, without its name, phone and person being typed again.
    sectors = day(
        10, "inquiry", "accept", "Fundacja Próba", "miejscowość=Rzeszow",
        answers=[("(numer lub nazwa): ", "organizacje pozarządowe"),
                 ("w rejestrze jest „Rzeszów”. Czy o to chodzi? ", "tak"),
                 ("Zapisać? [T/n] ", "")],
    )  # fmt: skip
    sector = choice(sectors, "ekonomia społeczna")
    shown = day(10, "show", "próba")
    assert all(one in shown for one in ("+48 17 850 10 10", "Anna Próbna", "Rzeszów", "organizacje pozarządowe"))
    # A member that nobody asked about: the form, with a town that is nearly one in use.
    added = day(
        12,
        "add",
        answers=[
            ("Nazwa: ", "Spółdzielnia Socjalna Kłos"), ("(numer lub nazwa): ", sector),
            ("[spółdzielnia socjalna]: ", ""), ("Miejscowość: ", "debica"), ("[T/n] ", ""), ("Ulica: ", ""),
            ("Kod pocztowy: ", "39200"),
            ("E-mail: ", "klos@example.org"), ("Telefon: ", ""), ("NIP: ", ""), ("KRS: ", ""),
            ("[2025-03-12]: ", "wczoraj"), ("średnikiem): ", "chleb; catering"), ("średnikiem): ", ""),
            ("średnikiem): ", ""), ("Zapisać? [T/n] ", "t"),
        ],
    )  # fmt: skip
    assert all(one in added for one in ("39-200", "2025-03-11", "Dębica"))
    # What a record shows is typed back: titles of fields, labels, forms of dates.
    day(14, "edit", "kłos", "telefon=14 681 00 00", "kod-pocztowy=39-200", f"sektor={sector}", "przystąpienie=03.2025")
    assert "Spółdzielnia Socjalna Kłos" in day(14, "list", "-s", sector, "--town", "dębica", "--sort", "miejscowość")
    # One leaves at the end of the month, and the other inquiry is settled.
    day(20, "leave", "kłos", "--on", "31.03.2025")
    assert "Spółdzielnia Socjalna Kłos" in day(20, "list", "--status", "obecni", "-q", "klos")
    day(21, "inquiry", "close", "Jan Próbny")
    assert channel in day(21, "inquiry", "show", "Fundacja Próba")
    assert "zamknięte" in day(21, "inquiry", "list", "--status", "zamknięte")
    # At the end all is in order.
    assert "0 błędów" in day(31, "check")
