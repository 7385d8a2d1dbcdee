"""Mutants that no test can tell from the program, each with the reason: mutation.py leaves them out of its count."""

ONE_OR_NONE = "compared (1) or not (0): any greater number comes before 0 alike"

#: (file, its line, before, after) → why the program is the same with it.
EQUIVALENT: dict[tuple[str, str, str, str], str] = {
    ("ranking.py", "return {each.unit: (1, each.total) for each in totals}", "1", "2"): ONE_OR_NONE,
    (
        "ranking.py",
        "found: dict[str, Key] = {unit: (1, count * (common // denominator)) "
        "for unit, (count, denominator) in parts.items()}",
        "1",
        "2",
    ): ONE_OR_NONE,
    (
        "ranking.py",
        "differing = next(index for index, (mine, its) in enumerate(zip(above, below, strict=True)) if mine != its)",
        "True",
        "False",
    ): "keys of one order are equally long",
    (
        "ranking_words.py",
        "return f\"tỷ lệ {'tăng' if moved > 0 else 'giảm'} {number(abs(moved))} điểm %\"",
        "moved > 0",
        "moved >= 0",
    ): "no move at all was answered above",
    (
        "scoring/bloc.py",
        "greatest = max(excesses.values(), default=Fraction(0))",
        "0",
        "1",
    ): "without any unit that has a target nobody is held against it",
    (
        "scoring/bloc.py",
        "best = (min if less else max)(figures.values(), default=Fraction(0))",
        "0",
        "1",
    ): "without any figure there is nobody to hold against it",
    (
        "scoring/exact.py",
        "return -digits if value.numerator < 0 and digits else digits",
        "value.numerator < 0",
        "value.numerator <= 0",
    ): "nothing rounds to nothing, which keeps its sign",
    (
        "scoring/exact.py",
        "return -digits if value.numerator < 0 and digits else digits",
        "0",
        "1",
    ): "as above: no whole number lies between",
    (
        "scoring/table.py",
        "if exact is not None and points is not None:",
        "exact is not None and points is not None",
        "exact is not None or points is not None",
    ): "points are there exactly when the exact figure is",
}
