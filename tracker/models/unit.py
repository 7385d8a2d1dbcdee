"""Units and the names they bore: names are dated, so that an old report shows the old name."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Dated, Versioned, coded, ends_after_start, said
from tracker.domain.blocs import Force
from tracker.models.authority import Authority


class Unit(Versioned, Base):
    """A body that competes. Its home authority may be this one, another, or none (a unit from the centre)."""

    __tablename__ = "unit"
    __said__ = "Đơn vị"

    authority_id: Mapped[int | None] = mapped_column(ForeignKey("authority.id"), index=True)
    force: Mapped[Force] = mapped_column(coded(Force, "force"), info=said("Lực lượng"))
    head_signs: Mapped[bool] = mapped_column(default=False, info=said("Lãnh đạo duyệt trước khi gửi báo cáo"))
    closed_on: Mapped[date | None] = mapped_column(info=said("Ngày thôi hoạt động"))
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True, info=said("Đơn vị kế thừa"))

    authority: Mapped[Authority | None] = relationship()
    successor: Mapped["Unit | None"] = relationship(remote_side="Unit.id", back_populates="predecessors")
    predecessors: Mapped[list["Unit"]] = relationship(back_populates="successor")
    names: Mapped[list["UnitName"]] = relationship(back_populates="unit", order_by="UnitName.starts_on")
    memberships: Mapped[list["Membership"]] = relationship(  # type: ignore[name-defined]  # noqa: F821
        "Membership", viewonly=True
    )
    spellings: Mapped[list["UnitSpelling"]] = relationship(back_populates="unit", order_by="UnitSpelling.id")

    def named_on(self, day: date) -> "UnitName":
        """The name it bore on `day`; before its first known name the first, after its last the last."""
        held = [name for name in self.names if name.starts_on <= day]
        return held[-1] if held else self.names[0]


class UnitName(Dated, Versioned, Base):
    """What the unit was called for a time. `letterhead` keeps the office's own line breaks in documents."""

    __tablename__ = "unit_name"
    __said__ = "Tên đơn vị"
    __table_args__ = (
        ends_after_start(),
        Index("ux_unit_name_open", "unit_id", unique=True, sqlite_where=text("ends_on IS NULL"),
              postgresql_where=text("ends_on IS NULL")),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(300), info=said("Tên"))
    short_name: Mapped[str] = mapped_column(String(60), info=said("Tên ngắn"))
    letterhead: Mapped[str | None] = mapped_column(String(400), info=said("Dòng tên trên văn bản"))
    decision: Mapped[str | None] = mapped_column(String(300), info=said("Quyết định"))
    name_fold: Mapped[str] = mapped_column(String(700), index=True)
    name_key: Mapped[str] = mapped_column(String(700))

    unit: Mapped[Unit] = relationship(back_populates="names")

    def audit_root(self) -> Base:
        return self.unit


class UnitSpelling(Base):
    """Another way the unit is written in papers, so that search finds it."""

    __tablename__ = "unit_spelling"
    __said__ = "Cách viết khác"

    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(300), info=said("Cách viết"))
    name_fold: Mapped[str] = mapped_column(String(700), index=True)

    unit: Mapped[Unit] = relationship(back_populates="spellings")

    def audit_root(self) -> Base:
        return self.unit
