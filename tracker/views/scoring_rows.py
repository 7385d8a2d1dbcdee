"""What the desk's table writes of a line, ready for the template: two hundred rows are drawn from plain texts."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from flask import request, url_for
from flask_babel import gettext as _

from tracker.domain import vietnamese
from tracker.domain.criteria import ScoreFunction
from tracker.domain.quantities import said
from tracker.domain.scores import ScoreStage
from tracker.domain.vietnamese import number, signed
from tracker.forms.scoring import mark
from tracker.queries.scoring_desk import Desk, DeskGroup, DeskLine
from tracker.views.scoring_entry import Differing, Saved, typed_points
from tracker.views.scoring_stage import untouched


def filter_words(stage: ScoreStage = ScoreStage.BLOC) -> dict[str, str]:
    """The filters of the desk by their word in the address; blank shows all."""
    waits = {ScoreStage.SECOND: _("Chưa chấm lại"), ScoreStage.COUNCIL: _("Chưa duyệt")}
    return {
        "": _("Tất cả dòng"), "differs": _("Lệch"), "evidence": _("Thiếu minh chứng"), "returned": _("Từng trả lại"),
        "told": _("Có giải trình"), "blank": waits.get(stage, _("Chưa chấm")),
    }  # fmt: skip


def wanted() -> str:
    """The filter of the address; an unknown one shows all."""
    asked = request.args.get("show", "")
    return asked if asked in filter_words() else ""


@dataclass(frozen=True)
class Beside:
    """The other judged stages of a row. `ahead`, `behind`: their points before and after the desk's own, and what
    stands where there are none. `reasons`: (stage, reason).
    """

    ahead: tuple[tuple[str, str], ...]
    behind: tuple[tuple[str, str], ...]
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ShownLine:
    """One row. `reason_open`: the box of the reason is wanted. `earlier`: what this stage answers to, as it is typed.
    `lacking`: what stands where there is no result. `untouched`: what stands where this stage gave no points.
    """

    key: str
    number: str
    title: str
    depth: int
    assigned: bool
    open: bool
    maximum: str
    target: str
    actual: str
    lacking: str
    own: str
    provisional: bool
    points: str
    reason: str
    version: int
    was: str
    difference: str
    waits: bool
    reason_open: bool
    same: str
    proposed: str
    earlier: str
    beside: Beside
    untouched: str
    files: int
    lacks_evidence: bool
    told: bool
    returned: bool
    url: str
    save_url: str
    tone: str
    error: str
    wrong: str
    differing: Differing | None


def shown(
    line: DeskLine,
    places: int,
    saved: Saved,
    *,
    is_open: bool,
    late: int | None,
    name: str = "",
    closed: bool = False,
) -> ShownLine:
    """The row of one line; `name` instead of the criterion where units stand below each other.

    `closed`: no points change any more, so all judged stages stand there to be read.
    """
    key, entry, here, before = line.entry.public_id, line.entry, line.here, line.before
    points, reason = (typed_points(here.points, places), here.reason) if here is not None else ("", "")
    was, version = mark(points, reason), here.version if here is not None else 0
    errors, found = saved.errors.get(key, {}), saved.differing.get(key)
    if found is not None:
        was, version = found.was, found.version
    points, reason = saved.typed.get(key, (points, reason))
    reason_open = bool(reason or line.differs or "reason" in errors or (line.waits and line.proposed is None))
    tone = "danger" if errors or found else "warn" if line.blank else ""
    endpoint = "scoring.save_council" if line.stage is ScoreStage.COUNCIL else "scoring.save_bloc"
    return ShownLine(
        key=key,
        number="" if name else line.node.number,
        title=name or line.node.title,
        depth=line.depth,
        assigned=entry.assigned,
        open=is_open and entry.assigned,
        maximum=number(line.node.most, places),
        target=_figure(line, line.entry.target),
        actual=result(line, late),
        lacking=lacking(line, late),
        own=vietnamese.shown(line.own.points, places) if line.own is not None else "",
        provisional=bool(line.own and line.own.provisional),
        points=points,
        reason=reason,
        version=version,
        was=was,
        difference=signed(line.difference, places),
        waits=line.waits,
        reason_open=reason_open,
        same=_same(line) if before is not None and here is not None else "",
        proposed=number(line.proposed, places),
        earlier=typed_points(before.points, places) if before is not None else "",
        beside=_beside(line, places, closed),
        untouched=untouched(line.stage, closed=closed, judged=ScoreStage.BLOC in line.stages),
        files=line.files,
        lacks_evidence=line.lacks_evidence,
        told=line.explanation is not None,
        returned=bool(line.returned),
        url=url_for("scoring.line", public_id=key),
        save_url=url_for(endpoint, public_id=key) if is_open else "",
        tone=tone,
        error=" ".join(errors.values()),
        wrong=next(iter(errors), ""),
        differing=found,
    )


def shown_beside(stage: ScoreStage, closed: bool) -> tuple[ScoreStage, ...]:
    """The other judged stages that stand on the desk, in their order."""
    if closed and stage is ScoreStage.BLOC:
        return ScoreStage.SECOND, ScoreStage.COUNCIL
    return {
        ScoreStage.BLOC: (ScoreStage.COUNCIL,),
        ScoreStage.SECOND: (ScoreStage.BLOC, ScoreStage.COUNCIL),
        ScoreStage.COUNCIL: (ScoreStage.BLOC, ScoreStage.SECOND),
        ScoreStage.SELF: (),
    }[stage]


def ahead_of(stage: ScoreStage, beside: tuple[ScoreStage, ...]) -> tuple[ScoreStage, ...]:
    """Those of `beside` that come before the desk's own: left of it."""
    order = list(ScoreStage)
    return tuple(each for each in beside if order.index(each) < order.index(stage))


