"""What the matrix asks about of a reporting year: one record of each kind in the state that its row needs.

Units are called U and L whatever the bloc; everything stands in 2026 but a published ranking, which is of 2025.
"""

import io
from decimal import Decimal
from typing import Any

from openpyxl import Workbook

from tests import reporting
from tests.reporting import DUE_AT, LOCKS_AT, Leaf
from tests.services.test_attachment import LIMIT, picture
from tests.world import NOON, TODAY, YEAR_START, World
from tracker.db import Base, db
from tracker.domain.criteria import ScoreFunction
from tracker.domain.notices import NoticeKind, UploadKind
from tracker.domain.periods import PeriodKind
from tracker.domain.ranking_shown import hash_of, to_json
from tracker.domain.reporting import ActivityKind, MovementKind, MovementLevel, PeriodState
from tracker.domain.scores import RankingState, ScoreStage, Standing
from tracker.domain.submissions import AchievementKind, AwardObject, SubmissionState, SubmissionStep
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.criteria import CriteriaSet, Criterion, Exemption
from tracker.models.notice import Notice
from tracker.models.period import Extension, PastAward, PastResult, PastValue, ReportingPeriod
from tracker.models.pledge import Activity, Movement, Registration, RegistrationRule, UnitTarget
from tracker.models.ranking import Ranking, RankingLine
from tracker.models.scoring import Explanation, Score, SetApart
from tracker.models.submission import (
    Achievement,
    Entry,
    ReturnedPlace,
    Submission,
    SubmissionComment,
    SubmissionTaken,
)
from tracker.models.unit import Unit
from tracker.queries import ranking as rankings
from tracker.services import attachment as attachments
from tracker.services import upload as uploads
from tracker.services.recording import acting

Made = dict[str, Any]


class Stage:
    """Who plays in one bloc: its world, code, units U and L by letter, and the officers of both."""

    def __init__(self, world: World, code: str, letters: dict[str, str]) -> None:
        self.world, self.code, self.letters = world, code, letters
        self.bloc: Bloc = world.blocs[code]
        self.u: Unit = world.units[letters["U"]]
        self.own: Account = world.accounts[f"o{letters['U']}"]
        self.leader: Account = world.accounts[f"o{letters['L']}"]

    def period(self, kind: PeriodKind, **more: Any) -> ReportingPeriod:
        return reporting.make_period(self.world, bloc=self.code, kind=kind, **more)

    def of(self, period: ReportingPeriod, role: str) -> Submission:
        """U's or L's submission in a period."""
        return reporting.submission_of(period, self.world, self.letters[role])

    def file(self, **owner: Base) -> Any:
        return attachments.store(picture(size=(20, 10)), "Ảnh.png", limit=LIMIT, by=self.own, at=NOON, **owner)


def build(world: World, code: str, letters: dict[str, str]) -> Made:
    """The records of a bloc by the names that expectations_reporting.py uses."""
    stage = Stage(world, code, letters)
    made = _agreed(stage)
    made |= _sets(stage)
    made |= _periods(stage, made["frozen criteria"])
    made |= _submissions(stage, made)
    made |= _scored(stage, made["frozen criteria"])
    made |= _files(stage, made)
    db.session.commit()
    return made


def _agreed(stage: Stage) -> Made:
    """The year beside its submissions: pledge, registrations, movements, activities, what is known of earlier years."""
    bloc, unit = stage.bloc, stage.u
    pledge = reporting.make_pledge(bloc)
    launched = {
        "name": "Phong trào", "name_fold": "phong trao", "kind": MovementKind.REGULAR, "starts_on": YEAR_START,
        "authority": bloc.authority, "document": "Kế hoạch", "content": "Nội dung",
    }  # fmt: skip
    made: Made = {
        "registration": Registration(
            bloc=bloc, unit=unit, year=2026, object=AwardObject.COLLECTIVE, title="Cờ thi đua", note="Ghi chú"
        ),
        "registration rule": RegistrationRule(bloc=bloc, required=False, starts_on=YEAR_START, basis="Căn cứ"),
        "movement": Movement(bloc=bloc, level=MovementLevel.BLOC, **launched),
        "authority's movement": Movement(level=MovementLevel.PROVINCE, **launched),
        "activity": Activity(
            bloc=bloc, kind=ActivityKind.SPORT, title="Hội thao", held_on=TODAY, last_on=TODAY, place="Sân",
            result="Kết quả",
        ),
    }  # fmt: skip
    past = {"bloc": bloc, "unit": unit, "year": 2024}
    with acting(None, NOON):
        db.session.add_all([
            *made.values(),
            UnitTarget(row=pledge.rows[0], unit=unit, target=Decimal(5), note="Ghi chú"),
            PastResult(kind=PeriodKind.YEAR, rank=1, class_name="Xuất sắc", **past),
            PastValue(kind=PeriodKind.YEAR, name="Số dự án", name_fold="so du an", value=Decimal(3), **past),
            PastAward(object=AwardObject.COLLECTIVE, award="Bằng khen", decision_number="1/QĐ", **past),
        ])  # fmt: skip
    return {**made, "pledge": pledge, "pledge row": pledge.rows[0]}


