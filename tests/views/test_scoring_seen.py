"""What each reader sees of points: nobody another's draft, no secretariat its own before the others see theirs."""

from decimal import Decimal as D
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.reporting import LOCKS_AT, make_period, make_pledge, make_set, set_state
from tests.services.test_ranking import scored
from tests.services.test_scoring import AFTER, LEAVES, of, period
from tests.views.test_ranking import after_lock, browser, live, words
from tests.world import NOON, World
from tracker.db import db
from tracker.domain.periods import PeriodKind
from tracker.domain.reporting import PeriodState
from tracker.models.period import ReportingPeriod
from tracker.models.submission import Entry, Submission
from tracker.services import entry as entries
from tracker.services import explanation, scoring
from tracker.services.recording import acting

__all__ = ["after_lock", "period", "scored"]

#: What the unit wrote and did not send.
UNSENT = ("87,65", "Ghi chú chưa gửi", "12,34", "Tự chấm chưa gửi")


@pytest.fixture
def unsent(world: World) -> Submission:
    """U has written a figure, a note and own points, and sent nothing."""
    made = of(make_period(world, criteria_set=make_set(world.blocs["B"], leaves=LEAVES), scored=True), world, "U")
    figure, typed, _other = made.entries
    by = world.accounts["oU"]
    entries.fill_in(
        figure, actual=D("87.65"), count=None, note="Ghi chú chưa gửi", seen=figure.version, by=by, at=NOON
    )
    db.session.flush()
    scoring.type_own(typed, points=D("12.34"), reason="Tự chấm chưa gửi", seen=0, by=by, at=NOON)
    db.session.commit()
    return made


def pages_of(submission: Submission) -> list[str]:
    """Every page of points on which a line of this report stands."""
    period, here = submission.period, f"/submissions/{submission.public_id}"
    lines = submission.entries[:2]
    across = [f"/periods/{period.public_id}/scoring/criteria/{line.criterion.public_id}" for line in lines]
    return [
        f"{here}/scoring", f"{here}/points", f"{here}/own-points", live(period), *across,
        f"/periods/{period.public_id}/scoring/what-if?unit={submission.public_id}",
        *(f"/entries/{line.public_id}/scoring" for line in lines),
    ]  # fmt: skip


def told(text: str) -> list[str]:
    return [word for word in UNSENT if word in text]


@pytest.mark.parametrize("state", [PeriodState.OPEN, PeriodState.REVIEWING])
@pytest.mark.parametrize("persona", ["oL", "oD", "bd"])
def test_what_a_unit_did_not_send_stands_on_no_page_of_points(unsent, world, persona, state):
    if state is PeriodState.REVIEWING:
        set_state(unsent.period, state)
    found = [told(browser(world, persona).get(page).get_data(as_text=True)) for page in pages_of(unsent)]
    assert found == [[]] * 9


def test_what_a_unit_did_not_send_stands_in_no_workbook(unsent, world):
    set_state(unsent.period, PeriodState.REVIEWING)
    for place in (f"{live(unsent.period)}/workbook", f"/submissions/{unsent.public_id}/points/workbook"):
        book = load_workbook(BytesIO(browser(world, "bd").get(place).data))
        cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
        assert cells.isdisjoint({87.65, 12.34, "Ghi chú chưa gửi", "Tự chấm chưa gửi"}), place


def test_the_unit_reads_its_own_draft_of_points(unsent, world):
    read = browser(world, "oU").get(f"/submissions/{unsent.public_id}/own-points").get_data(as_text=True)
    assert told(read) == ["87,65", "12,34", "Tự chấm chưa gửi"]


def test_what_was_sent_is_seen_also_while_it_is_returned(unsent, world):
    page = f"/entries/{unsent.entries[0].public_id}/scoring"
    with acting(None, NOON):
        unsent.first_sent_at = unsent.last_sent_at = NOON
        unsent.state = "returned"
        db.session.commit()
    assert told(browser(world, "oL").get(page).get_data(as_text=True)) == ["87,65", "Ghi chú chưa gửi"]


