"""While Vietnamese is the only language, templates say their own words: the same bytes, without looking them up."""

import re
from pathlib import Path

import pytest
import time_machine
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask
from flask_babel import force_locale
from hypothesis import given
from hypothesis import strategies as st
from jinja2.ext import InternationalizationExtension
from markupsafe import Markup

from tests.conftest import make_app
from tests.views.conferences import make, page
from tests.world import NOON, World
from tracker.views.plain_words import SpokenPlainly


def environment(*, plainly: bool, autoescape: bool = True) -> SpokenPlainly:
    made = SpokenPlainly(Flask("words"), autoescape=autoescape, extensions=[InternationalizationExtension])
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    made.plainly = plainly
    return made


CASES = [
    ("{{ _('Sửa') }}", "Sửa"),
    ("{{ _('<b>Sửa</b> & xóa') }}", "<b>Sửa</b> & xóa"),
    ("{{ _('96,25%% của %(unit)s', unit=told) }}", "96,25% của &lt;i&gt;A &amp; B&lt;/i&gt;"),
    ("{{ _('Đã đạt 100%%') }}", "Đã đạt 100%"),
    ("{{ _('%(count)d việc', count=7) }}", "7 việc"),
    ("{{ _('Xem %(link)s', link=safe) }}", "Xem <a>đây</a>"),
    ("{{ _('Của %(unit)s', unit=_('khối %(name)s', name=told)) }}", "Của khối &lt;i&gt;A &amp; B&lt;/i&gt;"),
    ("{% set word = _('Lên <br>') %}{{ word }}{{ word|length }}", "Lên <br>8"),
    ("{{ told ~ _('<br>') }}", "&lt;i&gt;A &amp; B&lt;/i&gt;<br>"),
    ("{{ (_('A'), _('B'))|join('; ') }}", "A; B"),
    ("{% macro m(a=_('để trống')) %}{{ a }}{% endmacro %}{{ m() }}, {{ m(a='<') }}", "để trống, &lt;"),
    ("{{ _(told) }}", "<i>A & B</i>"),
    ("{{ gettext('Xóa') }}", "Xóa"),
    ("{{ _('Có %(nothing)s', nothing=absent) }}", "Có "),
]


@pytest.mark.parametrize(("source", "shown"), CASES)
def test_a_text_comes_out_as_gettext_gives_it(source: str, shown: str):
    given = {"told": "<i>A & B</i>", "safe": Markup("<a>đây</a>")}
    both = [environment(plainly=plainly).from_string(source).render(given) for plainly in (True, False)]
    assert both == [shown, shown]


def test_what_is_no_page_is_not_escaped_either_way():
    source = "{{ _('Của %(unit)s & khối', unit=told) }}"
    both = [
        environment(plainly=plainly, autoescape=False).from_string(source).render(told="<A>")
        for plainly in (True, False)
    ]
    assert both == ["Của <A> & khối", "Của <A> & khối"]


@given(text=st.text(st.characters(codec="utf-8", exclude_characters="%\r"), max_size=40), told=st.text(max_size=40))
def test_any_text_comes_out_the_same_both_ways(text: str, told: str):
    source = "{{ _(%r) }}{{ _(%r, told=told) }}" % (text, f"{text}%(told)s{text}")  # noqa: UP031
    plain, looked_up = (environment(plainly=plainly).from_string(source) for plainly in (True, False))
    assert plain.render(told=told) == looked_up.render(told=told)


def test_a_text_that_stands_in_the_template_is_compiled_as_it_stands():
    found = ["yield 'Sửa'" in environment(plainly=way).compile("{{ _('Sửa') }}", raw=True) for way in (True, False)]
    assert found == [True, False]


@time_machine.travel(NOON, tick=False)
def test_a_whole_page_is_the_same_both_ways(app, world: World, monkeypatch):
    path = f"/conferences/{make(world).public_id}"
    shown = []
    for plainly in (True, False):
        monkeypatch.setattr(app.jinja_env, "plainly", plainly)
        app.jinja_env.cache.clear()
        shown.append(re.sub(r'(csrf[-_]token" (?:content|value)=)"[^"]+"', r"\1", page(world, "oL", path)))
    app.jinja_env.cache.clear()
    assert shown[0] == shown[1]


def test_a_second_language_is_looked_up_again(tmp_path: Path):
    folder = tmp_path / "words" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = Catalog(locale="en")
    catalogue.add("Sửa", "Edit")
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    made = make_app(tmp_path, BABEL_TRANSLATION_DIRECTORIES=str(tmp_path / "words"))
    with made.test_request_context(), force_locale("en"):
        assert made.jinja_env.from_string("{{ _('Sửa') }}, {{ _('Xóa') }}").render() == "Edit, Xóa"
