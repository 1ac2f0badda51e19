"""What is said of a code."""

from collections.abc import Mapping
from typing import NamedTuple

from pkes.i18n import N_
from pkes.registry.selection import known


class Explanation(NamedTuple):
    """What a code means, why that matters, wrong and right lines of the file, and how the ones become the others.

    The texts are English, and are translated where they are shown. `right` is "" where the line is to go.
    """

    means: str
    matters: str
    wrong: str
    right: str
    mend: str


FILES = {
    "encoding": Explanation(
        N_("The file holds a byte that is not UTF-8. Mostly an editor has saved it as Windows-1250 or ISO 8859-2."),
        N_("TOML is UTF-8 by its own rules. Until this is mended, every other command stops: no letter is certain."),
        'town = "Rzesz\\xf3w"',
        'town = "Rzeszów"',
        N_("Save the file as UTF-8 in the editor, and look at the letters with diacritics."),
    ),
    "syntax": Explanation(
        N_("The file is not TOML: a quote, a bracket or a sign of equality is missing, or a key stands there twice."),
        N_("Nothing can be read, and so nothing else can be checked, until the file is TOML again."),
        'town = "Rzeszów',
        'town = "Rzeszów"',
        N_('Mend the line that is named, or the one above it. "git diff" shows what was changed last.'),
    ),
    "merge-marker": Explanation(
        N_("git could not merge two versions and has left its markers in the file, with both sides between them."),
        N_("A file with markers is no TOML, so that every other command stops. Which side is right only you can know."),
        "<<<<<<< HEAD",
        'town = "Rzeszów"',
        N_(
            "Keep what is right of both sides, and delete the lines of the markers. "
            '"pkes git setup" makes git merge record by record from then on.'
        ),
    ),
    "format": Explanation(
        N_('The key "format" at the top of the file names a format that this program does not know.'),
        N_("A newer format may say the same things otherwise. To guess would be to lose data."),
        "format = 7",
        "format = 1",
        N_("Take a newer pkes. Where the number is a slip of the pen, put it right."),
    ),
    "nesting": Explanation(
        N_("A value has arrays or tables in one another, more levels of them than any record of a registry needs."),
        N_("Such a value comes from no hand, and programs that read it can die of it."),
        "x = [[[[[[ … ]]]]]]",
        "x = []",
        N_("Take the value away, or write it flat."),
    ),
    "shape": Explanation(
        N_("A value is of another TOML type than its field, a record is no table, or a part of the file is missing."),
        N_("It cannot be read as what it should be. Until this is mended, every other command stops."),
        'tags = "szycie"',
        'tags = ["szycie"]',
        N_("Write the value in the type that the message names: quotes around text, none around dates and numbers."),
    ),
    "unknown-key": Explanation(
        N_("A key or a table is none that the program knows. Mostly it is a slip of the pen."),
        N_("What stands there is kept, but no command shows it, looks for it or exports it."),
        'twon = "Rzeszów"',
        'town = "Rzeszów"',
        N_("Give the key its right name, or take it away. What you keep on purpose can stay: it is only a warning."),
    ),
    "id-key": Explanation(
        N_('A record holds a key "id". Its id stands in its header already, and this one is read by nobody.'),
        N_("Two ids in one record can differ, and whoever reads the file takes the wrong one."),
        '[members.igla]\nid = "igla"',
        "[members.igla]",
        N_("Take the line away."),
    ),
}


