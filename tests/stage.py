"""A stage for the templates: the real pieces, forms and number and date texts, without a database."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask, get_template_attribute, render_template
from flask_babel import Babel
from flask_wtf import CSRFProtect
from werkzeug.datastructures import MultiDict
from wtforms import RadioField

from tracker.domain import vietnamese
from tracker.forms.base import (
    AtMost,
    BlockField,
    BooleanField,
    CheckListField,
    ChoiceField,
    CountField,
    DateField,
    FileField,
    HourField,
    LineField,
    Needed,
    PasswordField,
    RecordForm,
)

ROOT = Path(__file__).resolve().parent.parent
PLACES = [
    "work.index", "bloc.index", "unit.index", "account.index", "authority.show", "help.index", "account.show",
    "session.sign_in", "session.sign_out", "account.theme",
]
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'"


class SampleForm(RecordForm):
    """One field of every kind."""

    title = LineField("Tên hội nghị", [Needed("ghi tên hội nghị"), AtMost(200)])
    day = DateField("Ngày họp", [Needed("ghi ngày họp")])
    starts = HourField("Bắt đầu lúc")
    kind = RadioField("Loại", [Needed("chọn loại hội nghị")], choices=[("half", "Sơ kết"), ("year", "Tổng kết")])
    units = CheckListField("Đơn vị dự", choices=[("u", "Sở Tài chính"), ("v", "Sở Xây dựng")])
    host = ChoiceField("Đơn vị chủ trì", choices=[("u", "Sở Tài chính")], blank="Chưa chọn")
    part = ChoiceField("Buổi", choices=[("am", "Sáng"), ("pm", "Chiều")])
    declared = CountField("Số nêu")
    summary = BlockField("Đánh giá")
    secret = PasswordField("Mật khẩu")
    paper = FileField("Tài liệu")
    everyone = BooleanField("Giao cho tất cả đơn vị")


@dataclass(frozen=True)
class Someone:
    full_name: str = "Trần Thị Mẫu"
    unit_label: str = "Sở Tài chính"
    theme: str = "light"
    is_board: bool = True
    is_admin: bool = True


@dataclass
class Stage:
    """The templates with a reader of one's choice."""

    app: Flask
    reader: Someone | None = field(default_factory=Someone)

    def draw(self, template: str, **values: Any) -> str:
        with self.app.test_request_context("/pieces?loc=mo"):
            return render_template(template, **values)

    def macro(self, file: str, name: str, *args: Any, **kwargs: Any) -> str:
        with self.app.test_request_context("/pieces?loc=mo"):
            return str(get_template_attribute(f"macros/{file}.html", name)(*args, **kwargs))


def sent_form() -> SampleForm:
    """A form that came back: no title, a day that is not in the calendar, a number that is none."""
    return SampleForm(MultiDict({"day": "31/02/2026", "declared": "tám", "summary": "<b>một</b>\nhai", "part": "am"}))


def set_stage() -> Stage:
    """A stage with one route, /pieces, under a policy as strict as the program's own, without `data:`."""
    app = Flask("stage", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "tracker" / "static"))
    app.config["SECRET_KEY"] = "only-for-this-test-0123456789abcdef"
    Babel(app, default_locale="vi")
    CSRFProtect(app)
    made = Stage(app)
    for endpoint in PLACES:
        app.add_url_rule(f"/{endpoint}", endpoint, lambda: "", methods=["GET", "POST"])
    app.jinja_env.filters.update(
        vn_date=vietnamese.short_date, vn_long_date=vietnamese.long_date, vn_number=vietnamese.number,
        vn_datetime=vietnamese.date_time,
    )
    app.jinja_env.globals.update(nav=lambda _place: None, bloc_word=lambda: "khối")
    app.context_processor(lambda: {
        "current_account": made.reader, "current_bloc_links": [], "authority_label": "Hội đồng", "illustration": True,
    })

    @app.after_request
    def strict(response: Any) -> Any:
        response.headers["Content-Security-Policy"] = POLICY
        return response

    @app.get("/pieces")
    def pieces() -> str:
        form = sent_form()
        form.validate()
        return render_template("pieces.html", form=form, day=date(2026, 7, 20))

    return made
