"""What is wrong with an inquiry, explained."""

from pkes.cli.messages.explain_explanation import Explanation
from pkes.i18n import N_

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
