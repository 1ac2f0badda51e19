"""The codes of findings: for each its severity, words, mend and explanation, in one entry.

The texts are English templates; `cli/messages` translates and fills them in. Import this module inside the function
that needs it, so that reading a registry without findings does not pay for it.
"""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from pkes.i18n import N_

Severity = Literal["error", "warning", "note"]

EDIT = "edit"
"""The command of a code whose findings another value of the field mends, whatever kind of record it is in."""

OPEN = "open"
"""The command of a code whose findings are mended in the text of the record, whatever kind it is of."""


class Code(Struct, frozen=True):
    """A code of a finding and everything that is said about it.

    `says` is a template for a finding's `field` and the values of its `detail`. If one of these could be personal,
    `quotes` names it, and `unquoted` is the same text without it. If `is_malformed`, no registry can be read from the
    text, and `way_out` says how to fix it.

    `means`, `matters`, `wrong`, `right` and `mend` explain the code: what it means, why that matters, wrong and right
    lines of the file ("" if the line should be deleted), and how to get from one to the other. `command` holds the
    arguments of the pkes command that mends a finding, `EDIT` or `OPEN`; "" if no command does. `is_fixable` says
    whether `check --fix` mends it.
    """

    severity: Severity
    says: str
    means: str
    matters: str
    wrong: str
    right: str
    mend: str
    unquoted: str = ""
    quotes: str = ""
    is_malformed: bool = False
    way_out: str = ""
    command: str = ""
    is_fixable: bool = False


_SET = N_('"pkes edit ID FIELD=VALUE", or "pkes inquiry edit ID FIELD=VALUE", sets another value.')
_FIX = N_('"pkes check --fix" mends it.')