def _sets(stage: Stage) -> Made:
    """A set in use, the edition that would replace it, and next year's, which is being written."""
    bloc = stage.bloc
    frozen = reporting.make_set(bloc, frozen=True)
    later = reporting.make_set(bloc, edition=2, replaces=frozen, change_reason="Sửa tên", decision="Quyết định")
    draft = reporting.make_set(
        bloc, year=2027, leaves=(Leaf("Tỷ lệ", function=ScoreFunction.BANDS), Leaf("Phong trào"))
    )
    banded = next(each for each in draft.criteria if each.function is ScoreFunction.BANDS)
    with acting(None, NOON):
        leaf: Criterion = draft.criteria[2]
        leaf.guidance = "Hướng dẫn"
        db.session.add(Exemption(criterion=leaf, unit=stage.u, reason="Không có nhiệm vụ", at=NOON, by=stage.leader))
    db.session.commit()
    return {"frozen criteria": frozen, "later criteria": later, "draft criteria": draft, "draft criterion": banded}


def _periods(stage: Stage, criteria: Base) -> Made:
    reviewing, prepared = PeriodState.REVIEWING, {"prepared_at": NOON, "prepared_by": stage.leader}
    made: Made = {
        "planned period": stage.period(PeriodKind.QUARTER_4, state=PeriodState.PLANNED, note="Hướng dẫn"),
        "period": stage.period(PeriodKind.FIRST_HALF, criteria_set=criteria),
        "period of the sent": stage.period(PeriodKind.QUARTER_1, criteria_set=criteria),
        "reviewing period": stage.period(PeriodKind.QUARTER_2, state=reviewing),
        "prepared period": stage.period(PeriodKind.QUARTER_3, state=reviewing, **prepared),
        "published period": stage.period(PeriodKind.SECOND_HALF, criteria_set=criteria),
    }
    with acting(None, NOON):
        db.session.add_all([
            Extension(
                period=made["period"], unit=stage.u, until=DUE_AT.date(), reason="Lý do", at=NOON, by=stage.leader
            ),
            Notice(account=stage.own, kind=NoticeKind.REMINDER, text="Nhắc gửi", period=made["period"], at=NOON),
        ])  # fmt: skip
        db.session.flush()
    made["notice of U"] = db.session.query(Notice).filter_by(account=stage.own).one()
    return made


def _submissions(stage: Stage, made: Made) -> Made:
    """U's report as a draft, as sent (looked at, once returned), as published; L's as sent."""
    draft = stage.of(made["period"], "U")
    sent, theirs = stage.of(made["period of the sent"], "U"), stage.of(made["period of the sent"], "L")
    published = stage.of(made["published period"], "U")
    own: Made = {}
    with acting(None, NOON):
        draft.state = SubmissionState.DRAFT
        for name, report in (("draft", draft), ("sent", sent), ("published", published)):
            own[f"achievement of the {name}"] = Achievement(
                submission=report, kind=AchievementKind.INITIATIVE, subject="Tập thể", text="Sáng kiến", field="Y tế"
            )
            db.session.add(own[f"achievement of the {name}"])
            for each in report.sections:
                each.text = "Lời của đơn vị"
            for entry in report.entries:
                entry.actual, entry.note = Decimal(43), "Ghi chú của đơn vị"
    for name, report in (("draft", draft), ("sent", sent), ("published", published)):
        own[f"file of the {name}"] = stage.file(entry=report.entries[0])
    reporting.make_sent(sent, stage.own)
    reporting.make_sent(theirs, stage.leader)
    reporting.make_sent(published, stage.own, state=SubmissionState.ACCEPTED, checker=stage.leader)
    with acting(None, NOON):
        sent.checked_at = NOON
        taken = SubmissionTaken(
            submission=sent, step=SubmissionStep.RETURN, at=NOON, by=stage.leader, reason="Còn thiếu"
        )
        db.session.add_all([
            SubmissionComment(submission=sent, text="Trao đổi", at=NOON, by=stage.own),
            taken,
            ReturnedPlace(taken=taken, entry=sent.entries[0], reason="Sai số"),
            SubmissionTaken(submission=published, step=SubmissionStep.ACCEPT, at=NOON, by=stage.leader, reason=""),
        ])  # fmt: skip
    reporting.set_state(made["published period"], PeriodState.PUBLISHED)
    return {
        **own,
        "draft of U": draft, "sent of U": sent, "sent of L": theirs, "published of U": published,
        "entry of the draft": draft.entries[0], "section of the draft": draft.sections[0],
        "entry of the sent": sent.entries[0], "entry of L": theirs.entries[0],
        "entry of the published": published.entries[0],
    }  # fmt: skip


