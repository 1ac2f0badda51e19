"""What is wrong between records and within one, explained."""

from pkes.cli.messages.explain_explanation import Explanation
from pkes.i18n import N_

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
