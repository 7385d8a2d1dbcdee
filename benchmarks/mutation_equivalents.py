"""Mutants that no test can tell from the program, each with the reason: mutation.py leaves them out of its count."""

#: (file, its line, before, after) → why the program is the same with it.
EQUIVALENT: dict[tuple[str, str, str, str], str] = {}