def _scored(stage: Stage, criteria: CriteriaSet) -> Made:
    """Scored years: not shared, a ranking put forward; a second edition published; shared, none put forward."""
    made: Made = {"frozen leaf": criteria.criteria[1]}
    for name, year in (("scored", 2026), ("ranked", 2025), ("judged", 2024)):
        used = criteria if year == TODAY.year else reporting.make_set(stage.bloc, year=year, frozen=True)
        period = stage.period(PeriodKind.YEAR, year=year, scored=True, criteria_set=used)
        reports = {role: reporting.make_sent(stage.of(period, role), writer)
                   for role, writer in (("U", stage.own), ("L", stage.leader))}  # fmt: skip
        reporting.set_state(period, PeriodState.REVIEWING)
        made |= {
            f"{name} period": period, f"{name} of U": reports["U"], f"{name} of L": reports["L"],
            f"{name} entry of U": reports["U"].entries[0], f"{name} entry of L": reports["L"].entries[0],
        }  # fmt: skip
        made[f"{name} explanation of U"] = Explanation(
            entry=reports["U"].entries[0], text="Giải trình", at=NOON, by=stage.own
        )
        with acting(None, NOON):
            db.session.add(made[f"{name} explanation of U"])
            for entry in reports["U"].entries:
                _judge(entry, stage)
            db.session.add(SetApart(
                submission=reports["L"], standing=Standing.NOT_CONSIDERED, reason="Bị kỷ luật", at=NOON,
                by=stage.world.accounts["bd"],
            ))  # fmt: skip
        db.session.flush()
        if name == "scored":
            made["scored ranking"] = _ranking(stage, period)
        else:
            with acting(None, NOON):
                period.points_shared_at = NOON
            db.session.commit()
        if name == "ranked":
            made["ranked ranking"] = _published(stage, period)
    return made


def _judge(entry: Entry, stage: Stage) -> None:
    for scored, points in ((ScoreStage.SELF, 9), (ScoreStage.BLOC, 8)):
        db.session.add(Score(
            entry=entry, stage=scored, points=Decimal(points), reason="Theo hồ sơ", trace="Cách tính", at=NOON,
            by=stage.own if scored is ScoreStage.SELF else stage.leader,
        ))  # fmt: skip


def _ranking(stage: Stage, period: ReportingPeriod, edition: int = 1) -> Ranking:
    content = to_json(rankings.collect(period))
    made = Ranking(
        period=period, edition=edition, reason="Sửa điểm" if edition > 1 else "", content=content,
        sha256=hash_of(content), code=f"{stage.code}{period.year}{edition}", prepared_at=NOON,
        prepared_by=stage.leader, decision_number="12/BB",
    )  # fmt: skip
    made.lines.append(RankingLine(unit=stage.u, position=0, unit_name="Đơn vị", rank=1))
    with acting(None, NOON):
        db.session.add(made)
        db.session.flush()
    return made


def _published(stage: Stage, period: ReportingPeriod) -> Ranking:
    """The second edition, after the first was revoked."""
    first, second = _ranking(stage, period), _ranking(stage, period, 2)
    for edition in (first, second):
        with acting(None, LOCKS_AT):
            edition.state, edition.published_at = RankingState.PUBLISHED, LOCKS_AT
            edition.published_by = stage.world.accounts["bd"]
            db.session.flush()
            if edition is first:
                edition.state, edition.revoked_at, edition.revoke_reason = RankingState.REVOKED, LOCKS_AT, "Sai số"
                db.session.flush()
    db.session.commit()
    reporting.set_state(period, PeriodState.PUBLISHED)
    return second


def _files(stage: Stage, made: Made) -> Made:
    """Papers of pledge and movement; workbooks that wait for a yes, none of them ours: each has a fault to mark."""

    def sheet() -> io.BytesIO:
        kept = io.BytesIO()
        Workbook().save(kept)
        kept.seek(0)
        return kept

    asked = {"limit": LIMIT, "at": NOON}
    files = {
        "file of the pledge": stage.file(pledge=made["pledge"]),
        "file of the movement": stage.file(movement=made["movement"]),
        "file of the explanation": stage.file(explanation=made["judged explanation of U"]),
        "form of U": uploads.keep_form(made["draft of U"], sheet(), "Biểu.xlsx", by=stage.own, **asked),
        "criteria file": uploads.keep(
            UploadKind.CRITERIA, stage.bloc, sheet(), "Bảng điểm.xlsx", by=stage.leader, **asked
        ),
        "past file": uploads.keep(UploadKind.PAST, stage.bloc, sheet(), "Năm trước.xlsx", by=stage.leader, **asked),
    }
    db.session.commit()
    return files
