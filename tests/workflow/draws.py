"""What the workflow's machine draws: moments, people, places; weighted so that most acts get somewhere."""

from datetime import timedelta

from hypothesis import strategies as st

from tests.reporting import DUE_AT, LOCKS_AT
from tests.workflow.model import LINES, SECTIONS
from tests.workflow.stage import UNITS
from tests.world import NOON

TICK = timedelta(microseconds=1)
MOMENTS = (
    *[NOON] * 6, DUE_AT - TICK, DUE_AT, DUE_AT + TICK, DUE_AT + timedelta(days=1), LOCKS_AT - timedelta(days=2),
    LOCKS_AT - TICK, LOCKS_AT, LOCKS_AT + timedelta(seconds=1),
)  # fmt: skip
#: Every step but returning, which names places.
STEPS = ["write", "submit_to_head", "head_sends_back", "send", "recall", "check", "accept", "reopen"]
#: What follows each state, so that runs get somewhere.
LIKELY = {
    "not_begun": ["write"], "draft": ["send", "send", "submit_to_head", "head_sends_back"], "accepted": ["reopen"],
    "sent": ["recall", "check", "accept"], "returned": ["send", "send", "submit_to_head"],
}  # fmt: skip
#: What a first return names: nothing (the whole), lines, the list of achievements.
RETURNS = [{}, {("line", 0): "Thiếu"}, {("line", 1): "Thiếu", ("part", 0): "Viết rõ"}, {("part", 4): "Thiếu số"}]
PEOPLE = ["oU", "hU", "oD", "hD", "oL", "hL", "oV", "bd"]
units = st.sampled_from(UNITS)
people = st.sampled_from(PEOPLE)
remarks = st.sampled_from(["Xin xem lại", "Đã rõ"])
reasons = st.sampled_from(["Thiếu biên bản", "Sai đơn vị tính", "Không khớp sổ", ""])
texts = st.sampled_from(["", "Đã làm", "Còn chậm"])
lines = st.integers(0, LINES - 1)
places = st.one_of(st.tuples(st.just("line"), lines), st.tuples(st.just("part"), st.integers(0, SECTIONS - 1)))


def mostly(likely: list[str], all_of_them: list[str]) -> st.SearchStrategy[str]:
    """Four times of five one of `likely`."""
    return st.sampled_from([*likely * (4 * len(all_of_them) // len(likely)), *all_of_them])


@st.composite
def own(draw: st.DrawFn) -> tuple[str, str]:
    """A report and one who writes in it: mostly of its own unit."""
    unit = draw(units)
    return unit, draw(mostly([f"o{unit}", f"h{unit}"], PEOPLE))


@st.composite
def judged(draw: st.DrawFn) -> tuple[str, str]:
    """A report and one who judges it: mostly the leader's people, who may."""
    return draw(units), draw(mostly(["oL", "hL"], PEOPLE))
