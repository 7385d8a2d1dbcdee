"""Points, stage by stage: the unit's own, the bloc's, a second look, the council's."""

from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from tracker.db import db
from tracker.domain.scores import ScoreStage, ScoringStep, is_unexplained, may_take_over
from tracker.domain.scoring.table import score as reckon
from tracker.domain.vietnamese import number
from tracker.errors import Conflict, NotOpen, ReasonMissing, RuleBroken
from tracker.models.account import Account
from tracker.models.period import ReportingPeriod
from tracker.models.scoring import Score, ScoringTaken
from tracker.models.submission import Entry, Submission
from tracker.queries import scoring as queries
from tracker.queries import scoring_figures
from tracker.queries.scoring import ScoringPeriod
from tracker.queries.scoring_figures import Figure
from tracker.queries.scoring_reasons import unexplained
from tracker.services import score_gate as gate
from tracker.services import submission_gate
from tracker.services.recording import recorded
from tracker.text import clean_block

#: So many lines a refusal names one by one.
NAMED = 8


@recorded
def recompute(period: ReportingPeriod, *, by: Account | None, at: datetime) -> int:
    """Every computed own point of the period anew, from what was sent; returns how many changed.

    A submission that was never sent has no own points. What compares units is provisional until all have sent.
    """
    if not period.scored or period.criteria_set is None or period.published_at is not None:
        return 0
    figures = scoring_figures.read(period)
    units = [unit for number, unit in figures.units.items() if number in figures.sent]
    table = reckon(figures.tree, units, figures.reported(), all_sent=figures.all_sent)
    changed = []
    for line in figures.lines:
        if gate.is_typed(figures.leaves[line.criterion]):
            continue
        found = table.points.get((figures.units[line.submission], line.criterion))
        now = (found.points, found.trace.rule, found.trace.provisional) if found is not None else (None, "", False)
        was = (line.own.points, line.own.trace, line.own.provisional) if line.own is not None else (None, None, None)
        if now != was and (line.own is not None or now[0] is not None):
            changed.append((line, now))
    _keep_computed(changed, by, at)
    return len(changed)


def _keep_computed(
    changed: Sequence[tuple[Figure, tuple[Decimal | None, str, bool]]], by: Account | None, at: datetime
) -> None:
    """Write (points, trace, provisional) of these lines; only their rows are loaded, all at once."""
    entries, rows = scoring_figures.rows_of([line.entry for line, _ in changed])
    for line, (points, trace, provisional) in changed:
        row = rows.get(line.entry)
        if row is None:
            row = Score(entry=entries[line.entry], stage=ScoreStage.SELF, computed=True, at=at, by=by)
            db.session.add(row)
        row.points, row.trace, row.provisional, row.at, row.by = points, trace, provisional, at, by


@recorded
def type_own(
    entry: Entry, *, points: Decimal | None, reason: str = "", seen: int, by: Account, at: datetime
) -> Score | None:
    """The unit's own points where no function computes them; through the gate of its submission."""
    submission_gate.writing(entry.submission, entry=entry, by=by, at=at)
    leaf = entry.criterion
    if leaf is None or not gate.is_typed(leaf):
        raise RuleBroken("Điểm của dòng này do chương trình tính từ kết quả, không ghi tay.", field="points")
    exact = gate.checked(points, leaf, places=leaf.criteria_set.places)
    return _write(entry, ScoreStage.SELF, exact, clean_block(reason), seen, by, at)


@recorded
def give(
    entry: Entry,
    stage: ScoreStage,
    *,
    points: Decimal | None,
    reason: str = "",
    seen: int,
    by: Account,
    at: datetime,
) -> Score | None:
    """Points of a line at one stage; None leaves it blank again. `seen`: the version read, 0 where none stood.

    Errors of the gate; Conflict; RuleBroken (points); ReasonMissing where it differs from the stage before.
    """
    gate.scoring(entry.submission, stage, by=by, at=at)
    db.session.refresh(entry)
    leaf = entry.criterion
    if leaf is None:
        raise RuleBroken("Dòng này không thuộc bộ tiêu chí nên không chấm điểm.")
    if not entry.assigned:
        raise NotOpen("Tiêu chí này không được giao cho đơn vị nên không chấm điểm.")
    exact = gate.checked(points, leaf, places=leaf.criteria_set.places)
    said = clean_block(reason)
    earlier = before(entry, stage)
    if exact is not None and earlier is not None and earlier.points != exact and not said:
        was = "chưa có điểm" if earlier.points is None else number(earlier.points)
        stood = earlier.stage.called_in(entry.submission.period.bloc.kind)
        raise ReasonMissing(f"chấm {number(exact)}, khác với “{stood}” ({was})")
    if exact is not None and earlier is None and not said and not _reported(entry):
        raise ReasonMissing(f"chấm {number(exact)} khi đơn vị chưa có số liệu")
    return _write(entry, stage, exact, said, seen, by, at)


def before(entry: Entry, stage: ScoreStage) -> Score | None:
    """The latest stage before `stage` that has a row; what a unit typed and never sent proposes nothing."""
    order = list(ScoreStage)
    earlier = order[: order.index(stage)]
    if entry.submission.first_sent_at is None:
        earlier = [each for each in earlier if each is not ScoreStage.SELF]
    asked = select(Score).where(Score.entry_id == entry.id, Score.stage.in_(earlier))
    rows = {row.stage: row for row in db.session.scalars(asked.execution_options(populate_existing=True))}
    return next((rows[each] for each in reversed(earlier) if each in rows), None)


