"""Words of scoring: stages side by side, who is considered, where a ranking stands (settled.md, points)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TypeVar

from tracker.domain.blocs import BlocKind
from tracker.domain.labels import Labelled

Given = TypeVar("Given")


class ScoreStage(Labelled):
    """The final value of a leaf is its last stage: council, else second look, else bloc. SELF is never final."""

    SELF = "self", "Tự chấm"
    BLOC = "bloc", "Khối chấm"
    SECOND = "second", "Khối chấm lần hai"
    COUNCIL = "council", "Hội đồng duyệt"

    @classmethod
    def judged(cls) -> tuple["ScoreStage", ...]:
        """The stages that count, in their order."""
        return (cls.BLOC, cls.SECOND, cls.COUNCIL)

    def called_in(self, kind: BlocKind) -> str:
        """Khối chấm in a khối, Cụm chấm in a cụm."""
        return kind.called(self.label)


#: From the council back to the bloc.
LAST_FIRST = tuple(reversed(ScoreStage.judged()))


def last_judged(stages: Mapping[ScoreStage, Given]) -> Given | None:
    """What the last stage says that judged a line: council, else second look, else bloc (settled.md)."""
    return next((stages[each] for each in LAST_FIRST if each in stages), None)


class ScoringStep(Labelled):
    """What is noted of a unit's scoring as a whole."""

    DONE = "done", "Chấm xong"
    UNDONE = "undone", "Chấm tiếp"


class Standing(Labelled):
    """Why a unit stands apart from the ranking."""

    WITHDRAWN = "withdrawn", "Rút, không xếp hạng"
    NOT_CONSIDERED = "not_considered", "Không xét"


class RankingState(Labelled):
    """Prepared by one, confirmed by another. A revoked one stays readable."""

    PREPARED = "prepared", "Chờ xác nhận công bố"
    PUBLISHED = "published", "Đã công bố"
    REVOKED = "revoked", "Đã thu hồi"


def may_take_over(stage: ScoreStage, proposed: ScoreStage) -> bool:
    """Whether points may be taken over at `stage` by one click: a unit's own only by the bloc, never past it."""
    return stage is not ScoreStage.COUNCIL or proposed is not ScoreStage.SELF


def is_unexplained(points: Decimal | None, reason: str, before: Decimal | None) -> bool:
    """Whether points of a stage differ from those of the stage before and nobody said why.

    Nobody can write that (services/scoring.give asks for the reason): it comes about when the points before are
    reckoned anew after they were taken over, because another unit sent, or this one corrected its figures.
    """
    return points is not None and points != before and not reason
