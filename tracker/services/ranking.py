"""A ranking in two steps by two persons: prepared as a frozen copy, confirmed as prepared, never changed after."""

from datetime import date, datetime

from sqlalchemy import func, select

from tracker.db import db, new_public_id
from tracker.domain import reporting
from tracker.domain.notices import NoticeKind
from tracker.domain.ranking_shown import RankingShown, hash_of, to_json
from tracker.domain.reporting import PeriodState, PeriodStep
from tracker.domain.scores import RankingState
from tracker.errors import NotAllowed, NotOpen, ReasonMissing, RuleBroken
from tracker.models.account import Account
from tracker.models.period import ReportingPeriod
from tracker.models.ranking import Ranking, RankingLine
from tracker.models.unit import Unit
from tracker.policy import may_confirm_ranking, may_prepare_ranking, may_revoke_ranking
from tracker.queries import ranking as queries
from tracker.queries import scoring as scorings
from tracker.queries.scoring import ScoringPeriod
from tracker.queries.scoring_reasons import unexplained
from tracker.services import notice
from tracker.services.period_steps import hold, note_step
from tracker.services.recording import recorded
from tracker.services.submission_gate import day_of
from tracker.text import clean_block, clean_line


@recorded
def prepare(
    period: ReportingPeriod,
    *,
    decision_number: str | None = None,
    decided_on: date | None = None,
    reason: str = "",
    by: Account,
    at: datetime,
) -> Ranking:
    """A frozen copy of the order as it stands, put forward for another person to confirm.

    NotOpen unless the data are locked, the points are shared and nothing is put forward; RuleBroken while a unit's
    scoring is not complete, or differs somewhere without a reason; ReasonMissing for a correction.
    """
    hold(period)
    _ready(period, by, at)
    if period.prepared_at is not None:
        raise NotOpen("Bảng xếp hạng đã được trình, đang chờ người khác xác nhận.")
    edition = 1 + (db.session.scalar(select(func.max(Ranking.edition)).where(Ranking.period_id == period.id)) or 0)
    said = clean_block(reason)
    if edition > 1 and not said:
        raise ReasonMissing("đính chính bảng xếp hạng đã công bố")
    loaded = scorings.load(period)
    shown = queries.collect(period, loaded)
    _complete(shown)
    _explained(loaded)
    content = to_json(shown)
    made = Ranking(
        period=period, edition=edition, reason=said,
        decision_number=clean_line(decision_number) or None, decided_on=decided_on, content=content,
        sha256=hash_of(content), code=new_public_id(), prepared_at=at, prepared_by=by,
    )  # fmt: skip
    db.session.add(made)
    _copy_lines(made, shown)
    note_step(period, PeriodStep.PREPARE, by=by, at=at, reason=said, prepared_at=at, prepared_by=by)
    return made


def _ready(period: ReportingPeriod, by: Account, at: datetime) -> None:
    if not period.scored or period.criteria_set is None:
        raise NotOpen("Kỳ này không chấm điểm: kết quả được công bố ở trang của kỳ báo cáo.")
    reporting.after(period.state, PeriodStep.PREPARE)
    if not may_prepare_ranking(by, period, day_of(period, at)):
        raise NotAllowed(f"Chỉ thường trực {period.bloc.kind.small} trình bảng xếp hạng.")
    shared(period)


def shared(period: ReportingPeriod) -> None:
    """NotOpen while no unit has seen its points: none could explain (decisions/0022)."""
    if period.points_shared_at is None:
        raise NotOpen(
            "Các đơn vị chưa được xem điểm nên chưa đơn vị nào giải trình được: hãy cho đơn vị xem điểm ở trang chấm "
            "điểm, rồi trình công bố."
        )


def _complete(shown: RankingShown) -> None:
    """Every ranked unit has points in every assigned line inside the maximum."""
    lacking = [f"{unit.short_name} ({unit.blank} dòng)" for unit in shown.ranked if unit.blank]
    if lacking:
        raise RuleBroken(
            f"Chưa chấm xong {', '.join(lacking)}. Hãy chấm hết các dòng, hoặc ghi đơn vị không xét kèm lý do."
        )
    if not shown.ranked:
        raise RuleBroken("Không có đơn vị nào được xếp hạng.")


def _explained(loaded: ScoringPeriod) -> None:
    """A reason stands wherever points differ from the stage before, also where that stage moved afterwards."""
    day = loaded.period.period.last_day
    found = {
        each.unit.named_on(day).short_name: numbers
        for each in loaded.submissions
        if each.id not in loaded.apart and (numbers := unexplained(loaded, each))
    }
    if found:
        said = "; ".join(f"{name} ({', '.join(numbers[:8])})" for name, numbers in found.items())
        raise RuleBroken(
            f"Có dòng khác bước trước mà chưa ghi lý do: {said}. Điểm bước trước đã đổi sau khi chấm: hãy chấm lại, "
            "hoặc ghi lý do."
        )


