"""Registries with faults planted in them, for the tests of `pkes check`."""

from tests import registries

HEAD = registries.HEAD + '[sectors.ngo]\npl = "p"\nen = "e"\n'
GOOD = HEAD + '[members.a]\nname = "A"\nsector = "ngo"\nemail = "a@example.org"\nconfirmed = 2025-02-01\n'

FAULTY = """\
\ufeff# ten faults, ten kinds
format = 1
colour = "red"

[cluster]
name = "Klaster"
coordinator = "nobody"
declared_members = 5

[sectors.ngo]
pl = "organizacje pozarządowe"

[members.Igla]
name = "Igła"
sector = "ngp"
nip = "1234563217"
postal_code = "35001"
joined = 2025-02-01
left = "2025-01"
email = "igla@example.org"
phone = "+48 12 345 67 89"

[members.nitka]
name = " Nitka"
sektor = "ngo"
tags = "szycie"
note = ""
phone = "221234567"
email = "nitka(at)example.org"
website = "https://e\\u202Ex.example.org"

[members.zolw]
name = "Żółw"
sector = "ngo"
nip = "5260250274"
krs = "00"
joined = "2025-2"
email = "zolw@example.org"
phone = "+48 12 345 67 80"

[members.zolw-2]
name = "Fundacja żółw"
sector = "ngo"
nip = "5260250274"
inquiry = "2025-01-02-xyz"
email = "zolw-2@example.org"
phone = "+48 12 345 67 81"

[inquiries.2025-01-02-abc]
received = 2025-01-02
channel = "fax"
topic = "join"
status = "new"
"""
"""It has a part of the wrong shape, too, so that no command but `check` can read it."""

MENDABLE = """\
format = 1
colour = "red"

[cluster]
name = "Klaster "
coordinator = "igla"

[sectors.ngo]
pl = "organizacje pozarządowe"
en = "NGOs"

[members.Igla]
name = "Igła"
sector = "ngp"
email = "dawna@example.org"
phone = "+48 12 345 67 89"

[members.igla]
name = "Fundacja Igła"
sector = "ngo"
joined = "2014-10-07"  # by hand
phone = "14 681 00 00"\t# 漢字
note = ""
tags = ["haft ", "szycie"]
email = "igla(at)example.org"

[inquiries.2023-01-02-abc]
received = 2023-01-02
person = "Jan\\u200b Igielny"
phone = "12"
channel = "EMAIL"
topic = "joined"
status = "declined"
closed = 2023-01-05
lawful_basis = "Art. 6(1)(b)"

[inquiries.2023-01-02-xyz]
received = 2023-01-02
person = "Anna"
topic = "join"
channel = "web"
status = "accepted"
answered = 2023-01-05
closed = 2023-01-05
erased = 2023-01-06
"""
"""It can be read, so that commands can mend it."""
