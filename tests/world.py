"""The personas of the rights and a browser for each. Fixed dates: today is 15/05/2026 wherever a test freezes it."""

import contextvars
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from flask import Flask, current_app
from werkzeug.test import TestResponse

from tracker.adapters import passwords
from tracker.db import Base, db
from tracker.domain.blocs import AccountRole, Appointment, BlocKind, Force, TermRole
from tracker.domain.conferences import ConferenceKind, ConferenceState
from tracker.domain.periods import PeriodKind
from tracker.models.account import Account
from tracker.models.authority import Authority
from tracker.models.bloc import Bloc, BlocName, Membership, Term
from tracker.models.conference import Conference, ConferenceKindRow
from tracker.models.unit import Unit, UnitName
from tracker.services import sign_in
from tracker.services.recording import acting
from tracker.text import fold, sort_key

TODAY = date(2026, 5, 15)
NOON = datetime(2026, 5, 15, 5, 0, tzinfo=UTC)
BEGINNING = date(2024, 1, 1)
YEAR_START, NEXT_YEAR = date(2026, 1, 15), date(2027, 1, 15)
PASSWORD = "mot cau ngan de nho"
PASSWORD_HASH = passwords.hash_password(PASSWORD)

#: Persona → (role, unit). "an" is nobody.
PERSONAS = {
    "oU": (AccountRole.OFFICER, "U"), "hU": (AccountRole.HEAD, "U"), "oV": (AccountRole.OFFICER, "V"),
    "oL": (AccountRole.OFFICER, "L"), "hL": (AccountRole.HEAD, "L"), "oD": (AccountRole.OFFICER, "D"),
    "hD": (AccountRole.HEAD, "D"), "oE": (AccountRole.OFFICER, "E"), "oN": (AccountRole.OFFICER, "N"),
    "hN": (AccountRole.HEAD, "N"), "oX": (AccountRole.OFFICER, "X"), "oM": (AccountRole.OFFICER, "M"),
    "bd": (AccountRole.BOARD, None), "bq": (AccountRole.BOARD, None), "ad": (AccountRole.ADMIN, None),
    "di": (AccountRole.OFFICER, "L"),
}