def _reported(entry: Entry) -> bool:
    """Whether the unit sent a figure: a draft that it kept to itself is none."""
    sent = entry.submission.first_sent_at is not None
    return sent and (entry.actual is not None or entry.count is not None)


def _write(
    entry: Entry, stage: ScoreStage, points: Decimal | None, reason: str, seen: int, by: Account, at: datetime
) -> Score | None:
    asked = select(Score).where(Score.entry_id == entry.id, Score.stage == stage).with_for_update()
    row = db.session.scalars(asked.execution_options(populate_existing=True)).one_or_none()
    if row is not None and (row.points, row.reason) == (points, reason):
        return row
    if (row.version if row is not None else 0) != seen:
        raise Conflict(row if row is not None else entry)
    if row is not None and points is None and stage is not ScoreStage.SELF:
        db.session.delete(row)
        return None
    if row is None:
        if points is None:
            return None
        row = Score(entry=entry, stage=stage, points=points, reason=reason, at=at, by=by)
        db.session.add(row)
        return row
    row.points, row.reason, row.at, row.by = points, reason, at, by
    return row


@recorded
def accept_proposed(
    submission: Submission,
    stage: ScoreStage,
    *,
    entries: Collection[Entry] | None = None,
    by: Account,
    at: datetime,
) -> int:
    """One click: lines without points at `stage` take those of the stage before; returns how many.

    `entries` names them (one, a group); None: all that are complete, so none that is provisional still. What has
    points already, stays, unless it was taken over like this and the points before have changed since.
    """
    gate.scoring(submission, stage, by=by, at=at)
    loaded = queries.load(submission.period)
    wanted = None if entries is None else {entry.id for entry in entries}
    taken = 0
    for leaf in loaded.leaves:
        entry = loaded.entries.get((submission.unit.public_id, leaf.key))
        if entry is None or not entry.assigned or (wanted is not None and entry.id not in wanted):
            continue
        proposed, here = loaded.before(entry, stage), loaded.stage(entry, stage)
        if proposed is None or proposed.points is None or not may_take_over(stage, proposed.stage):
            continue
        if here is not None and not is_unexplained(here.points, here.reason, proposed.points):
            continue
        if wanted is None and proposed.provisional:
            continue
        exact = gate.checked(proposed.points, loaded.rows[leaf.key], places=loaded.tree.places)
        if here is None:
            db.session.add(Score(entry=entry, stage=stage, points=exact, at=at, by=by))
        else:
            here.points, here.at, here.by = exact, at, by
        taken += 1
    return taken


@recorded
def finish(submission: Submission, stage: ScoreStage, *, by: Account, at: datetime) -> None:
    """The unit's scoring at this stage is done.

    RuleBroken while an assigned line has no points, or differs from the stage before without a reason, naming them.
    """
    gate.scoring(submission, stage, by=by, at=at)
    loaded = queries.load(submission.period)
    blank = _blank(loaded, submission)
    if blank:
        sent = submission.first_sent_at is not None
        way_out = "Hãy chấm, hoặc nhận điểm đơn vị tự chấm." if sent else (
            "Đơn vị chưa gửi báo cáo: hãy chấm từng dòng kèm lý do, hoặc ghi đơn vị không xếp hạng."
        )
        raise RuleBroken(f"Còn {len(blank)} dòng chưa có điểm: {_listed(blank)}. {way_out}")
    stale = unexplained(loaded, submission)
    if stale:
        raise RuleBroken(
            f"Điểm ở bước trước đã được tính lại sau khi nhận, nên {len(stale)} dòng đang khác mà chưa ghi lý do: "
            f"{_listed(stale)}. Hãy nhận điểm đề nghị hoặc ghi lý do."
        )
    if not _is_done(loaded, submission, stage):
        db.session.add(ScoringTaken(submission=submission, stage=stage, step=ScoringStep.DONE, at=at, by=by))


@recorded
def go_on(submission: Submission, stage: ScoreStage, *, by: Account, at: datetime) -> None:
    """The unit's scoring is taken up again."""
    gate.scoring(submission, stage, by=by, at=at)
    loaded = queries.load(submission.period)
    if _is_done(loaded, submission, stage):
        db.session.add(ScoringTaken(submission=submission, stage=stage, step=ScoringStep.UNDONE, at=at, by=by))


def _listed(numbers: Sequence[str]) -> str:
    """As many as a sentence bears, and how many more."""
    more = len(numbers) - NAMED
    return ", ".join(numbers[:NAMED]) + (f" và {more} dòng khác" if more > 0 else "")


def _is_done(loaded: ScoringPeriod, submission: Submission, stage: ScoreStage) -> bool:
    last = loaded.done.get((submission.id, stage))
    return last is not None and last.step is ScoringStep.DONE


def _blank(loaded: ScoringPeriod, submission: Submission) -> Sequence[str]:
    """Numbers of assigned leaves that no stage has judged; bonus and penalty may stay blank."""
    found = []
    for placed in loaded.tree.leaves():
        entry = loaded.entries.get((submission.unit.public_id, placed.node.key))
        if entry is None or not entry.assigned or placed.node.part.value != "main":
            continue
        if loaded.final(entry) is None:
            found.append(placed.node.number)
    return found
