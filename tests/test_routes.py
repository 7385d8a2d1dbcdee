"""Every address names its permission, has typed ids and one way of writing; none changes anything by GET."""

import inspect
import re

import pytest
from flask import Flask
from werkzeug.routing import Rule

from tracker import policy

#: Open to everyone, reviewed one by one; at most 12.
OPEN = {
    "static": "styles, scripts and fonts of the program itself",
    "session.sign_in": "nobody is signed in yet",
    "ranking_check.check": "whoever holds a printed ranking checks its code; only what stands on the paper",
    "help.health": "whether the program lives, for the operator's watch",
}
#: GET views whose own source commits, reviewed; none so far.
COMMITTING_GET: dict[str, str] = {}
WORD = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CONVERTER = re.compile(r"<(?:(?P<converter>[a-z]+)(?:\([^)]*\))?:)?(?P<name>[a-z_]+)>")


def rules(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def view_source(app: Flask, endpoint: str) -> str:
    return inspect.getsource(inspect.unwrap(app.view_functions[endpoint]))


def test_every_route_names_its_permission_or_is_reviewed(app: Flask):
    silent = {
        rule.endpoint
        for rule in rules(app)
        if getattr(app.view_functions[rule.endpoint], "permission", "public") == "public"
    }
    print(f"routes with a permission {len(rules(app)) - len(silent)} of {len(rules(app))}")
    assert silent - set(OPEN) == set()
    assert len(OPEN) <= 12


def test_every_permission_is_a_rule_of_the_policy(app: Flask):
    named = {getattr(app.view_functions[rule.endpoint], "permission", "public") for rule in rules(app)} - {"public"}
    assert {name for name in named if not callable(getattr(policy, name, None))} == set()


def test_every_guarded_record_says_who_may_know_of_it(app: Flask):
    models = {getattr(app.view_functions[rule.endpoint], "model", None) for rule in rules(app)} - {None}
    assert {model.__name__ for model in models if model not in policy.KNOWS} == set()


def test_ids_in_addresses_are_typed(app: Flask):
    untyped = [
        rule.rule
        for rule in rules(app)
        for found in CONVERTER.finditer(rule.rule)
        if rule.endpoint != "static" and found["converter"] not in ("id", "any", "int")
    ]
    assert untyped == []


def test_record_of_a_route_is_found_by_its_random_id(app: Flask):
    numbered = [
        rule.rule
        for rule in rules(app)
        for found in CONVERTER.finditer(rule.rule)
        if found["name"].endswith("id") and found["converter"] != "id"
    ]
    assert numbered == []


def test_addresses_are_written_in_kebab_case(app: Flask):
    crooked = [
        rule.rule
        for rule in rules(app)
        for part in CONVERTER.sub("x", rule.rule).strip("/").split("/")
        if part and not WORD.fullmatch(part)
    ]
    assert crooked == []


def test_view_that_only_reads_commits_nothing(app: Flask):
    committing = {
        rule.endpoint
        for rule in rules(app)
        if "POST" not in (rule.methods or set()) and "commit(" in view_source(app, rule.endpoint)
    }
    assert committing - set(COMMITTING_GET) == set()


def test_view_that_reads_and_writes_commits_only_after_a_post(app: Flask):
    """A view for both methods leaves the commit to pages.answer, or asks for the method itself first."""
    careless = set()
    for rule in rules(app):
        if {"GET", "POST"} <= (rule.methods or set()):
            source = view_source(app, rule.endpoint)
            if "commit(" in source and "request.method" not in source[: source.index("commit(")]:
                careless.add(rule.endpoint)
    assert careless == set()


@pytest.mark.parametrize("path", ["/blocs/1", "/blocs/x", "/accounts/1/edit", "/conferences/abc", "/no-such-page"])
def test_address_that_is_none_of_ours_is_not_found(app: Flask, path: str):
    assert app.test_client().get(path).status_code == 404
