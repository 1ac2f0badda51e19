"""Words that offices use for fields and for the words of vocabularies: folded, without punctuation.

A field's own name, its option and its English title are recognised too, and are not repeated here.
"""

from collections.abc import Mapping

from pkes.i18n import N_
from pkes.model.records import KindName

_NAME = (
    "nazwa", "pelna nazwa", "nazwa pelna", "nazwa organizacji", "nazwa podmiotu", "nazwa instytucji", "nazwa firmy",
    "organizacja", "podmiot", "organisation", "organization", "organisation name", "organization name",
)  # fmt: skip
_SECTOR = ("sektor",)
_TOWN = ("miejscowosc", "miasto", "siedziba", "city", "place")
_EMAIL = (
    "mail", "adres e mail", "adres email", "adres mail", "adres mailowy", "poczta elektroniczna", "e mail address",
    "email address",
)  # fmt: skip
_PHONE = (
    "telefon", "tel", "nr telefonu", "numer telefonu", "nr tel", "telefon kontaktowy", "tel kontaktowy",
    "telefon komorkowy", "tel kom", "komorka", "phone number", "telephone", "mobile",
)  # fmt: skip

HEADERS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "member": {
        "id": ("identyfikator",),
        "name": (*_NAME, "nazwa czlonka", "czlonek", "full name", "member"),
        "short_name": ("nazwa skrocona", "skrocona nazwa", "nazwa krotka", "krotka nazwa", "skrot", "skrot nazwy",
                       "akronim", "acronym"),
        "sector": _SECTOR,
        "legal_form": ("forma prawna", "forma organizacyjno prawna", "forma"),
        "social_enterprise": ("przedsiebiorstwo spoleczne", "status przedsiebiorstwa spolecznego"),
        "social_enterprise_since": ("data uzyskania statusu przedsiebiorstwa spolecznego",),
        "social_enterprise_decision": ("nr decyzji wojewody", "numer decyzji wojewody", "decyzja wojewody"),
        "joined": ("data przystapienia", "data wstapienia", "data dolaczenia", "data przyjecia", "przystapienie",
                   "przystapil", "czlonek od", "w klastrze od", "date joined", "joining date", "member since"),
        "declared": ("data deklaracji", "data podpisania deklaracji", "date declared"),
        "left": ("data wystapienia", "data odejscia", "data rezygnacji", "wystapienie", "wystapil", "czlonek do",
                 "date left", "leaving date"),
        "street": ("ulica", "ulica i numer", "ulica i nr", "ulica nr", "adres", "adres siedziby", "adres ulica",
                   "address", "street address"),
        "postal_code": ("kod pocztowy", "kod", "postcode", "post code", "zip", "zip code"),
        "town": _TOWN,
        "municipality": ("commune",),
        "county": ("powiat",),
        "voivodeship": ("woj", "province"),
        "contact_person": ("osoba kontaktowa", "osoba do kontaktu", "imie i nazwisko osoby kontaktowej",
                           "contact", "contact name"),
        "email": _EMAIL,
        "phone": _PHONE,
        "website": ("strona www", "www", "strona internetowa", "strona", "adres www", "adres strony",
                    "adres strony www", "web", "web page", "url"),
        "krs": ("nr krs", "numer krs"),
        "nip": ("nr nip", "numer nip"),
        "regon": ("nr regon", "numer regon"),
        "employees": ("liczba zatrudnionych", "zatrudnienie", "liczba pracownikow", "pracownicy",
                      "number of employees", "staff"),
        "employees_on": ("stan zatrudnienia na dzien",),
        "offers": ("oferta", "oferuje", "co oferuje"),
        "needs": ("potrzeby", "potrzebuje", "czego potrzebuje"),
        "tags": ("tagi", "etykiety", "slowa kluczowe", "keywords"),
        "inquiry": ("zapytanie", "zgloszenie"),
        "source": ("zrodlo", "zrodlo danych"),
        "confirmed": ("data potwierdzenia", "date confirmed"),
        "note": ("uwagi", "uwaga", "komentarz", "remarks", "comment", "comments"),
        "erased": ("data usuniecia danych", "usunieto dane"),
    },
    "inquiry": {
        "id": ("identyfikator",),
        "received": ("data wplywu", "wplynelo", "data otrzymania", "otrzymano", "data zgloszenia", "data zapytania",
                     "sygnatura czasowa", "timestamp", "date received"),
        "informed": ("data poinformowania", "poinformowano"),
        "name": _NAME,
        "person": ("osoba", "imie i nazwisko", "osoba kontaktowa", "osoba do kontaktu", "zglaszajacy",
                   "osoba zglaszajaca", "contact", "contact name", "contact person"),
        "email": _EMAIL,
        "phone": _PHONE,
        "channel": ("kanal", "sposob kontaktu", "jak przyszlo", "how it came in"),
        "topic": ("temat", "sprawa", "subject", "czego dotyczy", "what it is about"),
        "sector": _SECTOR,
        "town": _TOWN,
        "message": ("wiadomosc", "tresc", "tresc wiadomosci", "tresc zapytania", "tresc zgloszenia"),
        "status": ("stan",),
        "assigned_to": ("prowadzi", "osoba prowadzaca", "przypisano do"),
        "answered": ("data odpowiedzi", "odpowiedziano"),
        "closed": ("data zamkniecia", "zamknieto"),
        "reason": ("powod", "przyczyna"),
        "member": ("czlonek",),
        "lawful_basis": ("podstawa prawna",),
        "erased": ("data usuniecia danych", "usunieto dane"),
        "notes": ("uwagi", "uwaga", "notatka", "notatki", "komentarz", "remarks", "comment", "comments"),
    },
}  # fmt: skip
"""The words of each kind by field."""

