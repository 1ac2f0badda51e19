"""What keeps a file from being a registry, explained."""

from pkes.cli.messages.explain_explanation import Explanation
from pkes.i18n import N_

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
