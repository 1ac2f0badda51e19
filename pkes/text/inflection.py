"""The other forms that a Polish name may have in a sentence: `Kowalskiego` for `Kowalski`, `Annie` for `Anna`."""

import re

_ENDINGS = (
    "owie", "iego", "iemu", "iach", "iami", "zie", "owi", "owa", "owo", "ego", "emu", "ami", "ach", "iem", "iej", "ich",
    "imi", "ymi", "iom", "iow", "ych", "ie", "ze", "em", "om", "ow", "im", "ym", "ej", "ia", "ii", "io", "iu", "a", "e",
    "i", "o", "u", "y",
)  # fmt: skip
_ENDING = f"(?:{'|'.join(_ENDINGS)})"
_FLEETING = re.compile(r"(?P<head>[^\W\d_]+[bcdfghjklmnprstwz])i?[eo](?P<tail>[bcdfghjklmnprstwz])")
_CLOSED = re.compile(r"(?P<head>[^\W\d_]+[bcdfghjklmnprstwz])(?P<tail>[bcdfghjklmnprstwz])")
_SOFTENED = (("ch", "(?:ch|sz)"), ("sz", "(?:ch|sz)"), ("dz", "(?:dz|g)"), ("g", "(?:dz|g)"), ("t", "[tc]"),
             ("k", "[kc]"), ("c", "[ckt]"))  # fmt: skip
"""How the last consonant of a stem changes before some endings, in folded text: `Marta`, `Marcie`; `Olga`, `Oldze`."""
_SHORTEST_STEM = 3


def forms(word: str) -> str:
    """Return a regular expression for a folded word and the forms that it may have in the cases of Polish.

    The word may be in any case itself. It finds other endings (`Kos`, `Kosem`), the last consonant changed before them
    (`Agata`, `Agacie`), and an `e` or `o` that comes and goes (`Marek`, `Marka`). It also finds the other names with
    the same stem (`Kowalska` for `Kowalski`). It misses vowels that change within the word (`Gołąb`, `Gołębia`) and
    names written otherwise, such as diminutives. A word with a digit, or of one or two letters, has no other form.
    """
    if len(word) < _SHORTEST_STEM or not word.isalpha():
        return re.escape(word)
    ended = {stem for ending in _ENDINGS if len(stem := word.removesuffix(ending)) > 1} - {word}
    fleeting = [found["head"] + found["tail"] for found in [_FLEETING.fullmatch(word)] if found]
    found = [_inflected(stem) for stem in sorted({word, *ended})]
    found += [_inflected(stem) for stem in fleeting if len(stem) >= _SHORTEST_STEM]
    closed = filter(None, map(_CLOSED.fullmatch, sorted(ended)))
    found += [f"{stem['head']}i?[eo]{stem['tail']}" for stem in closed]
    return f"(?:{'|'.join(found)})"


def _inflected(stem: str) -> str:
    """Return an expression for a stem with any ending; a stem too short to be a name needs one."""
    optional = "?" if len(stem) >= _SHORTEST_STEM else ""
    for last, changed in _SOFTENED:
        if stem.endswith(last):
            return stem.removesuffix(last) + changed + _ENDING + optional
    return stem + _ENDING + optional
