"""Accounts and acting heads: what an administrator and the board may set, and what is refused in which words."""

from datetime import date

import pytest

from tests.world import NOON, PASSWORD, TODAY, World
from tracker.adapters import passwords
from tracker.db import db
from tracker.domain.blocs import AccountRole
from tracker.errors import NotOpen, ReasonMissing, RuleBroken
from tracker.models.account import Account
from tracker.services import account as service
from tracker.services import acting_head


def create(world: World, **changed) -> tuple[Account, str]:
    given = {
        "role": AccountRole.OFFICER, "email": "moi@officer.example", "full_name": "Trần Thị Mới",
        "unit": world.units["U"], "by": world.accounts["ad"], "at": NOON,
    }
    return service.create(world.authority, **{**given, **changed})


def test_new_account_gets_a_first_password_that_must_be_changed(app, world: World):
    account, given = create(world)
    assert account.must_change_password is True
    assert passwords.matches(account.password_hash, given) is True
    assert [len(part) for part in given.split("-")] == [4, 4, 4, 4]


def test_address_in_use_is_refused_by_the_name_of_its_owner(app, world: World):
    with pytest.raises(RuleBroken) as refused:
        create(world, email="OU@officer.example")
    assert refused.value.sentence == "Địa chỉ ou@officer.example đã có tài khoản (Người ou@officer.example)."
    assert refused.value.field == "email"


@pytest.mark.parametrize(
    ("role", "letter", "field"),
    [(AccountRole.OFFICER, None, "unit"), (AccountRole.HEAD, None, "unit"), (AccountRole.BOARD, "U", "unit"),
     (AccountRole.ADMIN, "U", "unit")],
)
def test_role_and_unit_must_go_together(app, world: World, role: AccountRole, letter: str | None, field: str):
    with pytest.raises(RuleBroken) as refused:
        create(world, role=role, unit=world.units[letter] if letter else None)
    assert refused.value.field == field


def test_nobody_disables_or_demotes_itself(app, world: World):
    admin = world.accounts["ad"]
    with pytest.raises(RuleBroken, match="chính mình"):
        service.disable(admin, reason="Thử", by=admin, at=NOON)
    with pytest.raises(RuleBroken, match="chính mình"):
        service.change(
            admin, role=AccountRole.BOARD, email=admin.email, full_name=admin.full_name, unit=None, post=None,
            seen=admin.version, by=admin, at=NOON,
        )


@pytest.mark.parametrize(
    ("current", "password", "repeat", "field"),
    [
        ("sai roi", "ba con vit xoe ra", "ba con vit xoe ra", "current"),
        (PASSWORD, "ba con vit xoe ra", "ba con vit", "repeat"),
        (PASSWORD, PASSWORD, PASSWORD, "password"),
        (PASSWORD, "ngan", "ngan", "password"),
        (PASSWORD, "matkhau12345", "matkhau12345", "password"),
    ],
)
def test_new_password_is_refused_under_the_field_that_is_wrong(
    app, world: World, current: str, password: str, repeat: str, field: str
):
    account = world.accounts["oU"]
    with pytest.raises(RuleBroken) as refused:
        service.change_password(account, current, password, repeat, keep=None, by=account, at=NOON)
    assert refused.value.field == field


def test_theme_is_no_change_of_the_record(app, world: World):
    account = world.accounts["oU"]
    before = account.version
    service.choose_theme(account, "dark")
    db.session.commit()
    assert (account.theme, account.version) == ("dark", before)


def name(world: World, persona: str = "oL", **changed):
    given = {"starts_on": TODAY, "by": world.accounts["bd"], "at": NOON}
    return acting_head.name_acting_head(world.accounts[persona], **{**given, **changed})


def test_officer_acts_as_head_from_the_first_day_to_the_day_before_the_last(app, world: World):
    name(world, ends_on=date(2026, 6, 1))
    account = world.accounts["oL"]
    days = (date(2026, 5, 14), TODAY, date(2026, 5, 31), date(2026, 6, 1))
    assert [account.is_head_on(day) for day in days] == [False, True, True, False]


def test_acting_ends_on_the_day_the_board_says_with_its_reason(app, world: World):
    name(world, starts_on=date(2026, 5, 1))
    board = world.accounts["bd"]
    acting_head.end_acting_head(world.accounts["oL"], on=TODAY, reason="Thủ trưởng về", by=board, at=NOON)
    db.session.commit()
    assert [world.accounts["oL"].is_head_on(day) for day in (date(2026, 5, 14), TODAY)] == [True, False]


def test_acting_that_ends_on_its_first_day_never_was(app, world: World):
    name(world)
    db.session.commit()
    acting_head.end_acting_head(world.accounts["oL"], on=TODAY, reason="Giao nhầm", by=world.accounts["bd"], at=NOON)
    db.session.commit()
    assert world.accounts["oL"].acting == []


@pytest.mark.parametrize(
    ("persona", "changed", "error", "words"),
    [
        ("hL", {}, RuleBroken, "không phải cán bộ đơn vị"),
        ("bd", {}, RuleBroken, "không phải cán bộ đơn vị"),
        ("di", {}, NotOpen, "đã ngừng sử dụng"),
        ("oL", {"ends_on": TODAY}, RuleBroken, "phải sau ngày bắt đầu"),
    ],
)
def test_who_cannot_act_is_refused_in_a_sentence(app, world: World, persona, changed, error, words):
    with pytest.raises(error, match=words):
        name(world, persona, **changed)


def test_two_of_one_unit_never_act_on_the_same_day(app, world: World):
    name(world, ends_on=date(2026, 6, 1))
    second, _password = create(world, unit=world.units["L"])
    with pytest.raises(RuleBroken, match="đã được giao quyền thủ trưởng từ 15/05/2026 đến trước 01/06/2026"):
        acting_head.name_acting_head(second, starts_on=date(2026, 5, 31), by=world.accounts["bd"], at=NOON)
    row = acting_head.name_acting_head(second, starts_on=date(2026, 6, 1), by=world.accounts["bd"], at=NOON)
    assert row.starts_on == date(2026, 6, 1)


def test_ending_needs_a_reason_and_somebody_who_acts(app, world: World):
    with pytest.raises(NotOpen):
        acting_head.end_acting_head(world.accounts["oL"], on=TODAY, reason="Thử", by=world.accounts["bd"], at=NOON)
    name(world)
    with pytest.raises(ReasonMissing):
        acting_head.end_acting_head(world.accounts["oL"], on=TODAY, reason=" ", by=world.accounts["bd"], at=NOON)