class Browser:
    """A client whose requests run in a context of their own, so that nothing of the test leaks into them."""

    def __init__(self, app: Flask, account: Account | None = None, at: datetime = NOON) -> None:
        self.client = app.test_client()
        if account is not None:
            token = sign_in.start(account, address="127.0.0.1", at=at)
            db.session.commit()
            self.keep(token, account.public_id)

    def keep(self, token: str, who: str) -> None:
        """Put a session's cookie into this browser."""

        def put() -> None:
            with self.client.session_transaction() as cookie:
                cookie["token"] = token
                cookie["who"] = who

        contextvars.Context().run(put)

    def get(self, path: str, **options: Any) -> TestResponse:
        return self._ask("GET", path, **options)

    def post(self, path: str, form: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        return self._ask("POST", path, data=form or {}, **options)

    def _ask(self, method: str, path: str, **options: Any) -> TestResponse:
        db.session.commit()
        return contextvars.Context().run(self.client.open, path, method=method, **options)


@dataclass
class World:
    """Units by letter, blocs B and C, accounts by persona."""

    authority: Authority
    other_authority: Authority
    units: dict[str, Unit]
    blocs: dict[str, Bloc]
    accounts: dict[str, Account]
    conferences: dict[str, Conference] = field(default_factory=dict)

    def browser(self, persona: str) -> Browser:
        """A browser signed in as the persona; "an" is not signed in."""
        return Browser(current_app._get_current_object(), self.accounts.get(persona))  # type: ignore[attr-defined]


def make_unit(authority: Authority | None, name: str, short: str | None = None, since: date = BEGINNING) -> Unit:
    unit = Unit(authority=authority, force=Force.CIVIL)
    unit.names.append(
        UnitName(name=name, short_name=short or name, name_fold=fold(name), name_key=sort_key(name), starts_on=since)
    )
    db.session.add(unit)
    return unit


def make_bloc(authority: Authority, code: str, name: str, kind: BlocKind = BlocKind.KHOI) -> Bloc:
    bloc = Bloc(authority=authority, kind=kind, code=code, founded_on=BEGINNING)
    bloc.names.append(BlocName(name=name, name_fold=fold(name), name_key=sort_key(name), starts_on=BEGINNING))
    db.session.add(bloc)
    return bloc


def make_term(bloc: Bloc, unit: Unit, role: TermRole, since: date, until: date | None = None) -> Term:
    term = Term(bloc=bloc, unit=unit, role=role, starts_on=since, ends_on=until, appointment=Appointment.ELECTED)
    db.session.add(term)
    return term


def make_account(authority: Authority, role: AccountRole, email: str, unit: Unit | None = None) -> Account:
    account = Account(
        authority=authority, unit=unit, role=role, email=email, email_fold=email, full_name=f"Người {email}",
        password_hash=PASSWORD_HASH, must_change_password=False,
    )
    db.session.add(account)
    return account


def make_conference(
    bloc: Bloc, title: str, day: date, state: ConferenceState = ConferenceState.HELD,
    kind: ConferenceKind = ConferenceKind.HALF_YEAR_REVIEW, **more: Any,
) -> Conference:
    """A conference as a row, past the services: for situations, not for behaviour."""
    conference = Conference(
        bloc=bloc, title=title, title_fold=fold(title), first_day=day, last_day=day, state=state,
        period_kind=PeriodKind.FIRST_HALF, period_year=day.year, **more,
    )
    conference.kinds.append(ConferenceKindRow(kind=kind))
    db.session.add(conference)
    return conference


def keep(*records: Base) -> None:
    """Store rows that a test made by hand."""
    with acting(None, NOON):
        db.session.add_all(records)
    db.session.commit()


def build_world() -> World:
    """Bloc B: U, V, L (leads 2026), D (deputises 2026), E (led 2025), N (leads 2027). Bloc C: M leads, X."""
    with acting(None, NOON):
        z = Authority(name="Ủy ban nhân dân tỉnh Z", short_name="UBND tỉnh Z", place_name="Z")
        q = Authority(name="Ủy ban nhân dân tỉnh Q", short_name="UBND tỉnh Q", place_name="Q")
        db.session.add_all([z, q])
        units = {letter: make_unit(z, f"Đơn vị {letter}") for letter in "UVLDENXM"}
        b, c = make_bloc(z, "B", "Khối thi đua B"), make_bloc(z, "C", "Khối thi đua C")
        for place, letter in enumerate("UVLDEN"):
            db.session.add(Membership(bloc=b, unit=units[letter], position=place, starts_on=BEGINNING))
        for place, letter in enumerate("MX"):
            db.session.add(Membership(bloc=c, unit=units[letter], position=place, starts_on=BEGINNING))
        make_term(b, units["E"], TermRole.LEADER, date(2025, 1, 15), YEAR_START)
        make_term(b, units["L"], TermRole.DEPUTY, date(2025, 1, 15), YEAR_START)
        make_term(b, units["L"], TermRole.LEADER, YEAR_START, NEXT_YEAR)
        make_term(b, units["D"], TermRole.DEPUTY, YEAR_START, NEXT_YEAR)
        make_term(b, units["N"], TermRole.LEADER, NEXT_YEAR)
        make_term(c, units["M"], TermRole.LEADER, BEGINNING)
        accounts = {
            persona: make_account(
                q if persona == "bq" else z, role, f"{persona.lower()}@{role.value}.example",
                units[letter] if letter else None,
            )
            for persona, (role, letter) in PERSONAS.items()
        }
        accounts["di"].disabled_at = NOON
    db.session.commit()
    return World(z, q, units, {"B": b, "C": c}, accounts)
