"""A sent-in file is held while it is written, also where the page loaded its row together with others."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tests.reporting import make_period, make_set
from tests.world import NOON, build_world, keep
from tracker.db import db
from tracker.domain.criteria_sheet import fingerprint
from tracker.domain.form_sheet import FormRead
from tracker.domain.notices import UploadKind
from tracker.domain.past_rows import PastRead
from tracker.models.account import Account
from tracker.models.bloc import Bloc
from tracker.models.criteria import CriteriaSet
from tracker.models.submission import Submission
from tracker.models.upload import Upload
from tracker.queries import criteria as criteria_queries
from tracker.services import criteria_import, form_import, past_import
from tracker.services import upload as uploads


def write_form(upload: Upload, by: Account) -> object:
    submission = db.session.scalars(select(Submission).where(Submission.unit_id == upload.unit_id)).one()
    read = FormRead(None, (), (), (), ())
    mark = form_import.preview(submission, read, by=by, at=NOON).mark
    return uploads.apply_form(upload, submission, read, choice=None, shown=mark, by=by, at=NOON)


def write_past(upload: Upload, by: Account) -> object:
    read = PastRead((), ())
    mark = past_import.preview(upload.bloc, read).mark
    return past_import.apply(upload, read, shown=mark, by=by, at=NOON)


def write_criteria(upload: Upload, by: Account) -> object:
    made = db.session.scalars(select(CriteriaSet)).one()
    tree = criteria_queries.tree(made)
    mark = fingerprint(tree)
    return criteria_import.apply(made, upload, tree, mark, shown=mark, by=by, at=NOON)


@pytest.mark.parametrize(
    ("write", "kind", "who"),
    [
        (write_form, UploadKind.FORM, "oU"), (write_past, UploadKind.PAST, "oL"),
        (write_criteria, UploadKind.CRITERIA, "oL"),
    ],
)  # fmt: skip
def test_file_loaded_with_its_unit_and_bloc_is_held(
    either_app: Flask, write: Callable[[Upload, Account], object], kind: UploadKind, who: str
):
    world = build_world()
    period = make_period(world) if kind is UploadKind.FORM else None
    make_set(world.blocs["B"])
    by_id = world.accounts[who].id
    keep(Upload(
        kind=kind, bloc=world.blocs["B"], period=period, unit=world.units["U"] if period else None, name="a.xlsx",
        stored_name="0" * 32, size=1, sha256="0" * 64, by=world.accounts[who], at=NOON,
    ))  # fmt: skip
    db.session.remove()
    joined = select(Upload).options(
        joinedload(Upload.unit), joinedload(Upload.period), joinedload(Upload.bloc).joinedload(Bloc.terms)
    )
    upload = db.session.scalars(joined).unique().one()
    assert write(upload, db.session.get_one(Account, by_id)) == 0
    assert upload.applied_at == NOON