def behind(stage: ScoreStage, beside: tuple[ScoreStage, ...]) -> tuple[ScoreStage, ...]:
    """Those of `beside` that come after the desk's own: right of it."""
    order = list(ScoreStage)
    return tuple(each for each in beside if order.index(each) > order.index(stage))


def _beside(line: DeskLine, places: int, closed: bool) -> Beside:
    stages = shown_beside(line.stage, closed)
    return Beside(
        _others(line, ahead_of(line.stage, stages), places, closed),
        _others(line, behind(line.stage, stages), places, closed),
        _reasons(line, stages),
    )


def _others(
    line: DeskLine, stages: tuple[ScoreStage, ...], places: int, closed: bool
) -> tuple[tuple[str, str], ...]:
    return tuple((_at(line, stage, places), untouched(stage, closed=closed)) for stage in stages)


def _reasons(line: DeskLine, beside: tuple[ScoreStage, ...]) -> tuple[tuple[str, str], ...]:
    """What was written at the other stages that stand in the row."""
    called = {
        ScoreStage.BLOC: _("lần một"), ScoreStage.SECOND: _("lần hai"), ScoreStage.COUNCIL: _("được duyệt"),
    }  # fmt: skip
    found = ((stage, line.stages.get(stage)) for stage in beside)
    return tuple((called[stage], score.reason) for stage, score in found if score is not None and score.reason)


def _at(line: DeskLine, stage: ScoreStage, places: int) -> str:
    score = line.stages.get(stage)
    return number(score.points, places) if score is not None else ""


def _same(line: DeskLine) -> str:
    before = line.before
    assert before is not None
    kind = line.submission.period.bloc.kind
    return {
        ScoreStage.SELF: _("như tự chấm"), ScoreStage.BLOC: _("như %(bloc)s chấm", bloc=kind.small),
        ScoreStage.SECOND: _("như %(bloc)s chấm lần hai", bloc=kind.small), ScoreStage.COUNCIL: "",
    }[before.stage]  # fmt: skip


def _figure(line: DeskLine, value: Decimal | None) -> str:
    return "" if value is None else with_measure(said(value).replace("-", "−"), line.node.unit_of_measure)


def with_measure(figure: str, measure: str | None) -> str:
    """95% · 5 mô hình · 5 where nothing is measured."""
    return f"{figure}{'' if measure == '%' else ' '}{measure or ''}".rstrip()


def result(line: DeskLine, late: int | None) -> str:
    """What the unit reported, in the words of the rule; `late`: days, None while it has not sent."""
    function = line.node.function
    if function is ScoreFunction.LATENESS:
        if late is None:
            return ""
        return _("chậm %(days)s ngày", days=late) if late else _("đúng hạn")
    if function is ScoreFunction.YES_NO and line.actual is not None:
        return _("đạt") if line.actual > 0 else _("không đạt")
    if line.count is not None:
        # Where a figure stands beside it, that one is in the criterion's own measure.
        measure = line.node.unit_of_measure if line.actual is None else None
        return with_measure(number(line.count), measure or _("lần"))
    return _figure(line, line.actual)


def lacking(line: DeskLine, late: int | None) -> str:
    """What stands where there is no result: nothing is missing where no figure is asked for."""
    function = line.node.function
    if function is ScoreFunction.LATENESS and late is None:
        return _("chưa gửi")
    if function is ScoreFunction.MANUAL and not line.node.unit_of_measure:
        return _("chấm tay")
    return _("chưa có số liệu")


def kept(page: Desk, show: str, typed: Collection[str] = ()) -> list[DeskGroup | DeskLine]:
    """The rows that the filter leaves, headings of empty groups left out; lines in `typed` (public ids) stay."""
    lines = {line.node.key for line in page.lines if fits(line, show) or line.entry.public_id in typed}
    return [
        row for row in page.rows
        if (not show or any(line.node.key in lines for line in page.below(row.node.key))
            if isinstance(row, DeskGroup) else row.node.key in lines)
    ]  # fmt: skip


def fits(line: DeskLine, wanted: str) -> bool:
    """Whether the filter of the address shows the line."""
    match wanted:
        case "differs":
            return line.differs
        case "evidence":
            return line.lacks_evidence
        case "returned":
            return bool(line.returned)
        case "told":
            return line.explanation is not None
        case "blank":
            return line.left
        case _:
            return True
