"""Accounts, their sessions, and what slows down guessing."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Base, Dated, Versioned, coded, ends_after_start, said
from tracker.domain.blocs import AccountRole
from tracker.models.authority import Authority
from tracker.models.unit import Unit


class Account(Versioned, Base):
    """A person who signs in: of a unit (officer, head) or of the authority itself (board, administrator).

    Name, post and work address only (Law 91/2025/QH15). Bloc-wide rights are never kept here: they follow the term.
    """

    __tablename__ = "account"
    __said__ = "Tài khoản"
    __table_args__ = (
        CheckConstraint(
            "(role IN ('officer', 'head')) = (unit_id IS NOT NULL)", name="unit_people_have_a_unit"
        ),
    )

    authority_id: Mapped[int] = mapped_column(ForeignKey("authority.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True, info=said("Đơn vị"))
    role: Mapped[AccountRole] = mapped_column(coded(AccountRole, "role"), info=said("Vai trò"))
    email: Mapped[str] = mapped_column(String(254), info=said("Thư điện tử"))
    email_fold: Mapped[str] = mapped_column(String(254), unique=True)
    full_name: Mapped[str] = mapped_column(String(120), info=said("Họ và tên"))
    post: Mapped[str | None] = mapped_column(String(200), info=said("Chức vụ"))
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change_password: Mapped[bool] = mapped_column(default=True, info=said("Phải đổi mật khẩu"))
    disabled_at: Mapped[datetime | None] = mapped_column(info=said("Ngừng sử dụng lúc"))
    demonstration: Mapped[bool] = mapped_column(default=False)
    theme: Mapped[str] = mapped_column(String(8), default="auto")

    #: What Flask-Login asks of whoever is signed in; that the account lives is asked of the session's row.
    is_authenticated = True
    is_active = True
    is_anonymous = False

    authority: Mapped[Authority] = relationship()
    unit: Mapped[Unit | None] = relationship()
    acting: Mapped[list["ActingHead"]] = relationship(back_populates="account")

    @property
    def is_board(self) -> bool:
        return self.role is AccountRole.BOARD

    @property
    def is_admin(self) -> bool:
        return self.role is AccountRole.ADMIN

    def is_head_on(self, day: date) -> bool:
        """The unit's head, or the officer whom the board named to act for an absent one."""
        return self.role is AccountRole.HEAD or any(row.holds_on(day) for row in self.acting)


class ActingHead(Dated, Versioned, Base):
    """The board names an officer to act for a head who is away (settled.md, rights)."""

    __tablename__ = "acting_head"
    __said__ = "Quyền thủ trưởng"
    __table_args__ = (ends_after_start(),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    decision: Mapped[str | None] = mapped_column(String(300), info=said("Quyết định, văn bản"))

    account: Mapped[Account] = relationship(back_populates="acting")

    def audit_root(self) -> Base:
        return self.account


class SignIn(Base):
    """A session on the server: the cookie holds a random token, this row its hash. Ended rows stay for the record."""

    __tablename__ = "sign_in"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    started_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str | None] = mapped_column(String(64))
    draft_path: Mapped[str | None] = mapped_column(String(400))
    draft: Mapped[str | None] = mapped_column(Text)

    account: Mapped[Account] = relationship()


class SignInDelay(Base):
    """Failed tries for one account name or one address; after some, the next try must wait longer and longer."""

    __tablename__ = "sign_in_delay"
    __table_args__ = (UniqueConstraint("kind", "key"),)

    kind: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(64))
    failures: Mapped[int] = mapped_column(default=0)
    last_failed_at: Mapped[datetime]
    wait_until: Mapped[datetime | None]
