"""The predicates of a reporting year over every persona × situation that changes the answer.

Situations: own, the same bloc's, another bloc's record; a past, the present and a coming year; open, past due, locked,
published; nobody leads, nobody deputises, neither, and the leader's judge named by the board.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from tests import reporting
from tests.reporting import DUE_AT, LOCKS_AT
from tests.rights import expectations_reporting as expected
from tests.rights import scene
from tests.rights.test_matrix import PERSONAS, YEARS, role_on
from tests.world import NOON, TODAY, World, keep, make_term
from tracker import policy
from tracker.db import db
from tracker.domain.blocs import TermRole
from tracker.domain.periods import PeriodKind
from tracker.domain.reporting import PeriodState
from tracker.domain.submissions import SubmissionState
from tracker.models.bloc import Membership
from tracker.models.submission import Submission
from tracker.services.recording import acting

PEOPLE = [persona for persona in PERSONAS if persona not in ("an", "di")]
#: (row of rights.md, rule, record of the scene). Rows on one report are asked where all members know of it, too.
ROWS: list[tuple[str, Any, str]] = [
    (expected.UNLOCK, policy.may_unlock_period, "reviewing period"),
    (expected.KEEP_PERIODS, policy.may_keep_period, "period"),
    (expected.KEEP_PERIODS, policy.may_keep_criteria, "draft criteria"),
    (expected.PREPARE, policy.may_prepare_publication, "reviewing period"),
    (expected.CONFIRM, policy.may_publish_period, "prepared period"),
    (expected.SECRETARIAT_AND_BOARD, policy.may_see_period_board, "period"),
    (expected.SEE_YEAR, policy.may_see_period_board, "published period"),
    (expected.SECRETARIAT_AND_BOARD, policy.may_remind, "period"),
    (expected.WRITE_U, policy.may_write_submission, "published of U"),
    (expected.READ_DRAFT, policy.may_read_submission, "draft of U"),
    (expected.READ_SENT, policy.may_read_submission, "sent of U"),
    (expected.READ_PUBLISHED, policy.may_read_submission, "published of U"),
    (expected.CHECK_U, policy.may_check_submission, "published of U"),
    (expected.NOT_ASSIGNED_U, policy.may_favour_submission, "published of U"),
    (expected.EVIDENCE, policy.may_download, "file of the sent"),
    (expected.READ_DRAFT, policy.may_download, "file of the draft"),
    (expected.AUDIT, policy.may_see_submission_history, "published of U"),
    (expected.WRITE_BLOC, policy.may_keep_pledge, "pledge"),
    # Points: of a ranking that is out, so that every member knows the report.
    (expected.SCORE_U, policy.may_score_bloc, "ranked of U"),
    (expected.SCORE_U, policy.may_score_entry, "ranked entry of U"),
    (expected.COUNCIL, policy.may_score_council, "ranked of U"),
    (expected.COUNCIL, policy.may_score_council_entry, "ranked entry of U"),
    (expected.EXPLAIN_U, policy.may_explain, "ranked entry of U"),
    (expected.hidden_with(expected.POINTS_UNSHARED, expected.READ_SENT), policy.may_see_judged_points, "scored of U"),
    (expected.READ_PUBLISHED, policy.may_see_points, "ranked of U"),
    (expected.READ_PUBLISHED, policy.may_see_judged_points, "ranked of U"),
    (expected.READ_PUBLISHED, policy.may_read_explanation, "ranked explanation of U"),
    (expected.READ_SENT, policy.may_read_explanation, "scored explanation of U"),
    (expected.SECRETARIAT_AND_BOARD, policy.may_see_scoring, "scored period"),
    (expected.PREPARE, policy.may_prepare_ranking, "scored period"),
    (expected.CONFIRM, policy.may_confirm_rankings, "scored period"),
    (expected.UNLOCK, policy.may_revoke_ranking, "ranked ranking"),
    (expected.SECRETARIAT_AND_BOARD, policy.may_see_ranking, "scored ranking"),
    (expected.SEE_YEAR, policy.may_see_ranking, "ranked ranking"),
]


def letter(persona: str, world: World, rule: Any, record: Any, day: date) -> str:
    account = world.accounts[persona]
    known = policy.KNOWS[type(record)](account, record, day)
    return "H" if not known else "Y" if rule(account, record, day) else "F"


def differing(world: World, row: str, rule: Any, record: Any, day: date) -> dict[str, str]:
    """Personas whose answer is not that of the row, on a day on which somebody else may lead."""
    cells = dict(zip(PERSONAS, row.split(), strict=True))
    wrong = {}
    for persona in [*PEOPLE, "hN"]:
        if persona == "hN" and day == TODAY:
            continue
        found, asked = letter(persona, world, rule, record, day), cells[role_on(day, persona)]
        if found != asked:
            wrong[persona] = f"{found}, expected {asked}"
    return wrong


@pytest.mark.parametrize("day", sorted(YEARS))
def test_every_rule_follows_the_term_of_the_day(world: World, day: date):
    records = scene.build(world, "oU")
    wrong, asked = {}, 0
    for row, rule, name in ROWS:
        asked += len(PEOPLE)
        found = differing(world, row, rule, records[name], day)
        if found:
            wrong[f"{rule.__name__} of {name}"] = found
    print(f"{day}: rules × personas {asked - sum(map(len, wrong.values()))} of {asked}")
    assert wrong == {}


def test_the_years_record_does_not_change_who_may(world: World):
    """A period of last year or the next one, open, past due, locked: who may is today's to say (settled.md)."""
    records = scene.build(world, "oU")
    wrong, asked = {}, 0
    for year in (2025, 2026, 2027):
        for due, locks, locked in ((DUE_AT, LOCKS_AT, False), (NOON, LOCKS_AT, False), (NOON, LOCKS_AT, True)):
            with acting(None, NOON):
                for name in ("reviewing period", "prepared period"):
                    records[name].year = year
            period = records["period"]
            with acting(None, NOON):
                period.year, period.due_at, period.locks_at = year, due, locks
            if locked:
                reporting.set_state(period, PeriodState.REVIEWING)
            db.session.flush()
            for row, rule, name in ROWS:
                if name in ("period", "reviewing period", "prepared period", "draft of U"):
                    asked += len(PEOPLE)
                    found = differing(world, row, rule, records[name], TODAY)
                    if found:
                        wrong[f"{rule.__name__} of {name}, {year}, locked {locked}"] = found
            with acting(None, NOON):
                period.state, period.locked_at = PeriodState.OPEN, None
    print(f"rules × personas × years × states {asked - sum(map(len, wrong.values()))} of {asked}")
    assert wrong == {}


