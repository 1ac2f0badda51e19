"""What is wrong with the value of a field, explained."""

from pkes.cli.messages.explain_explanation import Explanation
from pkes.i18n import N_

_SET = N_('"pkes edit ID FIELD=VALUE", or "pkes inquiry edit ID FIELD=VALUE", sets another value.')
_FIX = N_('"pkes check --fix" mends it.')

VALUES = {
    "choice": Explanation(
        N_("The value is not one of the words that its field takes."),
        N_("The steps of an inquiry and the filters of its list know these words only."),
        'channel = "fax"',
        'channel = "phone"',
        N_(
            '"pkes inquiry edit ID channel=WORD" sets another. A word that is only in another case is mended by '
            '"pkes check --fix".'
        ),
    ),
    "email": Explanation(
        N_("The value is not an e-mail address: a name, one @, and a domain with a dot."),
        N_("Nobody can be written to there, and a mail program refuses the whole list."),
        'email = "nitka(at)example.org"',
        'email = "nitka@example.org"',
        _SET,
    ),
    "phone": Explanation(
        N_("The value is not a phone number that could be dialled. Without a country it is taken for a Polish one."),
        N_("A digit is missing or too many: nobody can be reached there."),
        'phone = "14 681 00"',
        'phone = "+48 14 681 00 00"',
        _SET,
    ),
    "postal-code": Explanation(
        N_("The value is not a Polish postal code: two digits, a dash, three digits."),
        N_("A letter with a wrong code is late or comes back."),
        'postal_code = "35-01"',
        'postal_code = "35-001"',
        _SET,
    ),
    "website": Explanation(
        N_("The value is not the address of a website."),
        N_("Lists that are published make a link of it, which would lead nowhere."),
        N_('website = "none yet"'),
        'website = "https://example.org"',
        _SET,
    ),
    "krs": Explanation(
        N_("The value is not a number of the court register (KRS): ten digits, leading zeros included."),
        N_("The organisation cannot be found by it, nor told from others."),
        'krs = "123456"',
        'krs = "0000123456"',
        _SET,
    ),
    "nip": Explanation(
        N_("The value is not a tax number (NIP): ten digits, the last one computed from the others."),
        N_("The check digit shows that a digit is wrong or two have changed places: it is nobody's number."),
        'nip = "1234563217"',
        'nip = "1234563218"',
        _SET,
    ),
    "regon": Explanation(
        N_("The value is not a statistical number (REGON): nine or fourteen digits, the last one computed."),
        N_("The check digit shows that a digit is wrong or two have changed places: it is nobody's number."),
        'regon = "123456784"',
        'regon = "123456785"',
        _SET,
    ),
    "date": Explanation(
        N_("The value is not a date. Where only the year or the month is known, it is a text of just that."),
        N_("It sorts nowhere, and a member whose day of leaving cannot be read is taken to have left."),
        'joined = "2025-2"',
        'joined = "2025-02"',
        _SET,
    ),
    "number": Explanation(
        N_("The value is not a whole number from 0."),
        N_("It counts members, days or months, and nothing can be counted by it."),
        "declared_members = -1",
        "declared_members = 1",
        N_('"pkes policy edit FIELD=NUMBER" or "pkes cluster edit declared_members=NUMBER" sets another.'),
    ),
    "character": Explanation(
        N_("A text holds a character that is no text: one that controls a terminal, turns a line round or hides."),
        N_("What is seen is then not what is there. Such characters come along from web pages and documents."),
        'name = "Ig\\u202Eła"',
        'name = "Igła"',
        N_('Type the text anew, best with "pkes edit ID FIELD=VALUE", which takes no such character.'),
    ),
    "line-break": Explanation(
        N_("A value of one line holds a line end."),
        N_("In a list, an export or a letter it would take the row apart."),
        'town = "Rzeszów\\n"',
        'town = "Rzeszów"',
        _SET,
    ),
    "form": Explanation(
        N_("The value is right, but written in another way than such values are written here."),
        N_("The same number in two forms is not found as one: neither by a search, nor as a duplicate."),
        'nip = "123-456-32-18"',
        'nip = "1234563218"',
        _FIX,
    ),
    "spaces": Explanation(
        N_("The text begins or ends with a space, a tab or a line end."),
        N_("Nobody sees it, but it is another text: filters and look-ups miss it, and lists sort it wrong."),
        'town = " Rzeszów"',
        'town = "Rzeszów"',
        _FIX,
    ),
    "unnormalised": Explanation(
        N_("A letter is written as a plain one and a sign to be put on it, where Unicode has one character for both."),
        N_("The two look the same and are not equal. Names from macOS and from PDF files are often written so."),
        'town = "Rzeszo\\u0301w"',
        'town = "Rzeszów"',
        _FIX,
    ),
    "empty": Explanation(
        N_("A field, or an item of a list, is there and says nothing."),
        N_("It means the same as no line at all, and makes a reader ask what is missing."),
        'town = ""',
        "",
        N_('"pkes check --fix" takes the line away.'),
    ),
}
