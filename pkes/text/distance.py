"""The edit distance of two words."""


def distance(one: str, other: str, most: int) -> int | None:
    """Return the number of insertions, deletions, substitutions and swaps of neighbours; None beyond `most`.

    No character is changed twice: the optimal string alignment distance.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for number, char in enumerate(one, 1):
        before, last, row = row, before, [number]
        for place, its in enumerate(other, 1):
            steps = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (char != its))
            if number > 1 and place > 1 and char == other[place - 2] and its == one[number - 2]:
                steps = min(steps, last[place - 2] + 1)
            row.append(steps)
        # A swap needs the row before the previous one.
        if min(row) > most and min(before) > most:
            return None
    return row[-1] if row[-1] <= most else None
