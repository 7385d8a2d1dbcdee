"""Points are saved: the whole desk as one form that works without script, and one line at a time where there is one."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from tracker import clock, guard, policy
from tracker.db import db
from tracker.domain.blocs import BlocKind
from tracker.domain.scores import ScoreStage
from tracker.domain.vietnamese import number, shown, signed
from tracker.errors import Conflict, NotOpen, RuleBroken
from tracker.forms.scoring import PointsForm, mark
from tracker.models.scoring import Score
from tracker.models.submission import Entry
from tracker.queries import scoring_desk as queries
from tracker.queries.scoring_desk import Desk, Sums
from tracker.services import scoring as services
from tracker.views import frame, scoring_strip
from tracker.views.scoring_stage import bp, stage_of, untouched

__all__ = ["bp"]

Places = Mapping[str, tuple[Entry, ScoreStage]]
#: Writes the points of one line: the line, points, reason, the version read.
Write = Callable[[Entry, Decimal | None, str, int], None]
#: A box of this width of decimals would read 24,000 as a thousand: one decimal more leaves one reading.
AMBIGUOUS_PLACES = 3
#: What the server reckons of a line; whatever a browser sends under these names is ignored, and said when it differs.
COMPUTED = ("own", "difference")


@dataclass(frozen=True)
class Differing:
    """What another scorer saved meanwhile, beside what was typed."""

    points: str
    reason: str
    who: str
    when: str
    version: int
    was: str


@dataclass
class Saved:
    """How a post went: what stays in the boxes, and why."""

    count: int = 0
    typed: dict[str, tuple[str, str]] = field(default_factory=dict)
    errors: dict[str, Mapping[str, str]] = field(default_factory=dict)
    differing: dict[str, Differing] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether everything that was typed is saved."""
        return not (self.errors or self.differing or self.refused)


def typed_points(value: Decimal | None, places: int) -> str:
    """As the box shows it: all decimals of the set, and such that it is read back as the same number."""
    return number(value, places + 1 if places == AMBIGUOUS_PLACES else places)


def save_all(places: Places, posted: Any) -> Saved:
    """Every line of the desk whose boxes were touched, at the stage of its unit."""

    def give(entry: Entry, points: Decimal | None, reason: str, seen: int) -> None:
        _give(entry, places[entry.public_id][1], points, reason, seen)

    return save_lines(
        {key: entry for key, (entry, _stage) in places.items()}, posted, give,
        {key: stage for key, (_entry, stage) in places.items()},
    )  # fmt: skip


def save_lines(
    entries: Mapping[str, Entry], posted: Any, write: Write, stages: Mapping[str, ScoreStage] | None = None
) -> Saved:
    """Every line whose boxes were touched, each on its own: one fault stops only itself."""
    saved = Saved()
    for key, entry in entries.items():
        if f"{key}-was" not in posted or posted.get("keep") == key:
            continue
        typed = posted.get(f"{key}-points", ""), posted.get(f"{key}-reason", "")
        if mark(*typed) == posted[f"{key}-was"]:
            continue
        form = PointsForm.of(key, posted)
        if form.faults:
            saved.typed[key], saved.errors[key] = typed, form.faults
        elif _tried(saved, entry, form, write, (stages or {}).get(key, ScoreStage.SELF)):
            saved.count += 1
        else:
            saved.typed[key] = typed
    db.session.commit()
    return saved


def stage_moved(keys: Iterable[str], posted: Any, stage: ScoreStage, kind: BlocKind) -> Saved | None:
    """What was typed at a stage that is not this one any more, kept and not saved; None while it is the same.

    The points were shared meanwhile: what was typed as the first look must not land silently in the second.
    """
    if posted.get("stage", stage.value) == stage.value:
        return None
    saved = Saved(refused=[_("Bước chấm điểm vừa chuyển sang “%(stage)s”. Điểm vừa gõ chưa được ghi: hãy xem lại, rồi "
                             "lưu.", stage=stage.called_in(kind))])  # fmt: skip
    for key in keys:
        typed = posted.get(f"{key}-points", ""), posted.get(f"{key}-reason", "")
        if f"{key}-was" in posted and mark(*typed) != posted[f"{key}-was"]:
            saved.typed[key] = typed
    return saved