HEADS: Mapping[KindName, Mapping[str, tuple[str, ...]]] = {
    "inquiry": {N_("Who"): ("name", "person"), N_("Days"): ("received",)},
}
"""The heads of the columns of a list that are no fields, each with the fields that it is made of."""

CHOICES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "channel": {
        "phone": ("telefon", "tel", "telefonicznie"),
        "email": ("e mail", "mail", "mailowo"),
        "web": ("www", "strona www", "strona", "formularz", "internet"),
        "letter": ("list", "poczta", "listownie"),
        "meeting": ("spotkanie", "osobiscie"),
    },
    "topic": {
        "join": ("przystapienie", "dolaczenie", "czlonkostwo"),
        "cooperate": ("wspolpraca", "cooperation"),
        "information": ("informacja", "informacje", "pytanie"),
    },
    "status": {
        "new": ("nowe", "nowy", "nowa"),
        "answered": ("odpowiedziano",),
        "accepted": ("przyjete", "przyjety", "przyjeta"),
        "closed": ("zamkniete", "zamkniety", "zamknieta"),
        "declined": ("odrzucone", "odmowa"),
        "withdrawn": ("wycofane",),
    },
    "filter": {
        "current": ("obecni", "obecny", "aktualni"),
        "former": ("byli", "byly"),
        "open": ("otwarte", "otwarty"),
        "all": ("wszystkie", "wszyscy", "wszystko"),
    },
    "kind": {N_("members"): (), N_("inquiries"): ("zapytania",)},
}
"""Further words for a choice besides its labels, by field (or filter) and choice."""

SHEETS: Mapping[KindName, str] = {"member": N_("Members"), "inquiry": N_("Inquiries"), "cluster": N_("Cluster")}
"""The title of the sheet of each kind in a workbook."""

BOOLEANS: Mapping[str, tuple[str, ...]] = {
    "true": ("prawda", "x", "✓", "t", "y", "1"),
    "false": ("falsz", "n", "0"),
}
"""Further words for true and false. A Polish Excel saves PRAWDA and FAŁSZ."""
