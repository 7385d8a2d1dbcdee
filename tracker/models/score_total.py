"""What a unit's points add up to, kept so that an order needs no reading of every point."""

from decimal import Decimal

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base


class ScoreTotal(Base):
    """Derived from the points of one submission, either right or not there: triggers take it away with whatever it
    came from (models/closing.py), services/score_total puts it back. So no row is ever changed, nor told in the audit.

    `groups`: JSON of whole ten-thousandths by the key of each group.
    """

    __tablename__ = "score_total"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    main: Mapped[Decimal]
    bonus: Mapped[Decimal]
    penalty: Mapped[Decimal]
    maximum: Mapped[Decimal]
    own_total: Mapped[Decimal | None]
    bloc_total: Mapped[Decimal | None]
    blank: Mapped[int]
    provisional: Mapped[bool]
    class_name: Mapped[str] = mapped_column(String(100))
    class_note: Mapped[str] = mapped_column(Text)
    groups: Mapped[str] = mapped_column(Text)