INQUIRIES = {
    "name-or-person": Explanation(
        N_("An inquiry says neither which organisation asks nor which person."),
        N_("Nobody would know who is to be answered."),
        'email = "nitka@example.org"',
        'name = "Nitka"\nemail = "nitka@example.org"',
        N_('"pkes inquiry edit ID name=NAME" or "pkes inquiry edit ID person=NAME" says it.'),
    ),
    "email-or-phone": Explanation(
        N_("An inquiry has neither an e-mail address nor a phone number."),
        N_("There is no way to answer it."),
        'name = "Nitka"',
        'name = "Nitka"\nemail = "nitka@example.org"',
        N_('"pkes inquiry edit ID email=ADDRESS" or "pkes inquiry edit ID phone=NUMBER" says it.'),
    ),
    "erased-data": Explanation(
        N_("An inquiry says that its personal data was erased, but some is there."),
        N_("Who was told that the data is gone has a right to it (GDPR, Art. 17)."),
        'person = "Jan Igielny"\nerased = 2025-02-01',
        "erased = 2025-02-01",
        N_('"pkes privacy erase ID" erases what is left, and shows where else it is held.'),
    ),
    "unlinked": Explanation(
        N_("An inquiry was accepted, but it is not said which member it became."),
        N_("The way from the first contact to the member is lost. Mostly the member was removed."),
        'status = "accepted"',
        'status = "accepted"\nmember = "igla"',
        N_('"pkes inquiry reopen ID" opens it again, so that it can be accepted or closed.'),
    ),
    "undated": Explanation(
        N_("The day is missing on which an inquiry was answered or closed, though its status says that it was."),
        N_("How long people wait, and when their data has to go, is counted from these days."),
        'status = "declined"',
        'status = "declined"\nclosed = 2025-02-01',
        N_('"pkes inquiry edit ID closed=DATE" or "pkes inquiry edit ID answered=DATE" says it.'),
    ),
    "lawful-basis": Explanation(
        N_("It is not on record why the data of an inquiry may be kept."),
        N_("Who keeps personal data needs a reason by law (GDPR, Art. 6), and has to be able to name it (Art. 5(2))."),
        "",
        N_('lawful_basis = "Art. 6(1)(b)"'),
        N_('"pkes inquiry edit ID lawful_basis=TEXT" says it.'),
    ),
    "overdue": Explanation(
        N_("A new inquiry has been waiting for longer than answer_within_days of [policy] allows (14 days)."),
        N_("Somebody was invited to write, and nobody answers. It is only a note."),
        'received = 2020-01-02\nstatus = "new"',
        'received = 2020-01-02\nstatus = "answered"\nanswered = 2020-01-09',
        N_('Answer it, and say so: "pkes inquiry answer ID", or accept, decline or withdraw.'),
    ),
    "retention-due": Explanation(
        N_("A closed inquiry has been kept for longer than retention_months of [policy] allows (24 months)."),
        N_("Personal data may be kept no longer than needed (GDPR, Art. 5(1)(e)). It is only a note."),
        'status = "declined"\nclosed = 2020-01-30',
        'status = "declined"\nclosed = 2020-01-30\nerased = 2022-02-01',
        N_('"pkes privacy erase ID" erases it and keeps what the statistics need; "pkes privacy due" lists all.'),
    ),
}