def _copy_lines(made: Ranking, shown: RankingShown) -> None:
    asked = select(Unit.public_id, Unit.id).where(Unit.public_id.in_([unit.key for unit in shown.units]))
    numbers = {key: number for key, number in db.session.execute(asked)}
    for position, unit in enumerate(shown.units):
        made.lines.append(
            RankingLine(
                unit_id=numbers[unit.key], position=position, unit_name=unit.name, rank=unit.rank, shared=unit.shared,
                points=unit.points, maximum=unit.maximum, class_name=unit.class_name or None,
            )
        )  # fmt: skip


@recorded
def take_back(ranking: Ranking, *, reason: str, by: Account, at: datetime) -> None:
    """Not put forward any more: its copy goes, the audit keeps that it was. The secretariat, or who may confirm."""
    period = _held(ranking)
    _waits(ranking)
    day = day_of(period, at)
    if not (may_prepare_ranking(by, period, day) or may_confirm_ranking(by, ranking, day)):
        raise NotAllowed(f"Chỉ thường trực {period.bloc.kind.small} hoặc người xác nhận rút được đề nghị công bố.")
    note_step(period, PeriodStep.TAKE_BACK, by=by, at=at, reason=reason, prepared_at=None, prepared_by=None)
    for line in list(ranking.lines):
        db.session.delete(line)
    db.session.flush()
    db.session.expire(ranking, ["lines"])
    db.session.delete(ranking)


@recorded
def confirm(ranking: Ranking, *, by: Account, at: datetime) -> None:
    """Published as it was prepared. NotAllowed for who prepared it; RuleBroken when points changed meanwhile."""
    period = _held(ranking)
    _waits(ranking)
    if by.id == ranking.prepared_by_id:
        raise NotAllowed("Bạn là người trình bảng xếp hạng này: việc xác nhận thuộc về người khác.")
    if not may_confirm_ranking(by, ranking, day_of(period, at)):
        raise NotAllowed(f"Lãnh đạo đơn vị {period.bloc.kind.word} trưởng hoặc cơ quan theo dõi xác nhận công bố.")
    if to_json(queries.collect(period)) != ranking.content:
        raise RuleBroken(
            "Điểm hoặc số liệu đã thay đổi sau khi trình nên bản trình không còn đúng. Hãy rút đề nghị rồi trình lại."
        )
    ranking.state, ranking.published_at, ranking.published_by = RankingState.PUBLISHED, at, by
    note_step(period, PeriodStep.PUBLISH, by=by, at=at, published_at=at)
    text = f"Đã công bố bảng xếp hạng {period.period.label}, phiên bản {ranking.edition}."
    _tell_all(period, text, by=by, at=at)


@recorded
def revoke(ranking: Ranking, *, reason: str, by: Account, at: datetime) -> None:
    """The edition in force is taken out of force and stays readable; a correction is a new edition."""
    period = _held(ranking)
    if ranking.state is not RankingState.PUBLISHED or period.state is not PeriodState.PUBLISHED:
        raise NotOpen("Chỉ thu hồi được bảng xếp hạng đang có hiệu lực của kỳ chưa kết thúc.")
    if not may_revoke_ranking(by, ranking, day_of(period, at)):
        raise NotAllowed("Chỉ cơ quan theo dõi thu hồi được công bố.")
    said = clean_block(reason)
    if not said:
        raise ReasonMissing("thu hồi công bố")
    ranking.state, ranking.revoked_at, ranking.revoke_reason = RankingState.REVOKED, at, said
    nothing = {"published_at": None, "prepared_at": None, "prepared_by": None}
    note_step(period, PeriodStep.REVOKE, by=by, at=at, reason=said, **nothing)
    text = f"Thu hồi công bố xếp hạng {period.period.label}. Lý do: {clean_line(said)}"
    _tell_all(period, text, by=by, at=at)


def _tell_all(period: ReportingPeriod, text: str, *, by: Account, at: datetime) -> None:
    texts = {each.unit_id: text for each in period.submissions}
    notice.tell_each(texts, NoticeKind.PERIOD, period=period, by=by, at=at)


def _held(ranking: Ranking) -> ReportingPeriod:
    hold(ranking.period)
    db.session.refresh(ranking)
    return ranking.period


def _waits(ranking: Ranking) -> None:
    if ranking.state is not RankingState.PREPARED:
        raise NotOpen(f"Bảng xếp hạng này đang ở trạng thái “{ranking.state.label}”.")
