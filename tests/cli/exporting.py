"""A registry with members and inquiries of every state, to be exported."""

from pkes.model.records import Inquiry, Member
from tests.model.test_records import ORDER

REGISTRY = """\
format = 1
colours = ["blue"]

[cluster]
name = "Klaster"
coordinator = "igla"
goals = ["razem; osobno", "dalej"]
motto = "?"

[policy]
answer_within_days = 14

[sectors.ngo]
pl = "organizacje pozarządowe"
en = "NGOs"

[sectors.science]
pl = "nauka"
en = "science"

[members.igla]
name = "Igła"
sector = "ngo"
social_enterprise = true
joined = "2014-10"
town = "Łańcut"
contact_person = "Anna Igielna"
email = "igla@example.org"
phone = "+48 12 345 67 89"
krs = "0000123456"
offers = ["szycie; krawiectwo", 'haft\\koronki']
tags = ["usługi"]
inquiry = "2025-01-05-acc"
source = "rozmowa"
note = "jeden\\ndwa"
colour = "red"

[members.szkola]
name = "Szkoła"
sector = "science"
town = "Rzeszów"
county = "Rzeszów"
legal_form = "uczelnia wyższa"
needs = ["szycie"]
left = 2025-12-31
size = 3

[members.dawna]
name = "Dawna"
sector = "science"
town = "Krosno"
left = 2024-05-01

[inquiries.2025-01-05-acc]
received = 2025-01-05
person = "Anna Igielna"
email = "igla@example.org"
channel = "email"
topic = "join"
status = "accepted"
closed = 2025-01-07
member = "igla"
lawful_basis = "art. 6(1)(b)"

[inquiries.2025-02-01-new]
received = 2025-02-01
name = "Stowarzyszenie Nić"
email = "nic@example.org"
channel = "web"
topic = "join"
sector = "ngo"
status = "new"
notes = ["2025-02-02 dzwonili"]

[inquiries.2025-02-20-new]
received = 2025-02-20
person = "Piotr Pytany"
phone = "+48 22 123 45 67"
channel = "phone"
topic = "information"
status = "new"
"""

MEMBERS, INQUIRIES = (["id", *ORDER[struct].split()] for struct in (Member, Inquiry))
"""The columns, which other programs rely on."""
