"""Signing in, passwords, accounts."""

from wtforms import HiddenField

from tracker.forms.base import (
    AtMost,
    ChoiceField,
    DateField,
    LineField,
    Needed,
    PasswordField,
    ReasonForm,
    RecordForm,
    UserForm,
)


class SignInForm(UserForm):
    email = LineField("Tên đăng nhập", [Needed("nhập tên đăng nhập, là thư điện tử công vụ"), AtMost(254)])
    password = PasswordField("Mật khẩu", [Needed("nhập mật khẩu"), AtMost(256)])
    carried = HiddenField()


class PasswordForm(UserForm):
    current = PasswordField("Mật khẩu hiện tại", [Needed("nhập mật khẩu hiện tại"), AtMost(256)])
    password = PasswordField("Mật khẩu mới", [Needed("nhập mật khẩu mới"), AtMost(256)])
    repeat = PasswordField("Nhập lại mật khẩu mới", [Needed("nhập lại mật khẩu mới"), AtMost(256)])


class AccountForm(RecordForm):
    """`unit` is a unit's public id; blank for the authority's own people."""

    full_name = LineField("Họ và tên", [Needed("ghi họ và tên"), AtMost(120)])
    email = LineField("Thư điện tử công vụ (tên đăng nhập)", [Needed("ghi thư điện tử công vụ"), AtMost(254)])
    post = LineField("Chức vụ", [AtMost(200)])
    role = ChoiceField("Vai trò", [Needed("chọn vai trò")])
    unit = ChoiceField("Đơn vị", blank="Không thuộc đơn vị nào (người của cơ quan)")


class ActingForm(UserForm):
    """From when to when an officer acts for the head; the last day stays blank while nobody knows it."""

    starts_on = DateField("Từ ngày", [Needed("ghi ngày bắt đầu, ví dụ 15/01/2026")])
    ends_on = DateField("Đến trước ngày")
    decision = LineField("Quyết định, văn bản giao quyền", [AtMost(300)])


class ActingEndForm(ReasonForm):
    """`on` is the first day on which the officer no longer acts."""

    on = DateField("Thôi từ ngày", [Needed("ghi ngày thôi")])