def _tried(saved: Saved, entry: Entry, form: PointsForm, write: Write, stage: ScoreStage) -> bool:
    key = entry.public_id
    try:
        with db.session.begin_nested():
            write(entry, form.points.data, form.reason.data or "", form.seen)
            db.session.flush()
    except (Conflict, StaleDataError):
        saved.differing[key] = differing(entry, stage)
    except NotOpen as refused:
        saved.refused += [] if refused.sentence in saved.refused else [refused.sentence]
    except RuleBroken as broken:
        saved.errors[key] = {broken.field or "points": broken.sentence}
    else:
        return True
    return False


def _give(entry: Entry, stage: ScoreStage, points: Decimal | None, reason: str, seen: int) -> None:
    services.give(entry, stage, points=points, reason=reason, seen=seen, by=guard.current_account(), at=clock.now())


def standing(entry: Entry, stage: ScoreStage) -> Score | None:
    """What is stored for the line at this stage, read anew."""
    asked = select(Score).where(Score.entry_id == entry.id, Score.stage == stage)
    return db.session.scalars(asked.execution_options(populate_existing=True)).one_or_none()


def differing(entry: Entry, stage: ScoreStage) -> Differing:
    """What is saved now, by whom and when."""
    row = standing(entry, stage)
    places = entry.criterion.criteria_set.places if entry.criterion is not None else 2
    points = typed_points(row.points, places) if row is not None else ""
    reason = row.reason if row is not None else ""
    who = row.by.full_name if row is not None and row.by is not None else _("người khác")
    when = frame.local_time(row.at) if row is not None else ""
    return Differing(points, reason, who, when, row.version if row is not None else 0, mark(points, reason))


@bp.post("/entries/<id:public_id>/bloc-points")
@guard.allowed(policy.may_score_entry, Entry)
def save_bloc(entry: Entry) -> ResponseReturnValue:
    """One line at the bloc's stage or the second look, saved while its neighbour is typed; the answer is JSON."""
    return _save_one(entry)


@bp.post("/entries/<id:public_id>/council-points")
@guard.allowed(policy.may_score_council_entry, Entry)
def save_council(entry: Entry) -> ResponseReturnValue:
    """One line at the council's stage, likewise."""
    return _save_one(entry)


def _save_one(entry: Entry) -> ResponseReturnValue:
    """200 {saved_at, version, was, points, …, ignored}; 422 {errors}; 409 {saved, values, now} or {refused}.

    `now`: what a 200 would say of the line as it stands.
    """
    stage = stage_of(entry.submission)
    form = PointsForm.of("", request.form)
    if form.faults or not form.version.raw_data:
        return jsonify(errors=form.faults), 422
    if stage is None or request.form.get("stage") != stage.value:
        return jsonify(refused=_("Bước chấm điểm vừa đổi. Hãy tải lại trang; điểm vừa gõ chưa được ghi.")), 409
    try:
        _give(entry, stage, form.points.data, form.reason.data or "", form.seen)
        db.session.commit()
    except (Conflict, StaleDataError):
        db.session.rollback()
        found = differing(entry, stage)
        shown = vars(found) | {"points": found.points or _("để trống")}
        return jsonify(saved=shown, values=vars(found), now=answer(entry, stage)), 409
    except RuleBroken as broken:
        db.session.rollback()
        if isinstance(broken, NotOpen):
            return jsonify(refused=broken.sentence), broken.status
        return jsonify(errors={broken.field or "points": broken.sentence}), broken.status
    told = answer(entry, stage)
    ignored = [sent for name in COMPUTED if (sent := request.form.get(name)) is not None and sent != told[name]]
    if ignored:
        told["ignored"] = _(
            "Không dùng giá trị gửi kèm “%(sent)s”: điểm tự chấm và phần lệch do chương trình tính.",
            sent="”, “".join(each[:40] for each in ignored),
        )
    return jsonify(told)