def test_no_unit_judges_itself(world: World):
    """Rights.md: L's by the deputy, D's by the leader, for each act that judges; the board only where the row says."""
    records = scene.build(world, "oU")
    period = records["published period"]
    of = {unit: reporting.submission_of(period, world, unit) for unit in "ULD"}
    rules = {
        "L": [(expected.CHECK_L, policy.may_check_submission), (expected.SCORE_L, policy.may_score_bloc),
              (expected.FAVOUR_L, policy.may_favour_submission)],
        "D": [(expected.SCORE_D, policy.may_check_submission), (expected.SCORE_D, policy.may_score_bloc)],
    }  # fmt: skip
    wrong = {
        f"{rule.__name__} of {unit}": found
        for unit, asked in rules.items()
        for row, rule in asked
        if (found := differing(world, row, rule, of[unit], TODAY))
    }
    assert wrong == {}


def judged(world: World, report: Submission) -> dict[str, str]:
    """Persona → which of: reads, checks, favours."""
    acts = (("r", policy.may_read_submission), ("c", policy.may_check_submission), ("f", policy.may_favour_submission))
    found = {}
    for persona in ("oU", "oV", "oL", "hL", "oD", "oE", "bd", "ad", "bq", "oX"):
        said = "".join(sign for sign, rule in acts if rule(world.accounts[persona], report, TODAY))
        if said:
            found[persona] = said
    return found