CODES: Mapping[str, Code] = {
    # Errors that make a text unreadable as a registry.
    "file-type": Code(
        severity="error",
        says=N_("not a regular file, but {found}"),
        is_malformed=True,
        means=N_("What is named as the registry is not a file, but a folder, a pipe, a socket or a device."),
        matters=N_("It could not be read a second time, or has no end, and no change could be saved in it."),
        wrong="pkes -r /dev/zero list",
        right="pkes -r registry.toml list",
        mend=N_('Name the file. "pkes check", "pkes diff" and "pkes fmt --check" read a pipe, too, and stdin as "-".'),
    ),
    "file-size": Code(
        severity="error",
        says=N_("larger than {most} MB"),
        is_malformed=True,
        means=N_("The file is larger than any registry."),
        matters=N_("It would take all the memory there is. Mostly it is a file of something else."),
        wrong="300M registry.toml",
        right="40K registry.toml",
        mend=N_("Name the right file. What does not belong in the registry can go into a file of its own."),
    ),
    "encoding": Code(
        severity="error",
        says=N_("not UTF-8"),
        is_malformed=True,
        way_out=N_("save the file as UTF-8"),
        means=N_(
            "The file holds a byte that is not UTF-8. Mostly an editor has saved it as Windows-1250 or ISO 8859-2."
        ),
        matters=N_(
            "TOML is UTF-8 by its own rules. Until this is mended, every other command stops: no letter is certain."
        ),
        wrong='town = "Rzesz\\xf3w"',
        right='town = "Rzeszów"',
        mend=N_("Save the file as UTF-8 in the editor, and look at the letters with diacritics."),
    ),
    "syntax": Code(
        severity="error",
        says=N_("not TOML: {what}"),
        is_malformed=True,
        means=N_(
            "The file is not TOML: a quote, a bracket or a sign of equality is missing, or a key stands there twice."
        ),
        matters=N_("Nothing can be read, and so nothing else can be checked, until the file is TOML again."),
        wrong='town = "Rzeszów',
        right='town = "Rzeszów"',
        mend=N_('Mend the line that is named, or the one above it. "git diff" shows what was changed last.'),
    ),
    "merge-marker": Code(
        severity="error",
        says=N_("a merge marker that git left: {marker}"),
        is_malformed=True,
        way_out=N_("keep what is right of both sides, and delete the lines of the markers"),
        means=N_(
            "git could not merge two versions and has left its markers in the file, with both sides between them."
        ),
        matters=N_(
            "A file with markers is no TOML, so that every other command stops. Which side is right only you can know."
        ),
        wrong="<<<<<<< HEAD",
        right='town = "Rzeszów"',
        mend=N_(
            "Keep what is right of both sides, and delete the lines of the markers. "
            '"pkes git setup" makes git merge record by record from then on.'
        ),
    ),
    "format": Code(
        severity="error",
        says=N_("format {found} is not one that this program knows (up to {known})"),
        is_malformed=True,
        way_out=N_("a newer pkes reads it"),
        means=N_('The key "format" at the top of the file names a format that this program does not know.'),
        matters=N_("A newer format may say the same things otherwise. To guess would be to lose data."),
        wrong="format = 7",
        right="format = 1",
        mend=N_("Take a newer pkes. Where the number is a slip of the pen, put it right."),
    ),
    "nesting": Code(
        severity="error",
        says=N_("nested deeper than {deepest} levels"),
        is_malformed=True,
        means=N_(
            "A value has arrays or tables in one another, more levels of them than any record of a registry needs."
        ),
        matters=N_("Such a value comes from no hand, and programs that read it can die of it."),
        wrong="x = [[[[[[ … ]]]]]]",
        right="x = []",
        mend=N_("Take the value away, or write it flat."),
    ),
    "shape": Code(
        severity="error",
        says=N_('"{key}" is of the wrong type: {found} instead of {expected}'),
        is_malformed=True,
        means=N_(
            "A value is of another TOML type than its field, a record is no table, or a part of the file is missing."
        ),
        matters=N_("It cannot be read as what it should be. Until this is mended, every other command stops."),
        wrong='tags = "szycie"',
        right='tags = ["szycie"]',
        mend=N_(
            "Write the value in the type that the message names: quotes around text, none around dates and numbers."
        ),
    ),
    # Findings of the rules.
    "id": Code(
        severity="error",
        says=N_("an id has only a-z, 0-9 and dashes, and no dash at an end"),
        means=N_("The id in the header of a record has other signs than a-z, 0-9 and dashes, or a dash at an end."),
        matters=N_("Ids are typed in commands, stand in links and name records in diffs: they have to be plain."),
        wrong="[members.Igla]",
        right="[members.igla]",
        mend=N_('"pkes rename ID NEW-ID" and "pkes sectors rename ID NEW-ID" change it, and all that refers to it.'),
    ),
    "id-key": Code(
        severity="error",
        says=N_('a key "id" does not belong here: the id stands in the header'),
        means=N_('A record holds a key "id". Its id stands in its header already, and this one is read by nobody.'),
        matters=N_("Two ids in one record can differ, and whoever reads the file takes the wrong one."),
        wrong='[members.igla]\nid = "igla"',
        right="[members.igla]",
        mend=N_("Take the line away."),
    ),
    "unknown-key": Code(
        severity="warning",
        says=N_('unknown key "{field}"'),
        unquoted=N_("unknown key"),
        quotes="field",
        command=OPEN,
        means=N_("A key or a table is none that the program knows. Mostly it is a slip of the pen."),
        matters=N_("What stands there is kept, but no command shows it, looks for it or exports it."),
        wrong='twon = "Rzeszów"',
        right='town = "Rzeszów"',
        mend=N_(
            'Rename or remove the key in the file, or with "pkes edit ID". What you keep on purpose can stay: '
            "it is only a warning."
        ),
    ),
    "unknown-sector": Code(
        severity="error",
        says=N_('unknown sector "{wanted}"'),
        unquoted=N_("unknown sector"),
        quotes="wanted",
        command=EDIT,
        means=N_("The sector is none of those under [sectors] in the file."),
        matters=N_("Who is in no known sector is missing from all that is told by sector."),
        wrong='sector = "ngp"',
        right='sector = "ngo"',
        mend=N_('"pkes edit ID sector=SECTOR" sets one that "pkes sectors" shows; "pkes sectors add" makes a new one.'),
    ),
    "unknown-member": Code(
        severity="error",
        says=N_('no member "{wanted}" is on record'),
        unquoted=N_("no member of this id is on record"),
        quotes="wanted",
        command=EDIT,
        means=N_("The coordinator of the cluster, or the member that an inquiry became, is no member on record."),
        matters=N_("The reference leads nowhere. Mostly the member was renamed or removed by hand."),
        wrong='coordinator = "iglaa"',
        right='coordinator = "igla"',
        mend=N_('"pkes cluster edit coordinator=MEMBER" sets another, "pkes list --status all" shows them all.'),
    ),
    "unknown-inquiry": Code(
        severity="error",
        says=N_('no inquiry "{wanted}" is on record'),
        unquoted=N_("no inquiry of this id is on record"),
        quotes="wanted",
        means=N_("The inquiry that a member is said to have come from is not on record."),
        matters=N_("The reference leads nowhere, so that the way from the first contact to the member is lost."),
        wrong='inquiry = "2025-01-02-xyz"',
        right='inquiry = "2025-01-02-abc"',
        mend=N_(
            'Write the id of the inquiry there, or take the line away; "pkes inquiry list --status all" shows them.'
        ),
    ),
    "choice": Code(
        severity="error",
        says=N_("not one of {choices}"),
        command=EDIT,
        is_fixable=True,
        means=N_("The value is not one of the words that its field takes."),
        matters=N_("The steps of an inquiry and the filters of its list know these words only."),
        wrong='channel = "fax"',
        right='channel = "phone"',
        mend=N_(
            '"pkes inquiry edit ID channel=WORD" sets another. A word that is only in another case is mended by '
            '"pkes check --fix".'
        ),
    ),
    "required": Code(
        severity="error",
        says=N_("it is required"),
        command=EDIT,
        means=N_("A field is missing or empty without which the record is not complete."),
        matters=N_("Lists, exports and reports count on it: a member without a sector is counted nowhere."),
        wrong='[members.nitka]\nname = "Nitka"',
        right='[members.nitka]\nname = "Nitka"\nsector = "ngo"',
        mend=N_(
            '"pkes edit ID FIELD=VALUE", "pkes inquiry edit ID FIELD=VALUE", "pkes cluster edit FIELD=VALUE" set it.'
        ),
    ),
    "name-or-person": Code(
        severity="error",
        says=N_("a name or a person is required"),
        command="inquiry edit {id} person=…",
        means=N_("An inquiry says neither which organisation asks nor which person."),
        matters=N_("Nobody would know who is to be answered."),
        wrong='email = "nitka@example.org"',
        right='name = "Nitka"\nemail = "nitka@example.org"',
        mend=N_('"pkes inquiry edit ID name=NAME" or "pkes inquiry edit ID person=NAME" says it.'),
    ),
    "email-or-phone": Code(
        severity="error",
        says=N_("an e-mail address or a phone number is required"),
        command="inquiry edit {id} email=…",
        means=N_("An inquiry has neither an e-mail address nor a phone number."),
        matters=N_("There is no way to answer it."),
        wrong='name = "Nitka"',
        right='name = "Nitka"\nemail = "nitka@example.org"',
        mend=N_('"pkes inquiry edit ID email=ADDRESS" or "pkes inquiry edit ID phone=NUMBER" says it.'),
    ),
    "email": Code(
        severity="error",
        says=N_("not an e-mail address"),
        command=EDIT,
        means=N_("The value is not an e-mail address: a name, one @, and a domain with a dot."),
        matters=N_("Nobody can be written to there, and a mail program refuses the whole list."),
        wrong='email = "nitka(at)example.org"',
        right='email = "nitka@example.org"',
        mend=_SET,
    ),
    "phone": Code(
        severity="error",
        says=N_("not a phone number"),
        command=EDIT,
        means=N_(
            "The value is not a phone number that could be dialled. Without a country it is taken for a Polish one."
        ),
        matters=N_("A digit is missing or too many, or there are two numbers: nobody can be reached there."),
        wrong='phone = "14 681 00"',
        right='phone = "+48 14 681 00 00"',
        mend=_SET,
    ),
    "postal-code": Code(
        severity="error",
        says=N_("not a postal code (NN-NNN)"),
        command=EDIT,
        means=N_("The value is not a Polish postal code: two digits, a dash, three digits."),
        matters=N_("A letter with a wrong code is late or comes back."),
        wrong='postal_code = "35-01"',
        right='postal_code = "35-001"',
        mend=_SET,
    ),
    "website": Code(
        severity="error",
        says=N_("not the address of a website"),
        command=EDIT,
        means=N_("The value is not the address of a website."),
        matters=N_("Lists that are published make a link of it, which would lead nowhere."),
        wrong=N_('website = "none yet"'),
        right='website = "https://example.org"',
        mend=_SET,
    ),
    "krs": Code(
        severity="error",
        says=N_("not a KRS number (ten digits)"),
        command=EDIT,
        means=N_("The value is not a number of the court register (KRS): ten digits, leading zeros included."),
        matters=N_("The organisation cannot be found by it, nor told from others."),
        wrong='krs = "000123456"',
        right='krs = "0000123456"',
        mend=_SET,
    ),
    "nip": Code(
        severity="error",
        says=N_("not a NIP (ten digits, the last one a check digit)"),
        command=EDIT,
        means=N_("The value is not a tax number (NIP): ten digits, the last one computed from the others."),
        matters=N_("The check digit shows that a digit is wrong or two have changed places: it is nobody's number."),
        wrong='nip = "1234563217"',
        right='nip = "1234563218"',
        mend=_SET,
    ),
    "regon": Code(
        severity="error",
        says=N_("not a REGON (nine or fourteen digits, the last one a check digit)"),
        command=EDIT,
        means=N_("The value is not a statistical number (REGON): nine or fourteen digits, the last one computed."),
        matters=N_("The check digit shows that a digit is wrong or two have changed places: it is nobody's number."),
        wrong='regon = "123456784"',
        right='regon = "123456785"',
        mend=_SET,
    ),
    "local-unit": Code(
        severity="warning",
        says=N_("the REGON of a local unit: that of the whole organisation has nine digits"),
        command=EDIT,
        means=N_("A member's REGON has fourteen digits: it is the number of one of its local units."),
        matters=N_("A member is the whole organisation, and is looked up by its own nine digits."),
        wrong='regon = "12345678512347"',
        right='regon = "123456785"',
        mend=N_(
            '"pkes edit ID regon=NUMBER" sets the first nine digits. A unit that is a member itself keeps its number.'
        ),
    ),
    "date": Code(
        severity="error",
        says=N_("not a date (YYYY-MM-DD)"),
        command=EDIT,
        means=N_("The value is not a date. Where only the year or the month is known, it is a text of just that."),
        matters=N_("It sorts nowhere, and a member whose day of leaving cannot be read is taken to have left."),
        wrong='joined = "2025-2"',
        right='joined = "2025-02"',
        mend=_SET,
    ),
    "number": Code(
        severity="error",
        says=N_("not a whole number from 0"),
        command=EDIT,
        means=N_("The value is not a whole number from 0."),
        matters=N_("It counts members, days or months, and nothing can be counted by it."),
        wrong="declared_members = -1",
        right="declared_members = 1",
        mend=N_('"pkes policy edit FIELD=NUMBER" or "pkes cluster edit declared_members=NUMBER" sets another.'),
    ),
    "character": Code(
        severity="error",
        says=N_("the character {name} is not text"),
        command=EDIT,
        means=N_(
            "A text holds a character that is no text: one that controls a terminal, turns a line round or hides."
        ),
        matters=N_("What is seen is then not what is there. Such characters come along from web pages and documents."),
        wrong='name = "Ig\\u202Eła"',
        right='name = "Igła"',
        mend=N_('Type the text anew, best with "pkes edit ID FIELD=VALUE", which takes no such character.'),
    ),
    "line-break": Code(
        severity="error",
        says=N_("a line end does not belong here"),
        command=EDIT,
        means=N_("A value of one line holds a line end."),
        matters=N_("In a list, an export or a letter it would take the row apart."),
        wrong='town = "Rzeszów\\n"',
        right='town = "Rzeszów"',
        mend=_SET,
    ),
    "form": Code(
        severity="warning",
        says=N_("right, but not in its usual form"),
        is_fixable=True,
        means=N_("The value is right, but written in another way than such values are written here."),
        matters=N_("The same number in two forms is not found as one: neither by a search, nor as a duplicate."),
        wrong='nip = "123-456-32-18"',
        right='nip = "1234563218"',
        mend=_FIX,
    ),
    "spaces": Code(
        severity="warning",
        says=N_("spaces at an end"),
        is_fixable=True,
        means=N_("The text begins or ends with a space, a tab or a line end."),
        matters=N_("Nobody sees it, but it is another text: filters and look-ups miss it, and lists sort it wrong."),
        wrong='town = " Rzeszów"',
        right='town = "Rzeszów"',
        mend=_FIX,
    ),
    "unnormalised": Code(
        severity="warning",
        says=N_("characters are not in their composed form (NFC)"),
        is_fixable=True,
        means=N_(
            "A letter is written as a plain one and a sign to be put on it, where Unicode has one character for both."
        ),
        matters=N_(
            "The two look the same and are not equal. Names from macOS and from PDF files are often written so."
        ),
        wrong='town = "Rzeszo\\u0301w"',
        right='town = "Rzeszów"',
        mend=_FIX,
    ),
    "empty": Code(
        severity="warning",
        says=N_("empty"),
        is_fixable=True,
        means=N_("A field, or an item of a list, is there and says nothing."),
        matters=N_("It means the same as no line at all, and makes a reader ask what is missing."),
        wrong='town = ""',
        right="",
        mend=N_('"pkes check --fix" takes the line away.'),
    ),
    "conflict": Code(
        severity="error",
        says=N_("a conflict that git left stands in it"),
        means=N_("A text holds both sides of a conflict, with the markers that git put between them."),
        matters=N_("Inside a text the markers are TOML all the same, so that only this finding tells of them."),
        wrong=N_('note = """\n<<<<<<< HEAD\none\n=======\ntwo\n>>>>>>> topic\n"""'),
        right=N_('note = "two"'),
        mend=N_("Keep what is right of both sides, and delete the lines of the markers."),
    ),
    "coordinator-left": Code(
        severity="error",
        says=N_("the member that coordinates the cluster has left"),
        command=EDIT,
        means=N_("The cluster names a coordinator that is a former member by now."),
        matters=N_("The profile would name as its coordinator somebody who no longer belongs to it."),
        wrong="left = 2025-01-31",
        right="",
        mend=N_('"pkes cluster edit coordinator=MEMBER" names another; "pkes edit ID left=" takes the leaving back.'),
    ),
    "date-order": Code(
        severity="error",
        says=N_('it is before "{earlier}"'),
        command=EDIT,
        means=N_(
            "A date is before one that has to come first: left before joined, answered or closed before received."
        ),
        matters=N_("What is counted in days, as waiting and retention, comes out wrong."),
        wrong="received = 2025-01-02\nclosed = 2024-01-30",
        right="received = 2025-01-02\nclosed = 2025-01-30",
        mend=N_('Put the wrong one of the two right: "pkes edit ID left=DATE" or "pkes inquiry edit ID closed=DATE".'),
    ),
    "identifier-twice": Code(
        severity="error",
        says=N_('it is that of "{other}" too'),
        unquoted=N_("it is that of another member too"),
        quotes="other",
        command=EDIT,
        means=N_("Two current members have the same NIP, KRS or REGON, however it is written."),
        matters=N_(
            "One organisation stands in the registry twice, and is counted twice, or one number is a copy gone wrong."
        ),
        wrong='[members.igla]\nnip = "5260250274"\n[members.zolw]\nnip = "526-025-02-74"',
        right='[members.igla]\nnip = "5260250274"\n[members.zolw]\nnip = "1234563218"',
        mend=N_(
            'Put the number right with "pkes edit ID nip=NUMBER", or take one of the two off with "pkes remove ID".'
        ),
    ),
    "name-twice": Code(
        severity="warning",
        says=N_('"{other}" has the same name'),
        unquoted=N_("another member has the same name"),
        quotes="other",
        means=N_("Two members have the same name, apart from case, diacritics and legal form."),
        matters=N_("Mostly they are one organisation that was entered twice."),
        wrong='[members.zolw]\nname = "Żółw"\n[members.zolw-2]\nname = "Fundacja żółw"',
        right='[members.zolw]\nname = "Żółw"',
        mend=N_('"pkes remove ID" takes one of them off. Two that only share a name can stay: it is a warning.'),
    ),
    "email-twice": Code(
        severity="warning",
        says=N_('"{other}" has the same e-mail address'),
        unquoted=N_("another member has the same e-mail address"),
        quotes="other",
        means=N_("Two members have the same e-mail address."),
        matters=N_("Mostly one of the two was copied. Then mail for one organisation goes to another."),
        wrong='[members.igla]\nemail = "igla@example.org"\n[members.zolw]\nemail = "igla@example.org"',
        right='[members.igla]\nemail = "igla@example.org"\n[members.zolw]\nemail = "zolw@example.org"',
        mend=N_('"pkes edit ID email=ADDRESS" puts it right. Two that share an office can stay: it is a warning.'),
    ),
    "label-twice": Code(
        severity="warning",
        says=N_('it is a label of the sector "{other}" too'),
        unquoted=N_("it is a label of another sector too"),
        quotes="other",
        means=N_("Two sectors have the same label, apart from case, diacritics and spaces."),
        matters=N_("The label does not tell which of the two is meant: lists, edits and imports refuse it."),
        wrong='[sectors.law]\npl = "prawo"\nen = "law"\n[sectors.courts]\npl = "Prawo"\nen = "courts"',
        right='[sectors.law]\npl = "prawo"\nen = "law"\n[sectors.courts]\npl = "sądy"\nen = "courts"',
        mend=N_('"pkes sectors edit ID --pl LABEL --en LABEL" gives one of the two another label.'),
    ),
    "erased-data": Code(
        severity="error",
        says=N_("the inquiry is erased, but this is left"),
        command="privacy erase {id}",
        means=N_("An inquiry says that its personal data was erased, but some is there."),
        matters=N_("Who was told that the data is gone has a right to it (GDPR, Art. 17)."),
        wrong='person = "Jan Igielny"\nerased = 2025-02-01',
        right="erased = 2025-02-01",
        mend=N_('"pkes privacy erase ID" erases what is left, and shows where else it is held.'),
    ),
    "unlinked": Code(
        severity="warning",
        says=N_("it is accepted, but no member is named"),
        command="inquiry reopen {id}",
        means=N_("An inquiry was accepted, but it is not said which member it became."),
        matters=N_("The way from the first contact to the member is lost. Mostly the member was removed."),
        wrong='status = "accepted"',
        right='status = "accepted"\nmember = "igla"',
        mend=N_('"pkes inquiry reopen ID" opens it again, so that it can be accepted or closed.'),
    ),
    "one-sided": Code(
        severity="warning",
        says=N_('"{other}" does not name it in return'),
        unquoted=N_("the record that is named does not name it in return"),
        quotes="other",
        means=N_(
            "A member names the inquiry that it came from, or an inquiry the member that it became, and the other of "
            "the two names nobody or somebody else."
        ),
        matters=N_(
            "The way from the first contact to the member can be followed from one end only. Mostly a line got lost in "
            "a merge or an edit by hand."
        ),
        wrong='[members.zolw]\nname = "Żółw"\nsector = "ngo"\ninquiry = "2025-01-02-abc"',
        right='[members.zolw]\nname = "Żółw"\nsector = "ngo"',
        mend=N_(
            'Write the missing line in the file: member = "ID" in the inquiry, inquiry = "ID" in the member. Where the '
            "two do not belong together, delete the line that names the other."
        ),
    ),
    "undated": Code(
        severity="warning",
        says=N_("the day is missing that goes with its status"),
        command=EDIT,
        means=N_("The day is missing on which an inquiry was answered or closed, though its status says that it was."),
        matters=N_("How long people wait, and when their data has to go, is counted from these days."),
        wrong='status = "declined"',
        right='status = "declined"\nclosed = 2025-02-01',
        mend=N_('"pkes inquiry edit ID closed=DATE" or "pkes inquiry edit ID answered=DATE" says it.'),
    ),
    "lawful-basis": Code(
        severity="warning",
        says=N_("it is not said why the data may be kept (GDPR, Art. 6)"),
        command=EDIT,
        means=N_("It is not on record why the data of an inquiry may be kept."),
        matters=N_(
            "Who keeps personal data needs a reason by law (GDPR, Art. 6), and has to be able to name it (Art. 5(2))."
        ),
        wrong="",
        right=N_('lawful_basis = "Art. 6(1)(b)"'),
        mend=N_('"pkes inquiry edit ID lawful_basis=TEXT" says it.'),
    ),
    "members-removed": Code(
        severity="error",
        says=N_("{removed} of {total} members were removed, more than {most}"),
        means=N_("A branch removes more members than --max-removed allows. Who left or was renamed is not removed."),
        matters=N_(
            "A merge, an import or a script that went wrong takes many members away at once. A member that is gone is "
            "missing in every roster of the past, too."
        ),
        wrong="pkes check --since main --max-removed 3   # 4 of 20",
        right="pkes check --since main --max-removed 20%   # 4 of 20",
        mend=N_('"pkes diff main...HEAD" shows who is gone. "pkes leave ID" is for a member that leaves.'),
    ),
    "ignore": Code(
        severity="warning",
        says=N_('"{wanted}" is not the code of a warning or a note'),
        unquoted=N_("not the code of a warning or a note"),
        quotes="wanted",
        command=EDIT,
        means=N_("What is to be ignored is not the code of a warning or a note. Errors cannot be ignored."),
        matters=N_("It leaves nothing out, though somebody believes so."),
        wrong='ignore = ["declared-member"]',
        right='ignore = ["declared-members"]',
        mend=N_('Name a code as "pkes check" prints it. "pkes check --explain CODE" says what it means.'),
    ),
    "declared-members": Code(
        severity="note",
        says=N_("{declared} members are declared, {listed} are listed"),
        command=EDIT,
        means=N_("The cluster says that it has another number of members than are listed as current."),
        matters=N_("What is said to the public and what the registry proves should agree. It is only a note."),
        wrong=N_("declared_members = 14   # 1 is listed"),
        right="declared_members = 1",
        mend=N_('Add who is missing with "pkes add", or say "pkes cluster edit declared_members=NUMBER".'),
    ),
    "near-miss": Code(
        severity="note",
        says=N_('"{other}" is in use, spelled nearly the same'),
        command=EDIT,
        means=N_(
            "A place, legal form, offer, need or tag that no other member has is one that is in use, but for case, "
            "diacritics and spaces."
        ),
        matters=N_("Lists and counts make two of one, and who looks for the one does not find the other."),
        wrong='[members.igla]\ntown = "Rzeszów"\n[members.zolw]\ntown = "rzeszow"',
        right='[members.igla]\ntown = "Rzeszów"\n[members.zolw]\ntown = "Rzeszów"',
        mend=N_('"pkes edit ID FIELD=VALUE" spells it alike. It is only a note.'),
    ),
    "unconfirmed": Code(
        severity="note",
        says=N_("members whose facts nobody has confirmed for longer than the policy has: {count}"),
        means=N_(
            "There are current members without a day on which their facts were confirmed, or with one that is longer "
            "ago than confirm_months of [policy] (12 months)."
        ),
        matters=N_("Addresses, numbers and names change, and nothing in the file says so. It is only a note."),
        wrong='name = "Żółw"',
        right='name = "Żółw"\nconfirmed = 2025-02-01',
        mend=N_('"pkes list --unconfirmed" shows them; "pkes edit ID confirmed=today" says that one was asked.'),
    ),
    "not-informed": Code(
        severity="note",
        says=N_("it is not on record that the person was told how the data is used (GDPR, Art. 13 and 14)"),
        command=EDIT,
        means=N_(
            "A month after an inquiry came in, it is not on record that the person was told how the data is used."
        ),
        matters=N_(
            "Who gives their data is told so at once (GDPR, Art. 13); where somebody else gave them, within a month "
            "(Art. 14). It is only a note."
        ),
        wrong="received = 2025-01-02",
        right="received = 2025-01-02\ninformed = 2025-01-02",
        mend=N_('Tell the person, and say so: "pkes inquiry edit ID informed=DATE".'),
    ),
    "overdue": Code(
        severity="note",
        says="it has been waiting for an answer for {days} days",  # cli/messages has its forms for each number
        command="inquiry answer {id}",
        means=N_("A new inquiry has been waiting for longer than answer_within_days of [policy] allows (14 days)."),
        matters=N_("Somebody was invited to write, and nobody answers. It is only a note."),
        wrong='received = 2020-01-02\nstatus = "new"',
        right='received = 2020-01-02\nstatus = "answered"\nanswered = 2020-01-09',
        mend=N_('Answer it, and say so: "pkes inquiry answer ID", or accept, close, decline or withdraw.'),
    ),
    "retention-due": Code(
        severity="note",
        says=N_("it has been kept for as long as it may be (GDPR, Art. 5(1)(e))"),
        command="privacy erase {id}",
        means=N_("A closed inquiry has been kept for longer than retention_months of [policy] allows (24 months)."),
        matters=N_("Personal data may be kept no longer than needed (GDPR, Art. 5(1)(e)). It is only a note."),
        wrong='status = "declined"\nclosed = 2020-01-30',
        right='status = "declined"\nclosed = 2020-01-30\nerased = 2022-02-01',
        mend=N_('"pkes privacy erase ID" erases it and keeps what the statistics need; "pkes privacy due" lists all.'),
    ),
}
"""Every code. Codes are relied on from outside: none changes its meaning."""
