"""Answers of the court register about organisations that do not exist, in the form that it gives them."""

import copy
import json

NUMBER = "0000999001"

FULL = {
    "odpis": {
        "rodzaj": "Aktualny",
        "naglowekA": {
            "rejestr": "RejP",
            "numerKRS": NUMBER,
            "dataCzasOdpisu": "28.02.2025 10:00:00",
            "stanZDnia": "28.02.2025",
            "dataRejestracjiWKRS": "08.03.2012",
            "numerOstatniegoWpisu": 16,
            "stanPozycji": 1,
        },
        "dane": {
            "dzial1": {
                "danePodmiotu": {
                    "formaPrawna": "SPÓŁDZIELNIA SOCJALNA",
                    "identyfikatory": {"regon": "30204683000000", "nip": "9721237317"},
                    "nazwa": "SPÓŁDZIELNIA SOCJALNA PRZYKŁAD",
                    "czyPosiadaStatusOPP": False,
                },
                "siedzibaIAdres": {
                    "siedziba": {
                        "kraj": "POLSKA",
                        "wojewodztwo": "PODKARPACKIE",
                        "powiat": "RZESZÓW",
                        "gmina": "RZESZÓW",
                        "miejscowosc": "RZESZÓW",
                    },
                    "adres": {
                        "ulica": "UL. PRZYKŁADOWA",
                        "nrDomu": "49",
                        "nrLokalu": "2",
                        "miejscowosc": "RZESZÓW",
                        "kodPocztowy": "35-001",
                        "poczta": "RZESZÓW",
                        "kraj": "POLSKA",
                    },
                    "adresPocztyElektronicznej": "BIURO@EXAMPLE.ORG",
                    "adresStronyInternetowej": "WWW.EXAMPLE.ORG",
                },
            },
            "dzial2": {
                "reprezentacja": {
                    "sklad": [{"nazwisko": {"nazwiskoICzlon": "W*********"}, "funkcjaWOrganie": "PREZES"}]
                }
            },
            "dzial3": {"przedmiotDzialalnosci": {"przedmiotPrzewazajacejDzialalnosci": [{"opis": "…"}]}},
        },
    }
}


def answer(number: str = NUMBER, /, **parts: object) -> bytes:
    """Return an answer about a number, with some of its keys replaced: a value None takes the key away.

    The name of a part is its key wherever it stands; `dzial6` is added.
    """
    made = copy.deepcopy(FULL)
    made["odpis"]["naglowekA"]["numerKRS"] = number
    if "dzial6" in parts:
        made["odpis"]["dane"]["dzial6"] = parts.pop("dzial6")
    left = dict(parts)
    _replace(made, left)
    assert not left, f"no such keys: {left}"
    return json.dumps(made, ensure_ascii=False).encode()


def _replace(held: object, parts: dict[str, object]) -> None:
    if isinstance(held, dict):
        for key in list(held):
            if key in parts:
                value = parts.pop(key)
                if value is None:
                    del held[key]
                else:
                    held[key] = value
            else:
                _replace(held[key], parts)
