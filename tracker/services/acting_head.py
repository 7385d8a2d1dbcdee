"""Who acts for the head of a unit who is away: an officer named by the board for a time (settled.md, rights)."""

from datetime import date, datetime

from sqlalchemy import select

from tracker.db import db
from tracker.domain.blocs import AccountRole
from tracker.domain.vietnamese import short_date
from tracker.errors import NotOpen, ReasonMissing, RuleBroken
from tracker.models.account import Account, ActingHead
from tracker.services.recording import recorded
from tracker.text import clean_line


@recorded
def name_acting_head(
    account: Account,
    *,
    starts_on: date,
    ends_on: date | None = None,
    decision: str | None = None,
    by: Account,
    at: datetime,
) -> ActingHead:
    """Let an officer act as the head of its own unit from `starts_on` to the day before `ends_on` (None: open).

    RuleBroken when the account is no officer, is disabled, when the days are reversed, or when somebody of the same
    unit acts on one of them already.
    """
    if account.role is not AccountRole.OFFICER:
        raise RuleBroken(f"{account.full_name} không phải cán bộ đơn vị: chỉ giao cho cán bộ của chính đơn vị đó.")
    if account.disabled_at is not None:
        raise NotOpen(f"Tài khoản của {account.full_name} đã ngừng sử dụng: hãy chọn một cán bộ khác.")
    if ends_on is not None and ends_on <= starts_on:
        raise RuleBroken(
            f"Ngày thôi ({short_date(ends_on)}) phải sau ngày bắt đầu ({short_date(starts_on)}).", field="ends_on"
        )
    same_unit = select(ActingHead).join(Account).where(Account.unit_id == account.unit_id)
    for other in db.session.scalars(same_unit.where(ActingHead.meets(starts_on, ends_on)).with_for_update()):
        until = f" đến trước {short_date(other.ends_on)}" if other.ends_on else ", chưa định ngày thôi"
        raise RuleBroken(
            f"{other.account.full_name} đã được giao quyền thủ trưởng từ {short_date(other.starts_on)}{until}: "
            "hãy cho thôi trước, hoặc chọn những ngày khác.",
            field="starts_on",
        )
    row = ActingHead(account=account, starts_on=starts_on, ends_on=ends_on, decision=clean_line(decision) or None)
    db.session.add(row)
    return row


@recorded
def end_acting_head(account: Account, *, on: date, reason: str, by: Account, at: datetime) -> ActingHead:
    """The officer stops acting from `on`. NotOpen when it does not act that day; one that begins on `on` is undone."""
    if not clean_line(reason):
        raise ReasonMissing("cho thôi quyền thủ trưởng")
    row = next((row for row in account.acting if row.holds_on(on)), None)
    if row is None:
        raise NotOpen(f"{account.full_name} không giữ quyền thủ trưởng vào ngày {short_date(on)}.")
    if row.starts_on == on:
        db.session.delete(row)
    else:
        row.ends_on = on
    return row
