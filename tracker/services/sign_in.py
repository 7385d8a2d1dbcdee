"""Signing in and out: sessions are rows, passwords are slow to guess, and unknown names look like wrong passwords."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from tracker.adapters import passwords
from tracker.db import db
from tracker.errors import RuleBroken, TooManyTries
from tracker.models.account import Account, SignIn, SignInDelay
from tracker.models.unit import Unit
from tracker.text import clean_line

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng. Xem lại phím Caps Lock và bộ gõ tiếng Việt."
FREE_TRIES = {"account": 5, "address": 20}
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)
SEEN_EVERY = timedelta(minutes=1)


def email_fold(email: str) -> str:
    """How e-mail addresses are compared: NFC, trimmed, lower case."""
    return clean_line(email).lower()


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def sign_in(email: str, password: str, *, address: str, at: datetime) -> tuple[Account, str]:
    """The account and a fresh session token. RuleBroken for anything wrong, in the same words and time;
    TooManyTries while the account's name or the address must wait.

    The delay rows are flushed even when it fails: the caller commits in both cases.
    """
    keys = {"account": token_hash(email_fold(email)), "address": token_hash(address)}
    delays = {kind: _delay(kind, key, at) for kind, key in keys.items()}
    waits = [row.wait_until - at for row in delays.values() if row.wait_until and row.wait_until > at]
    if waits:
        raise TooManyTries(int(max(waits).total_seconds()) + 1)
    account = db.session.scalar(select(Account).where(Account.email_fold == email_fold(email)))
    if account is None:
        passwords.spend_time()
        right = False
    else:
        right = passwords.matches(account.password_hash, password) and account.disabled_at is None
    if account is None or not right:
        for kind, row in delays.items():
            _count_failure(row, FREE_TRIES[kind], at)
        db.session.flush()
        raise RuleBroken(WRONG, field="password")
    _forgive(delays["account"])
    return account, start(account, address=address, at=at)


def start(account: Account, *, address: str, at: datetime) -> str:
    """A new session of `account`; the token goes into the cookie, only its hash is kept."""
    token = secrets.token_urlsafe(32)
    row = SignIn(account=account, token_hash=token_hash(token), started_at=at, last_seen_at=at, address=address[:64])
    db.session.add(row)
    db.session.flush()
    return token


def find(token: str, *, at: datetime, idle: timedelta, longest: timedelta) -> SignIn | None:
    """The living session of a token: not ended, not idle for too long, not too old, its account not disabled.

    Every page asks whose it is: the account, its authority, its unit and the unit's names come in the same query, and
    whom it acts for, which decides rights.
    """
    person = joinedload(SignIn.account)
    asked = select(SignIn).where(SignIn.token_hash == token_hash(token))
    whole = asked.options(
        person.joinedload(Account.authority),
        person.joinedload(Account.unit).joinedload(Unit.names),
        person.joinedload(Account.acting),
    )
    row = db.session.scalars(whole).unique().one_or_none()
    if row is None or row.ended_at is not None or row.account.disabled_at is not None:
        return None
    if at - row.last_seen_at > idle or at - row.started_at > longest:
        return None
    return row


def needs_touch(row: SignIn, at: datetime) -> bool:
    """Seeing a page writes nothing but last_seen, at most once a minute."""
    return at - row.last_seen_at >= SEEN_EVERY


def touch(number: int, *, at: datetime) -> None:
    """Note that the session with this row number was seen."""
    db.session.execute(update(SignIn).where(SignIn.id == number).values(last_seen_at=at))


def end(row: SignIn, *, at: datetime) -> None:
    row.ended_at = at
    row.draft = row.draft_path = None
    db.session.flush()


def end_all(account: Account, *, at: datetime, but: SignIn | None = None) -> int:
    """End every living session of an account; after a new password, a reset, or when it is disabled."""
    rows = db.session.scalars(select(SignIn).where(SignIn.account_id == account.id, SignIn.ended_at.is_(None)))
    ended = [row for row in rows if but is None or row.id != but.id]
    for row in ended:
        end(row, at=at)
    return len(ended)


def keep_draft(row: SignIn, path: str, draft: str) -> None:
    """What was typed in a form when the session had expired, until that form is opened again."""
    row.draft_path, row.draft = path[:400], draft
    db.session.flush()


def take_draft(row: SignIn, path: str) -> str | None:
    """The draft kept for a form's path, or None. It stays until the form is saved (drop_draft)."""
    return row.draft if row.draft_path == path else None


def drop_draft(row: SignIn) -> None:
    row.draft = row.draft_path = None
    db.session.flush()


def _delay(kind: str, key: str, at: datetime) -> SignInDelay:
    """The row of an account's name or an address, locked; made when it is the first time."""
    kept = select(SignInDelay).where(SignInDelay.kind == kind, SignInDelay.key == key).with_for_update()
    row = db.session.scalar(kept)
    if row is None:
        try:
            with db.session.begin_nested():
                row = SignInDelay(kind=kind, key=key, failures=0, last_failed_at=at)
                db.session.add(row)
        except IntegrityError:
            row = db.session.scalars(kept).one()
    elif at - row.last_failed_at > FORGOTTEN_AFTER:
        _forgive(row)
    return row


def _count_failure(row: SignInDelay, free: int, at: datetime) -> None:
    """After `free` tries each further one doubles the wait, from half a minute up to a quarter of an hour."""
    row.failures += 1
    row.last_failed_at = at
    over = row.failures - free
    if over >= 0:
        row.wait_until = at + min(FIRST_WAIT * 2 ** min(over, 10), LONGEST_WAIT)


def _forgive(row: SignInDelay) -> None:
    row.failures = 0
    row.wait_until = None
