"""An authority owns blocs and heads their documents."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from tracker.db import Base, Versioned, said


class Authority(Versioned, Base):
    """A province's people's committee, or another body that groups units into blocs."""

    __tablename__ = "authority"
    __said__ = "Cơ quan chủ quản"

    name: Mapped[str] = mapped_column(String(200), unique=True, info=said("Tên đầy đủ"))
    short_name: Mapped[str] = mapped_column(String(100), info=said("Tên viết tắt"))
    council_name: Mapped[str | None] = mapped_column(String(200), info=said("Hội đồng thi đua - khen thưởng"))
    place_name: Mapped[str] = mapped_column(String(100), info=said("Địa danh trên văn bản"))
    header_lines: Mapped[str | None] = mapped_column(String(400), info=said("Dòng đầu văn bản"))
    time_zone: Mapped[str] = mapped_column(String(60), default="Asia/Ho_Chi_Minh", info=said("Múi giờ"))
    illustration: Mapped[bool] = mapped_column(default=False, info=said("Số liệu minh họa"))