RECORDS = {
    "id": Explanation(
        N_("The id in the header of a record has other signs than a-z, 0-9 and dashes."),
        N_("Ids are typed in commands, stand in links and name records in diffs: they have to be plain."),
        "[members.Igla]",
        "[members.igla]",
        N_('"pkes rename ID NEW-ID" and "pkes sectors rename ID NEW-ID" change it, and all that refers to it.'),
    ),
    "required": Explanation(
        N_("A field is missing or empty without which the record is not complete."),
        N_("Lists, exports and reports count on it: a member without a sector is counted nowhere."),
        '[members.nitka]\nname = "Nitka"',
        '[members.nitka]\nname = "Nitka"\nsector = "ngo"',
        N_('"pkes edit ID FIELD=VALUE", "pkes inquiry edit ID FIELD=VALUE", "pkes cluster edit FIELD=VALUE" set it.'),
    ),
    "unknown-sector": Explanation(
        N_("The sector is none of those under [sectors] in the file."),
        N_("Who is in no known sector is missing from all that is told by sector."),
        'sector = "ngp"',
        'sector = "ngo"',
        N_('"pkes edit ID sector=SECTOR" sets one that "pkes sectors" shows; "pkes sectors add" makes a new one.'),
    ),
    "unknown-member": Explanation(
        N_("The coordinator of the cluster, or the member that an inquiry became, is no member on record."),
        N_("The reference leads nowhere. Mostly the member was renamed or removed by hand."),
        'coordinator = "iglaa"',
        'coordinator = "igla"',
        N_('"pkes cluster edit coordinator=MEMBER" sets another, "pkes list --status all" shows them all.'),
    ),
    "unknown-inquiry": Explanation(
        N_("The inquiry that a member is said to have come from is not on record."),
        N_("The reference leads nowhere, so that the way from the first contact to the member is lost."),
        'inquiry = "2025-01-02-xyz"',
        'inquiry = "2025-01-02-abc"',
        N_('Write the id of the inquiry there, or take the line away; "pkes inquiry list --status all" shows them.'),
    ),
    "date-order": Explanation(
        N_("A date is before one that has to come first: left before joined, answered or closed before received."),
        N_("What is counted in days, as waiting and retention, comes out wrong."),
        "received = 2025-01-02\nclosed = 2024-01-30",
        "received = 2025-01-02\nclosed = 2025-01-30",
        N_('Put the wrong one of the two right: "pkes edit ID left=DATE" or "pkes inquiry edit ID closed=DATE".'),
    ),
    "identifier-twice": Explanation(
        N_("Two current members have the same NIP, KRS or REGON, however it is written."),
        N_("One organisation stands in the registry twice, and is counted twice, or one number is a copy gone wrong."),
        '[members.igla]\nnip = "5260250274"\n[members.zolw]\nnip = "526-025-02-74"',
        '[members.igla]\nnip = "5260250274"\n[members.zolw]\nnip = "1234563218"',
        N_('Put the number right with "pkes edit ID nip=NUMBER", or take one of the two off with "pkes remove ID".'),
    ),
    "name-twice": Explanation(
        N_("Two members have the same name, apart from case, diacritics and legal form."),
        N_("Mostly they are one organisation that was entered twice."),
        '[members.zolw]\nname = "Żółw"\n[members.zolw-2]\nname = "Fundacja żółw"',
        '[members.zolw]\nname = "Żółw"',
        N_('"pkes remove ID" takes one of them off. Two that only share a name can stay: it is a warning.'),
    ),
    "email-twice": Explanation(
        N_("Two members have the same e-mail address."),
        N_("Mostly one of the two was copied. Then mail for one organisation goes to another."),
        '[members.igla]\nemail = "igla@example.org"\n[members.zolw]\nemail = "igla@example.org"',
        '[members.igla]\nemail = "igla@example.org"\n[members.zolw]\nemail = "zolw@example.org"',
        N_('"pkes edit ID email=ADDRESS" puts it right. Two that share an office can stay: it is a warning.'),
    ),
    "declared-members": Explanation(
        N_("The cluster says that it has another number of members than are listed as current."),
        N_("What is said to the public and what the registry proves should agree. It is only a note."),
        N_("declared_members = 14   # 1 is listed"),
        "declared_members = 1",
        N_('Add who is missing with "pkes add", or say "pkes cluster edit declared_members=NUMBER".'),
    ),
    "conflict": Explanation(
        N_("A text holds both sides of a conflict, with the markers that git put between them."),
        N_("Inside a text the markers are TOML all the same, so that only this warning tells of them."),
        N_('note = """\n<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> topic\n"""'),
        N_('note = "two"'),
        N_("Keep what is right of both sides, and delete the lines of the markers."),
    ),
}


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


EXPLANATIONS: Mapping[str, Explanation] = FILES | RECORDS | VALUES | INQUIRIES


def find(code: str) -> tuple[str, Explanation]:
    """Return a code as it is spelled, and its explanation. Raises `UnknownName` with the nearest codes."""
    code = known("code", code, EXPLANATIONS)
    return code, EXPLANATIONS[code]
