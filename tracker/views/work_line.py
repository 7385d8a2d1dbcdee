"""A line of "Việc của tôi"."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Line:
    """One task as the page shows it. `state`: (kind, value) of macros/states.html, or None."""

    due_text: str
    due_tone: str
    day_text: str
    title: str
    url: str
    state: tuple[str, str] | None
    about: str
    button: str
    button_url: str
    overdue: bool
    due_on: date | None
