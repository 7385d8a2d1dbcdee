"""What should become of a report, written down once more from the rules and not from the program's code.

Times are minutes since NOON of the tests' day; personas are those of tests.world: "oU" an officer, "hU" the head of U.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from tests.world import NOON

#: Leads, deputises; B's other members send nothing here.
LEADER, DEPUTY = "L", "D"
LINES, SECTIONS, LIST = 4, 5, 4
Place = tuple[str, int]


@dataclass
class Model:
    """The period as the rules see it."""

    due: float
    locks: float
    locked: bool = False
    reports: dict[str, "Report"] = field(default_factory=dict)

    def shut(self, now: float) -> bool:
        """A recorded lock holds whatever the clock says; without one the moment decides."""
        return self.locked or now >= self.locks

    def may_lock(self, now: float) -> bool:
        """Before its time only when nobody who has not sent is still in time; four units never send."""
        waiting = [self.due, *(each.until or self.due for each in self.reports.values() if each.first is None)]
        return not self.locked and (now >= self.locks or now >= max(waiting))


@dataclass
class Report:
    """One unit's report. `back`: the places named by the last return, None when nothing is returned."""

    unit: str
    head_signs: bool
    state: str = "not_begun"
    first: float | None = None
    last: float | None = None
    checked: float | None = None
    with_head: bool = False
    until: float | None = None
    back: set[Place] | None = None
    named: dict[Place, str] = field(default_factory=dict)
    figures: dict[int, int | None] = field(default_factory=dict)
    assigned: set[int] = field(default_factory=lambda: set(range(LINES)))
    texts: dict[int, str] = field(default_factory=dict)
    achievements: list[str] = field(default_factory=list)
    comments: list[tuple[str, str, Place | None]] = field(default_factory=list)
    steps: list[tuple[str, str, str]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def own(self, persona: str) -> bool:
        return persona[1] == self.unit

    def judged_by(self, persona: str) -> bool:
        """The secretariat, never the unit itself."""
        return persona[1] in (LEADER, DEPUTY) and not self.own(persona)

    def favoured_by(self, persona: str) -> bool:
        """The leader or the board; nobody for oneself."""
        return persona == "bd" or (persona[1] == LEADER and not self.own(persona))

    def holds(self, persona: str, shut: bool) -> bool:
        """Whether this person writes anything at all now."""
        mine = self.state in ("not_begun", "draft", "returned")
        return self.own(persona) and not shut and mine and (not self.with_head or persona[0] == "h")

    def open(self, place: Place) -> bool:
        """Of a returned report only what was named, all of it when nothing was named."""
        if place[0] == "line" and place[1] not in self.assigned:
            return False
        return self.state != "returned" or not self.back or place in self.back

    def filled(self) -> bool:
        figures = any(value is not None and line in self.assigned for line, value in self.figures.items())
        return figures or any(self.texts.values()) or bool(self.achievements)

    def late(self, due: float) -> int:
        """Calendar days in Việt Nam, seven hours ahead all year round, from the first sending; 0 when in time."""
        ends = max(self.until or due, due)
        assert self.first is not None
        sent_on, ends_on = ((NOON + timedelta(minutes=at, hours=7)).date() for at in (self.first, ends))
        return 0 if self.first <= ends else max(1, (sent_on - ends_on).days)

    def sent_as(self, step: str, persona: str) -> bool:
        """A second click: the last step was this one, by the same person."""
        if step == "check" and self.state == "sent" and self.checked is not None:
            return True
        return bool(self.steps) and self.steps[-1][:2] == (step, persona)

    def given_back_as(self, persona: str, reason: str, places: dict[Place, str]) -> bool:
        """The same return by the same person, right after."""
        return self.judged_by(persona) and self.steps[-1] == ("return", persona, reason) and self.named == places

    def begin(self, persona: str) -> None:
        if self.state == "not_begun":
            self.state = "draft"
            self.steps.append(("write", persona, ""))

    def may_take(self, step: str, persona: str, reason: str, shut: bool) -> bool:
        """Whether a step that is no second click is taken."""
        needs_reason = step in ("recall", "head_sends_back", "reopen")
        if needs_reason and not reason:
            return False
        here = self.state
        prepared = here in ("draft", "returned")
        match step:
            case "write":
                return self.own(persona) and not shut and here == "not_begun"
            case "submit_to_head":
                ready = self.head_signs and not self.with_head and self.filled()
                return self.own(persona) and not shut and prepared and ready
            case "head_sends_back":
                return self.own(persona) and persona[0] == "h" and not shut and prepared and self.with_head
            case "send":
                signed = persona[0] == "h" or not self.head_signs
                return self.own(persona) and signed and not shut and prepared and self.filled()
            case "recall":
                return self.own(persona) and not shut and here == "sent" and self.checked is None
            case "check" | "accept":
                return self.judged_by(persona) and here == "sent"
        assert step == "reopen"
        return self.judged_by(persona) and here == "accepted" and not shut

    def allowed(self, step: str, persona: str) -> bool:
        """Whose step it is, asked before anything else."""
        if step in ("write", "submit_to_head", "recall"):
            return self.own(persona)
        if step == "send":
            return self.own(persona) and (persona[0] == "h" or not self.head_signs)
        if step == "head_sends_back":
            return self.own(persona) and persona[0] == "h"
        return self.judged_by(persona)

    def take(self, step: str, persona: str, reason: str, now: float) -> None:
        """What the step leaves behind."""
        match step:
            case "write":
                self.state = "draft"
            case "submit_to_head":
                self.with_head = True
            case "head_sends_back":
                self.with_head = False
            case "send":
                self.state, self.back, self.with_head = "sent", None, False
                self.first, self.last = (now if self.first is None else self.first), now
            case "recall":
                self.state, self.first, self.last = "draft", None, None
            case "check":
                self.checked = now
            case "accept":
                self.state = "accepted"
                self.checked = now if self.checked is None else self.checked
            case "reopen":
                self.state = "sent"
        self.steps.append((step, persona, reason))

    def give_back(self, persona: str, reason: str, places: dict[Place, str], now: float) -> None:
        self.state, self.back, self.named = "returned", set(places), places
        self.checked = now if self.checked is None else self.checked
        self.steps.append(("return", persona, reason))
        self.reasons += places.values()
