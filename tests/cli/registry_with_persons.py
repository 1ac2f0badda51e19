"""A registry with persons in it, and what must never be said of them."""

PERSON, EMAIL, PHONE = "Anna Łącka", "anna@example.org", "+48 14 681 00 00"
DECLINED, ACCEPTED, OPEN, RECENT = "2022-01-02-abc", "2022-05-06-def", "2025-02-03-ghj", "2025-02-04-klm"

REGISTRY = f"""\
# kept by hand

format = 1

[cluster]
name = "Klaster"
coordinator = "igla"

[sectors.ngo]
pl = "organizacje pozarządowe"
en = "NGOs"

[members.igla]
name = "Igła"
sector = "ngo"
contact_person = "ANNA ŁĄCKA"

[members.zolw]
name = "Fundacja Żółw"
sector = "ngo"
phone = "+48 14 681 00 00"
inquiry = "{ACCEPTED}"

# came to the fair
[inquiries.{DECLINED}] # the tall one
received = 2022-01-02
informed = 2022-01-03
name = "Pracownia Łąckich"
person = "{PERSON}"
email = "{EMAIL}"
phone = "{PHONE}"
channel = "email"
topic = "join"
sector = "ngo"
town = "Brzozów"
message = \"""
Chcemy dołączyć.
Zadzwońcie!\"""
status = "declined"
assigned_to = "Ewa Nowak"
answered = 2022-02-01
closed = 2022-03-01
reason = "mieszka w Radomiu"
lawful_basis = "Art. 6(1)(b)"
notes = [
  "2022-01-03 oddzwonić wieczorem", # after six
]
guest = {{ hat = "czerwony" }}

# of the next
[inquiries.{ACCEPTED}]
received = 2022-05-06
person = "Jan Zych"
email = "jan@example.org"
channel = "web"
topic = "cooperate"
status = "accepted"
answered = 2022-05-07
closed = 2022-05-08
member = "zolw"

[inquiries.{OPEN}]
received = 2025-02-03
person = "Maria Otwarta"
email = "maria@example.org"
channel = "web"
topic = "join"
status = "new"

[inquiries.{RECENT}]
received = 2025-02-04
person = "Piotr Świeży"
email = "piotr@example.org"
channel = "web"
topic = "information"
status = "withdrawn"
closed = 2025-02-20
"""

ERASED = f"""\
[inquiries.{DECLINED}]
received = 2022-01-02
informed = 2022-01-03
channel = "email"
topic = "join"
sector = "ngo"
status = "declined"
answered = 2022-02-01
closed = 2022-03-01
lawful_basis = "Art. 6(1)(b)"
erased = 2025-03-01

# of the next
"""
"""What is left of the declined one."""

COMMENTS = ("# came to the fair", "# the tall one", "# after six")
SECRETS = (
    *("Łąck", "ŁĄCK", "anna", "Anna", "ANNA", "681", "Pracownia", "Brzozów", "dołączyć", "Zadzwońcie"),
    *("Nowak", "Radomiu", "oddzwonić", "czerwony", "hat", "Zych", "jan@"),
)
"""Parts of what erasure takes: no output of it may hold any."""


def tells(*texts):
    """Return which of the secrets are told."""
    return [secret for secret in SECRETS if any(secret in text for text in texts)]