def sent_by(world: World, *units: str) -> dict[str, Submission]:
    period = reporting.make_period(world)
    return {
        unit: reporting.make_sent(reporting.submission_of(period, world, unit), world.accounts[f"o{unit}"])
        for unit in units
    }


def end(world: World, *roles: TermRole) -> None:
    with acting(None, NOON):
        for term in world.blocs["B"].terms:
            if term.role in roles and term.holds_on(TODAY):
                term.ends_on = TODAY
    db.session.commit()
    db.session.expire_all()


def test_with_no_deputy_the_unit_that_the_board_names_judges_the_leader(world: World):
    reports = sent_by(world, "U", "L")
    end(world, TermRole.DEPUTY)
    assert judged(world, reports["L"]) == {"oL": "r", "hL": "r", "bd": "rf"}
    keep(make_term(world.blocs["B"], world.units["V"], TermRole.STAND_IN, TODAY))
    db.session.expire_all()
    assert judged(world, reports["L"]) == {"oL": "r", "hL": "r", "oV": "rcf", "bd": "rf"}
    assert judged(world, reports["U"]) == {"oU": "r", "oL": "rcf", "hL": "rcf", "bd": "rf"}


def test_with_no_leader_the_deputy_acts_and_with_neither_the_board(world: World):
    reports = sent_by(world, "U", "L", "D")
    period = reports["U"].period
    end(world, TermRole.LEADER)
    assert judged(world, reports["U"]) == {"oU": "r", "oD": "rcf", "bd": "rf"}
    assert judged(world, reports["D"]) == {"oD": "r", "bd": "rf"}
    keepers = [who for who, each in world.accounts.items() if policy.may_keep_period(each, period, TODAY)]
    assert keepers == ["oD", "hD", "bd"]
    end(world, TermRole.DEPUTY)
    assert judged(world, reports["U"]) == {"oU": "r", "bd": "rcf"}
    for rule in (policy.may_keep_period, policy.may_prepare_publication, policy.may_publish_period):
        assert [who for who, each in world.accounts.items() if rule(each, period, TODAY)] == ["bd"]


def test_a_unit_reads_records_of_its_membership_and_a_later_joiner_what_was_published(world: World):
    records = scene.build(world, "oU")
    bloc = world.blocs["B"]
    with acting(None, NOON):
        left = next(row for row in bloc.memberships if row.unit is world.units["V"])
        left.ends_on = date(2026, 1, 1)
    keep(Membership(bloc=bloc, unit=world.units["X"], position=9, starts_on=date(2026, 9, 1)))
    names = (
        "period", "published period", "pledge", "pledge row", "registration", "activity", "movement",
        "frozen criteria", "published of U", "ranked ranking", "file of the pledge", "file of the movement",
    )  # fmt: skip
    autumn = date(2026, 9, 2)
    with acting(None, NOON):
        records["period"].locks_at = LOCKS_AT
    knows = {
        persona: [name for name in names if policy.KNOWS[type(records[name])](
            world.accounts[persona], records[name], autumn)]
        for persona in ("oV", "oX")
    }
    # V left on 01/01/2026: of 2026 nothing; the period and the ranking of 2025 were of its time.
    assert knows["oV"] == ["ranked ranking"]
    # X came in September: the year's agreements; of what had ended only what is published.
    assert knows["oX"] == [
        "published period", "pledge", "pledge row", "registration", "movement", "frozen criteria", "published of U",
        "ranked ranking", "file of the pledge", "file of the movement",
    ]  # fmt: skip
    ended = reporting.make_period(world, kind=PeriodKind.QUARTER_1, year=2025, due_at=NOON - timedelta(days=2),
                                  locks_at=NOON - timedelta(days=1))  # fmt: skip
    report = reporting.submission_of(ended, world, "U")
    with acting(None, NOON):
        report.state = SubmissionState.DRAFT
    assert not policy.may_know_period(world.accounts["oX"], ended, autumn)
    reporting.set_state(ended, PeriodState.PUBLISHED)
    assert policy.may_read_submission(world.accounts["oX"], report, autumn)
