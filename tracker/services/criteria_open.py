"""What every write of a criteria set asks first: whether it is still being written, and under whose lock."""

from tracker.db import db
from tracker.errors import NotOpen
from tracker.models.criteria import CriteriaSet
from tracker.services.bloc import lock


def still_open(criteria_set: CriteriaSet) -> None:
    """NotOpen once a period was opened by the set; the bloc is locked, since rows of a set hang together."""
    lock(criteria_set.bloc)
    db.session.refresh(criteria_set, ["frozen_at", "version"])
    if criteria_set.frozen_at is not None:
        raise NotOpen(
            "Bộ tiêu chí đã chốt khi mở kỳ báo cáo nên không sửa được. Cần sửa thì lập phiên bản mới, kèm lý do."
        )
