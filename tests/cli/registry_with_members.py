"""A small roster with comments, and what a command made of it."""

import difflib
import json

REGISTRY = """\
# kept by hand
format = 1

[cluster]
name = "Klaster"
coordinator = "igla"
declared_members = 2

[sectors.ngo]
pl = "organizacje pozarządowe"
en = "NGOs"

# the first of all
[members.igla] # founder
name = "Igła"
sector = "ngo" # so they say
nip = "1234563218"
tags = [
  "szycie", # by hand
]
# ask for the key

[members.zolw]
name = "Fundacja Żółw"
sector = "ngo"
email = "zolw@example.org"

[inquiries.2025-01-02-abc]
received = 2025-01-02
person = "Anna Igielna"
email = "anna@example.org"
channel = "email"
topic = "join"
status = "accepted"
member = "zolw"
"""


def changed_lines(path, before=REGISTRY):
    """Return what a diff would show: the lines that went and those that came, in their order."""
    lines = difflib.ndiff(before.splitlines(), path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line[0] in "+-"]


def changes(ran):
    assert ran.status == 0, ran.err
    return json.loads(ran.out)