def answer(entry: Entry, stage: ScoreStage) -> dict[str, Any]:
    """What the desk shows of a line after it was saved: never what the browser reckoned."""
    desk = queries.desk(entry.submission, stage)
    places = desk.tree.places
    line = next(each for each in desk.lines if each.entry.id == entry.id)
    here = line.here
    points = typed_points(here.points, places) if here is not None else ""
    reason = here.reason if here is not None else ""
    groups = [row for row in desk.rows if isinstance(row, queries.DeskGroup)]
    sums = {
        row.node.key: {**said(row.sums, places, stage), **proposes(desk.below(row.node.key))} for row in groups
    }
    return {
        "saved_at": f"{clock.local(clock.now(), guard.current_account().authority.time_zone):%H:%M}",
        "version": here.version if here is not None else 0,
        "was": mark(points, reason),
        "points": points,
        "reason": reason,
        "own": shown(line.own.points, places) if line.own is not None else "",
        "difference": signed(line.difference, places),
        "differs": line.differs,
        "waits": line.waits,
        "sums": {**sums, "": {**said(desk.sums, places, stage), **proposes(desk.lines)}},
        "counts": {
            "differs": sum(each.differs for each in desk.lines), "blank": sum(each.left for each in desk.lines),
        },
        "lead": lead_of(desk),
        **scoring_strip.answer(entry.submission),
    }


def proposes(lines: Iterable[queries.DeskLine]) -> dict[str, Any]:
    """How many of these lines one click would fill, and the words of the button that does."""
    count = sum(line.proposed is not None for line in lines)
    return {"proposed": count, "take": _("Nhận %(count)s dòng", count=count)}


def said(sums: Sums, places: int, stage: ScoreStage) -> dict[str, str]:
    """Only of the first look something is left: later stages leave what stands."""
    waits = stage is ScoreStage.BLOC and sums.left and sums.scored
    left = _("còn %(count)s dòng chưa chấm", count=sums.left) if waits else ""
    here = shown(sums.here, places) if sums.given else untouched(stage)
    return {"here": here, "difference": signed(sums.difference, places) if sums.given else "", "left": left,
            "count": _("Cộng, %(scored)s trên %(lines)s dòng", scored=sums.scored, lines=sums.lines)}  # fmt: skip


def lead_of(desk: Desk) -> str:
    """Thường trực khối chấm. Đã chấm 10 trên 11 dòng, 3 dòng lệch, 1 dòng thiếu minh chứng."""
    counts = {"scored": desk.sums.scored, "lines": desk.sums.lines}
    parts = [
        {
            ScoreStage.BLOC: _("Đã chấm %(scored)s trên %(lines)s dòng", **counts),
            ScoreStage.SECOND: _("Đã chấm lại %(scored)s trên %(lines)s dòng", **counts),
            ScoreStage.COUNCIL: _("Đã duyệt riêng %(scored)s trên %(lines)s dòng", **counts),
        }[desk.stage]
    ]
    differs = sum(line.differs for line in desk.lines)
    lacking = sum(line.lacks_evidence for line in desk.lines)
    if differs:
        parts.append(_("%(count)s dòng lệch", count=differs))
    if lacking:
        parts.append(_("%(count)s dòng thiếu minh chứng", count=lacking))
    bloc = desk.submission.period.bloc.kind.small
    who = {
        ScoreStage.BLOC: _("Thường trực %(bloc)s chấm", bloc=bloc),
        ScoreStage.SECOND: _("Thường trực %(bloc)s chấm lần hai, dòng để trống giữ điểm lần một", bloc=bloc),
        ScoreStage.COUNCIL: _("Hội đồng duyệt điểm, dòng để trống giữ điểm của %(bloc)s", bloc=bloc),
    }
    return f"{who[desk.stage]}. {', '.join(parts)}."