@pytest.mark.parametrize(("persona", "letter"), [("oL", "L"), ("hL", "L"), ("oD", "D")])
def test_no_secretariat_reads_its_own_total_before_the_others_read_theirs(scored, world, persona, letter):
    name = f"Đơn vị {letter}"
    own = of(scored, world, letter)
    page = browser(world, persona).get(live(scored))
    assert f"Bảng này chưa tính {name}" in words(page)
    assert f"/submissions/{own.public_id}/points" not in page.text
    book = load_workbook(BytesIO(browser(world, persona).get(f"{live(scored)}/workbook").data))
    assert name not in {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    sheet = load_workbook(BytesIO(browser(world, persona).get(f"/submissions/{own.public_id}/points/workbook").data))
    cells = {cell.value for page in sheet for row in page.iter_rows() for cell in row}
    assert name in str(cells) and "Theo hồ sơ" not in str(cells) and 34.5 not in cells
    explanation.share(scored, by=world.accounts["oL"], at=AFTER)
    db.session.commit()
    page = browser(world, persona).get(live(scored))
    assert "Bảng này chưa tính" not in words(page)
    assert f"/submissions/{own.public_id}/points" in page.text


def test_what_if_moves_the_others_without_the_readers_own_unit(scored, world):
    asked = of(scored, world, "U")
    entry = asked.entries[1]
    page = f"/periods/{scored.public_id}/scoring/what-if?unit={asked.public_id}&{entry.public_id}=3"
    row = 'scope="row">Đơn vị L</th>'
    seen = browser(world, "oL").get(page).text
    assert "Chưa tính Đơn vị L" in seen and row not in seen
    whole = browser(world, "bd").get(page).text
    assert "Chưa tính Đơn vị L" not in whole and row in whole


def doors(period: ReportingPeriod, submission: Submission, lines: list[Entry]) -> list[tuple[str, str]]:
    """(method, address) of every page of points of a period and a report."""
    whole, here = f"/periods/{period.public_id}", f"/submissions/{submission.public_id}"
    gets = [
        f"{whole}/scoring", f"{whole}/scoring/workbook", f"{whole}/scoring/what-if", f"{whole}/ranking",
        f"{whole}/ranking/prepare", f"{whole}/ranking/workbook", f"{here}/scoring", f"{here}/own-points",
        f"{here}/points", f"{here}/points/workbook",
        *(f"/entries/{line.public_id}/{page}" for line in lines for page in ("explain", "scoring")),
    ]  # fmt: skip
    posts = [
        f"{whole}/share-points", f"{here}/scoring", f"{here}/own-points",
        *(f"/entries/{line.public_id}/{page}" for line in lines for page in ("explain", "bloc-points",
                                                                             "council-points")),
    ]  # fmt: skip
    return [*(("get", page) for page in gets), *(("post", page) for page in posts)]


@pytest.mark.parametrize("with_set", [True, False])
def test_a_period_without_points_answers_every_page_of_points_with_a_sentence(world, with_set):
    make_pledge(world.blocs["B"])
    used = make_set(world.blocs["B"]) if with_set else None
    made = make_period(world, criteria_set=used, scored=False)
    submission = of(made, world, "U")
    for persona in ("oU", "oL", "bd"):
        for method, page in doors(made, submission, submission.entries):
            answered = _asked(world, persona, method, page)
            assert answered in (403, 404, 409, 422), (persona, method, page)


def test_a_line_of_the_pledge_has_no_points_to_explain(world):
    make_pledge(world.blocs["B"])
    made = make_period(world, kind=PeriodKind.YEAR, criteria_set=make_set(world.blocs["B"]), scored=True)
    set_state(made, PeriodState.REVIEWING, LOCKS_AT)
    explanation.share(made, by=world.accounts["oL"], at=AFTER)
    db.session.commit()
    line = of(made, world, "U").entries[-1]
    assert line.criterion_id is None
    for method in ("get", "post"):
        assert _asked(world, "oU", method, f"/entries/{line.public_id}/explain") == 409


def _asked(world: World, persona: str, method: str, page: str) -> int:
    filled = {"points": "5", "reason": "Có", "version": "0", "stage": "second", "text": "Vì"}
    at = browser(world, persona)
    return (at.get(page) if method == "get" else at.post(page, filled)).status_code
