"""What surrounds the points: sharing them with the units, explanations, units that stand apart."""

from datetime import datetime

from sqlalchemy import select

from tracker.db import db
from tracker.domain.notices import NoticeKind
from tracker.domain.scores import Standing
from tracker.errors import Conflict, NotAllowed, NotOpen, ReasonMissing, RuleBroken
from tracker.models.account import Account
from tracker.models.period import ReportingPeriod
from tracker.models.scoring import Explanation, SetApart
from tracker.models.submission import Entry, Submission
from tracker.policy import may_set_apart, may_share_points
from tracker.services import notice, scoring
from tracker.services import score_gate as gate
from tracker.services.period_steps import hold
from tracker.services.recording import recorded
from tracker.services.submission_gate import day_of
from tracker.text import clean_block

MOST_TEXT = 5000


@recorded
def share(period: ReportingPeriod, *, by: Account, at: datetime) -> None:
    """Each unit sees its own points from now on, and may explain. NotOpen when they are shared already.

    No points change, so it is possible after scoring has closed too: without it nothing may be put forward.
    """
    hold(period)
    gate.before_publication(period)
    if not may_share_points(by, period, day_of(period, at)):
        raise NotAllowed(f"Chỉ thường trực {period.bloc.kind.small} cho các đơn vị xem điểm.")
    if period.points_shared_at is not None:
        raise NotOpen("Các đơn vị đã được xem điểm của mình.")
    period.points_shared_at = at
    who = f"Thường trực {period.bloc.kind.small}"
    text = f"{who} đã cho xem điểm {period.period.label} của đơn vị. Nếu chưa nhất trí, hãy giải trình."
    texts = {each.unit_id: text for each in period.submissions}
    notice.tell_each(texts, NoticeKind.PERIOD, period=period, by=by, at=at)


@recorded
def explain(entry: Entry, *, text: str, seen: int, by: Account, at: datetime) -> Explanation:
    """The unit's words on the points of a line; written again until explain_by. `seen` 0 where none stood."""
    gate.explaining(entry, by=by, at=at)
    said = clean_block(text)
    if not said:
        raise RuleBroken("Hãy ghi nội dung giải trình.", field="text")
    if len(said) > MOST_TEXT:
        raise RuleBroken(f"Dài {len(said)} ký tự, tối đa {MOST_TEXT}: hãy rút gọn.", field="text")
    asked = select(Explanation).where(Explanation.entry_id == entry.id).with_for_update()
    row = db.session.scalars(asked.execution_options(populate_existing=True)).one_or_none()
    if row is not None and row.text == said:
        return row
    if (row.version if row is not None else 0) != seen:
        raise Conflict(row if row is not None else entry)
    if row is None:
        row = Explanation(entry=entry, text=said, at=at, by=by)
        db.session.add(row)
    else:
        row.text, row.at, row.by = said, at, by
    return row


@recorded
def set_apart(submission: Submission, *, standing: Standing, reason: str, by: Account, at: datetime) -> SetApart:
    """The unit stands apart from the ranking, with the reason that is shown."""
    _may(submission, by, at)
    said = clean_block(reason)
    if not said:
        raise ReasonMissing(f"“{standing.label}”")
    row = db.session.scalars(select(SetApart).where(SetApart.submission_id == submission.id)).one_or_none()
    if row is None:
        row = SetApart(submission=submission, standing=standing, reason=said, at=at, by=by)
        db.session.add(row)
    else:
        row.standing, row.reason, row.at, row.by = standing, said, at, by
    scoring.recompute(submission.period, by=by, at=at)
    return row


@recorded
def put_back(submission: Submission, *, reason: str, by: Account, at: datetime) -> None:
    """The unit is ranked again. NotOpen when it was not apart."""
    _may(submission, by, at)
    row = db.session.scalars(select(SetApart).where(SetApart.submission_id == submission.id)).one_or_none()
    if row is None:
        raise NotOpen("Đơn vị đang được xếp hạng như các đơn vị khác.")
    if not clean_block(reason):
        raise ReasonMissing("đưa đơn vị trở lại xếp hạng")
    db.session.delete(row)
    scoring.recompute(submission.period, by=by, at=at)


def _may(submission: Submission, by: Account, at: datetime) -> None:
    hold(submission.period)
    gate.open_for_points(submission.period, at)
    if not may_set_apart(by, submission, day_of(submission.period, at)):
        who = f"thường trực {submission.period.bloc.kind.small}"
        raise NotAllowed(f"Việc này do {who} (không phải chính đơn vị đó) hoặc cơ quan theo dõi quyết định.")
