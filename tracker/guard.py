"""The door before every view: who is signed in, which record, which rule. Foreign and missing look the same."""

import functools
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask import abort
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.sql.base import ExecutableOption

from tracker import clock, policy
from tracker.db import Base, db
from tracker.errors import NotAllowed
from tracker.models.account import Account

View = Callable[..., Any]


class SignInNeeded(Exception):
    """Nobody is signed in: the handler sends a reader to the sign-in page and keeps what a writer typed."""


class PasswordChangeNeeded(Exception):
    """The first password must be changed before anything else."""


def signed_in() -> Account | None:
    """The account of this request, or None."""
    account = current_user._get_current_object()
    return account if account.is_authenticated else None


def current_account() -> Account:
    """The account of this request; SignInNeeded when there is none."""
    account = signed_in()
    if account is None:
        raise SignInNeeded
    return account


def today() -> date:
    """The day in the zone of the reader's authority."""
    return clock.today(current_account().authority.time_zone)


def may(rule: policy.Rule, *about: Any) -> bool:
    """Whether the rule holds for the reader today; templates draw their buttons by the same question."""
    account = signed_in()
    return account is not None and rule(account, *about, clock.today(account.authority.time_zone))


def public(view: View) -> View:
    """Open to everyone; test_routes keeps the list of these short."""
    view.permission = "public"  # type: ignore[attr-defined]
    return view


def allowed(
    rule: policy.Rule,
    model: type[Base] | None = None,
    *,
    own: bool = False,
    password: bool = True,
    load: Sequence[ExecutableOption] = (),
) -> Callable[[View], View]:
    """Load the record by its public id, ask the rule, hand the record over.

    Unknown id or a record the reader may not know of: 404. Known but refused: 403 in a sentence. Without `model`
    the rule is asked of the account alone; with `own` of the account's authority, which is handed over.
    `password=False` lets in those who must change their password first. `load` says what else of the record the
    page will ask for, so that it comes along instead of piece by piece.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def guarded(**values: Any) -> Any:
            account = current_account()
            if password and account.must_change_password:
                raise PasswordChangeNeeded
            day = clock.today(account.authority.time_zone)
            if own:
                return _ask(rule, account, account.authority, day, view, values)
            if model is None:
                return _ask(rule, account, None, day, view, values)
            asked = select(model).where(model.public_id == values.pop("public_id")).options(*load)
            record = db.session.scalars(asked).unique().one_or_none()
            if record is None or not policy.KNOWS[model](account, record, day):
                abort(404)
            return _ask(rule, account, record, day, view, values)

        guarded.permission = rule.__name__  # type: ignore[attr-defined]
        guarded.model = model  # type: ignore[attr-defined]
        return guarded

    return wrap


def _ask(
    rule: policy.Rule, account: Account, record: Base | None, day: date, view: View, values: dict[str, Any]
) -> Any:
    if not (rule(account, day) if record is None else rule(account, record, day)):
        raise NotAllowed("Bạn không có quyền làm việc này. Quyền trong khối, cụm đi theo nhiệm kỳ của đơn vị bạn.")
    return view(**values) if record is None else view(record, **values)
