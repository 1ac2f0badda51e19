"""A registry with an inquiry in every state, each found by one word."""

REGISTRY = """\
# kept by hand
format = 1

[cluster]
name = "Klaster"
coordinator = "igla"

[sectors.ngo]
pl = "organizacje pozarządowe"
en = "NGOs"

[sectors.science]
pl = "nauka"
en = "science"

[members.igla]
name = "Igła"
sector = "ngo"

# the last one
[members.zolw]
name = "Fundacja Żółw"
sector = "ngo"
email = "zolw@example.org"
inquiry = "2025-01-05-acc"

# by the window
[inquiries.2025-02-20-new]
received = 2025-02-20
name = "Stowarzyszenie Nić"
person = "Anna Nowa" # she says
email = "nic@example.org"
channel = "email"
topic = "join"
sector = "ngo"
town = "Krosno"
status = "new"
lawful_basis = "art. 6(1)(b)"

[inquiries.2025-02-10-ans]
received = 2025-02-10
person = "Piotr Pytany"
phone = "+48 22 123 45 67"
channel = "phone"
topic = "join"
status = "answered"
answered = 2025-02-12
lawful_basis = "art. 6(1)(b)"

[inquiries.2025-01-05-acc]
received = 2025-01-05
person = "Ewa Przyjęta"
email = "zolw@example.org"
channel = "email"
topic = "join"
status = "accepted"
answered = 2025-01-06
closed = 2025-01-07
member = "zolw"
lawful_basis = "art. 6(1)(b)"

[inquiries.2025-01-04-dec]
received = 2025-01-04
person = "Jan Odmówiony"
email = "jan@example.org"
channel = "email"
topic = "cooperate"
status = "declined"
answered = 2025-01-05
closed = 2025-01-08
reason = "za daleko"
lawful_basis = "art. 6(1)(b)"

[inquiries.2025-01-03-wit]
received = 2025-01-03
person = "Iga Wycofana"
email = "iga@example.org"
channel = "email"
topic = "join"
status = "withdrawn"
closed = 2025-01-09
lawful_basis = "art. 6(1)(b)"

[inquiries.2025-01-02-era]
received = 2025-01-02
channel = "email"
topic = "join"
status = "declined"
closed = 2025-01-10
lawful_basis = "art. 6(1)(b)"
erased = 2025-02-01
"""

NEW, ANSWERED, ACCEPTED = "2025-02-20-new", "2025-02-10-ans", "2025-01-05-acc"
DECLINED, WITHDRAWN, ERASED = "2025-01-04-dec", "2025-01-03-wit", "2025-01-02-era"
ALL = (NEW, ANSWERED, ACCEPTED, DECLINED, WITHDRAWN, ERASED)
