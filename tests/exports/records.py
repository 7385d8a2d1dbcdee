"""Conferences to draw papers from: the real one of 20/7/2022, one that fills all fields, one with none."""

from datetime import date

from tests.exports.records_2022 import review_2022
from tests.exports.records_full import full_review
from tracker.domain.blocs import BlocKind
from tracker.domain.conferences import ConferenceKind, ConferenceState, Precision
from tracker.domain.record import ConferenceRecord, Letterhead

__all__ = ["bare_review", "full_review", "review_2022"]


def bare_review() -> ConferenceRecord:
    """Nothing recorded but the title, the bloc, the kind and the month."""
    return ConferenceRecord(
        public_id="barereview",
        title="Hội nghị sơ kết công tác thi đua",
        bloc_name="Khối thi đua Các cơ quan tham mưu tỉnh Minh Họa",
        bloc_kind=BlocKind.KHOI,
        authority_name="Ủy ban nhân dân tỉnh Minh Họa",
        authority_short_name="UBND tỉnh Minh Họa",
        illustration=True,
        draft=True,
        state=ConferenceState.PLANNED,
        kinds=(ConferenceKind.HALF_YEAR_REVIEW,),
        period=None,
        precision=Precision.MONTH,
        first_day=date(2026, 7, 1),
        last_day=date(2026, 7, 31),
        day_part=None,
        starts_at=None,
        ends_at=None,
        venue=None,
        host=None,
        secretary_name=None,
        secretary_post=None,
        source_note=None,
        letterhead=Letterhead(
            superior=("UBND TỈNH MINH HỌA",),
            issuing=("KHỐI THI ĐUA CÁC CƠ QUAN THAM MƯU",),
            place="Minh Họa",
        ),
    )
