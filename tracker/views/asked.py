"""What an address asks beside its record: a year, a day, a word to look for. Nonsense is as good as nothing."""

from datetime import date

from flask import request

from tracker.text import clean_line

MOST_LETTERS = 200


def year() -> int | None:
    """?year=2026, from 1900 to 2200; else None."""
    given = request.args.get("year", type=int)
    return given if given is not None and 1900 <= given <= 2200 else None


def words(name: str = "q") -> str:
    """?q=…, cleaned, at most 200 letters."""
    return clean_line(request.args.get(name, ""))[:MOST_LETTERS]


def day(name: str = "on") -> date | None:
    """?on=20/07/2022 or 2022-07-20; None when it is missing or no day."""
    parts = words(name).replace("-", "/").split("/")
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    first, month, last = numbers if len(parts[0]) == 4 else reversed(numbers)
    try:
        return date(first, month, last)
    except ValueError:
        return None
