"""Accounts: made, changed, disabled by an administrator; passwords by their owner."""

import secrets
from datetime import datetime

from sqlalchemy import select, update

from tracker.adapters import passwords
from tracker.db import db
from tracker.domain.blocs import AccountRole
from tracker.errors import Conflict, RuleBroken
from tracker.models.account import Account, SignIn
from tracker.models.authority import Authority
from tracker.models.unit import Unit
from tracker.services import sign_in
from tracker.services.recording import recorded
from tracker.services.sign_in import email_fold
from tracker.text import clean_line

UNIT_ROLES = (AccountRole.OFFICER, AccountRole.HEAD)
FIRST_PASSWORD_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def first_password() -> str:
    """A random first password, four groups of four, easy to read over the telephone."""
    return "-".join("".join(secrets.choice(FIRST_PASSWORD_LETTERS) for _ in range(4)) for _ in range(4))


@recorded
def create(
    authority: Authority,
    *,
    role: AccountRole,
    email: str,
    full_name: str,
    unit: Unit | None = None,
    post: str | None = None,
    password: str | None = None,
    must_change: bool = True,
    demonstration: bool = False,
    by: Account | None,
    at: datetime,
) -> tuple[Account, str]:
    """A new account and its first password (made here when none is given).

    RuleBroken when the address is taken or is none, or when role and unit do not go together.
    """
    _check(role, email, unit, known=None)
    if password is not None and not demonstration:
        _check_password(password, email, full_name)
    given = password or first_password()
    account = Account(
        authority=authority,
        unit=unit,
        role=role,
        email=clean_line(email),
        email_fold=email_fold(email),
        full_name=clean_line(full_name),
        post=post,
        password_hash=passwords.hash_password(given),
        must_change_password=must_change,
        demonstration=demonstration,
    )
    db.session.add(account)
    return account, given


@recorded
def change(
    account: Account,
    *,
    role: AccountRole,
    email: str,
    full_name: str,
    unit: Unit | None,
    post: str | None,
    seen: int,
    by: Account,
    at: datetime,
) -> Account:
    """Change what an account is. Conflict when someone saved it since."""
    if seen != account.version:
        raise Conflict(account)
    _check(role, email, unit, known=account)
    if account.id == by.id and role is not account.role:
        raise RuleBroken("Không tự đổi vai trò của chính mình: hãy nhờ một quản trị viên khác.", field="role")
    account.role, account.unit, account.post = role, unit, post
    account.email, account.email_fold, account.full_name = clean_line(email), email_fold(email), clean_line(full_name)
    return account


@recorded
def disable(account: Account, *, reason: str, by: Account, at: datetime) -> None:
    """No more signing in; living sessions end at their next request."""
    if account.id == by.id:
        raise RuleBroken("Không tự ngừng tài khoản của chính mình: hãy nhờ một quản trị viên khác.")
    account.disabled_at = at
    sign_in.end_all(account, at=at)


@recorded
def enable(account: Account, *, reason: str, by: Account, at: datetime) -> None:
    account.disabled_at = None


@recorded
def reset_password(account: Account, *, reason: str, by: Account, at: datetime) -> str:
    """A new first password, shown once to the administrator; the owner must change it. Living sessions end."""
    given = first_password()
    account.password_hash = passwords.hash_password(given)
    account.must_change_password = True
    sign_in.end_all(account, at=at)
    return given


@recorded
def change_password(
    account: Account, current: str, password: str, repeat: str, *, keep: SignIn | None, by: Account, at: datetime
) -> None:
    """The owner's new password; other sessions end. RuleBroken under the field that is wrong."""
    if not passwords.matches(account.password_hash, current):
        raise RuleBroken("Mật khẩu hiện tại chưa đúng.", field="current")
    if password != repeat:
        raise RuleBroken("Hai lần nhập mật khẩu mới không giống nhau: hãy nhập lại.", field="repeat")
    if passwords.matches(account.password_hash, password):
        raise RuleBroken("Mật khẩu mới phải khác mật khẩu hiện tại.", field="password")
    _check_password(password, account.email, account.full_name)
    account.password_hash = passwords.hash_password(password)
    account.must_change_password = False
    sign_in.end_all(account, at=at, but=keep)


def choose_theme(account: Account, theme: str) -> None:
    """Light, dark or the machine's: a matter of taste, not of record, so the record's version stays."""
    db.session.execute(update(Account).where(Account.id == account.id).values(theme=theme))


def _check_password(password: str, email: str, full_name: str) -> None:
    fault = passwords.password_fault(password, names=[email, full_name])
    if fault:
        raise RuleBroken(fault, field="password")


def _check(role: AccountRole, email: str, unit: Unit | None, *, known: Account | None) -> None:
    address = email_fold(email)
    if "@" not in address.strip("@") or " " in address:
        raise RuleBroken(f"“{email}” chưa phải là địa chỉ thư điện tử, ví dụ: ten@coquan.gov.vn.", field="email")
    taken = db.session.scalar(select(Account).where(Account.email_fold == address))
    if taken is not None and taken is not known:
        raise RuleBroken(f"Địa chỉ {address} đã có tài khoản ({taken.full_name}).", field="email")
    if role in UNIT_ROLES and unit is None:
        raise RuleBroken(f"Vai trò “{role.label}” cần thuộc một đơn vị: hãy chọn đơn vị.", field="unit")
    if role not in UNIT_ROLES and unit is not None:
        raise RuleBroken(f"Vai trò “{role.label}” thuộc cơ quan, không thuộc đơn vị: hãy bỏ chọn đơn vị.", field="unit")
