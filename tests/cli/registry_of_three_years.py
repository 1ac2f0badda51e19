"""What happened to a small cluster from 2022 to 2024, for the tests of reports; some of it cannot have happened."""

REGISTRY = """\
format = 1

[cluster]
name = "Klaster Szwalnia"
short_name = "SZW"
coordinator = "igla"
founded = "2021"

[policy]
answer_within_days = 10

[sectors.ngo]
pl = "organizacje pozarządowe"
en = "NGOs"

[sectors.business]
pl = "biznes"
en = "business"

[sectors.science]
pl = "nauka"
en = "science"

[members.guzik]
name = "Guzik Sp. z o.o."
sector = "business"
joined = "2022"
town = "Jasło"
county = "jasielski"
employees = 0
employees_on = 2024-06-30

[members.haft]
name = "Haft"
sector = "business"
joined = 2022-11-30
left = "2023"
town = "Łańcut"
county = "łańcucki"
employees = 40

[members.igla]
name = "Fundacja Igła"
sector = "ngo"
joined = 2021-06-01
town = "Rzeszów"
county = "Rzeszów"
employees = 12
employees_on = 2025-01-15

[members.kordonek]
name = "Kordonek"
sector = "handel"
joined = 2024-02-29
left = 2024-09-01
town = "Jasło"

[members.mulina]
name = "Stowarzyszenie Mulina"
sector = "ngo"
joined = "2024-03"
town = "Żarnowiec"
county = "krośnieński"

[members.naparstek]
name = "Naparstek"
sector = "science"
town = "Rzeszów"
county = "Rzeszów"
employees = 7
employees_on = 2023-12-31

[members.nitka]
name = "Nitka"
sector = "ngo"
joined = 2023-05-05
left = "2024-11"
county = "Rzeszów"

[members.pasmanteria]
name = "Pasmanteria"
sector = "handel"
joined = 2025-01-01
town = "Krosno"

[members.szpulka]
name = "Szpulka"
sector = "ngo"
left = 2024-01-01
town = "Rzeszów"

[members.zszywka]
name = "Zszywka"
sector = "business"
joined = 2024-05-01
left = 2024-04-01

[inquiries.2023-12-31-aaa]
received = 2023-12-31
name = "Kordonek"
email = "kordonek@example.org"
channel = "email"
topic = "join"
status = "accepted"
answered = 2024-01-02
closed = 2024-02-29
member = "kordonek"

[inquiries.2024-01-01-aaa]
received = 2024-01-01
person = "Jan Igielny"
email = "jan@example.org"
channel = "email"
topic = "information"
status = "closed"
answered = 2024-01-11
closed = 2024-01-11

[inquiries.2024-02-10-aaa]
received = 2024-02-10
person = "Anna Igielna"
email = "anna@example.org"
channel = "web"
topic = "join"
status = "accepted"
answered = 2024-02-13
closed = 2024-03-01
member = "mulina"

[inquiries.2024-06-01-aaa]
received = 2024-06-01
person = "Ewa Nitkowska"
email = "ewa@example.org"
channel = "phone"
topic = "cooperate"
status = "declined"
closed = 2024-06-20

[inquiries.2024-07-01-aaa]
received = 2024-07-01
person = "Ola Nitkowska"
email = "ola@example.org"
channel = "web"
topic = "join"
status = "answered"

[inquiries.2024-08-01-aaa]
received = 2024-08-01
channel = "web"
topic = "join"
status = "closed"
answered = 2024-08-12
closed = 2024-08-12
erased = 2024-09-01

[inquiries.2024-12-31-aaa]
received = 2024-12-31
person = "Iga Szpulka"
email = "iga@example.org"
channel = "web"
topic = "join"
status = "answered"
answered = 2025-01-05

[inquiries.2024-12-31-bbb]
received = 2024-12-31
person = "Adam Szpulka"
email = "adam@example.org"
channel = "web"
topic = "join"
status = "new"

[inquiries.2025-01-01-aaa]
received = 2025-01-01
person = "Adam Guzik"
email = "guzik@example.org"
channel = "web"
topic = "join"
status = "new"
"""
