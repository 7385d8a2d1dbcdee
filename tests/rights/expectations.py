"""Who may do what, as data: written from the rules of the product, never from its code.

Y may · F refused, though the thing is known (403 or 409) · H hidden (404, as for a missing id) · S sent to sign-in.
Situation: 15/05/2026 in bloc B of authority Z. U, V plain members; L leads, D deputises, E led last year, N leads
next year. M leads bloc C, X is its member. bd is Z's board, bq another authority's, ad Z's administrator; di is a
disabled account of L; an is nobody.
"""

from tests.rights import expectations_ranking as ranking
from tests.rights import expectations_reporting as reporting

PERSONAS = ["an", "oU", "hU", "oV", "oL", "hL", "oD", "hD", "oE", "oN", "oX", "oM", "bd", "bq", "ad", "di"]

_ROWS = {
    #                      an oU hU oV oL hL oD hD oE oN oX oM bd bq ad di
    "see the bloc":       "S  Y  Y  Y  Y  Y  Y  Y  Y  Y  H  H  Y  H  Y  S",
    "keep the bloc":      "S  F  F  F  F  F  F  F  F  F  H  H  Y  H  F  S",
    "write conference":   "S  F  F  F  Y  Y  Y  Y  F  F  H  H  F  H  F  S",
    "read held":          "S  F  F  F  Y  Y  Y  Y  F  F  H  H  Y  H  F  S",
    "read sent minutes":  "S  Y  Y  Y  Y  Y  Y  Y  Y  Y  H  H  Y  H  F  S",
    "approve minutes":    "S  F  F  F  F  Y  F  F  F  F  H  H  F  H  F  S",
    "edit approved":      "S  F  F  F  F  F  F  F  F  F  H  H  F  H  F  S",
    "reopen approved":    "S  F  F  F  F  F  F  F  F  F  H  H  Y  H  F  S",
    "export approved":    "S  Y  Y  Y  Y  Y  Y  Y  Y  Y  H  H  Y  H  F  S",
    "export draft":       "S  F  F  F  Y  Y  Y  Y  F  F  H  H  Y  H  F  S",
    "make item":          "S  F  F  F  Y  Y  Y  Y  F  F  H  H  F  H  F  S",
    "report on U's part": "S  Y  Y  F  F  F  F  F  F  F  H  H  F  H  F  S",
    "close U's part":     "S  F  F  F  Y  Y  Y  Y  F  F  H  H  F  H  F  S",
    "close L's part":     "S  F  F  F  F  F  Y  Y  F  F  H  H  Y  H  F  S",
    "see planned":        "S  Y  Y  Y  Y  Y  Y  Y  Y  Y  H  H  Y  H  F  S",
    # The board has no unit whose delegates it could name: the row of the rules names both acts together.
    "name own delegates": "S  Y  Y  Y  Y  Y  Y  Y  Y  Y  H  H  F  H  F  S",
    "manage U's account": "S  F  F  F  F  F  F  F  F  F  H  H  F  H  Y  S",
    # Nearest row: reading the bloc's conferences and tasks, which the administrator never does.
    "see the work":       "S  Y  Y  Y  Y  Y  Y  Y  Y  Y  H  H  Y  H  F  S",
    # A task that goes from the minutes to paper keeps the right of its letterhead: the secretariat's, at any time.
    "set letterhead":     "S  F  F  F  Y  Y  Y  Y  F  F  H  H  F  H  F  S",
    # settled.md: the board names who acts for a head.
    "name acting head":   "S  F  F  F  F  F  F  F  F  F  H  H  Y  H  F  S",
    # A unit's own page tells of all its blocs and names: more than its bloc's members see of it on the bloc's page.
    "see a unit's page":  "S  Y  Y  H  H  H  H  H  H  H  H  H  Y  H  Y  S",
    "keep a unit":        "S  F  F  H  H  H  H  H  H  H  H  H  Y  H  F  S",
    # What is asked of one's own authority is known to everybody of it: nothing to hide.
    "keep own authority's units": "S  F  F  F  F  F  F  F  F  F  F  F  Y  Y  F  S",
    "manage own authority's accounts": "S  F  F  F  F  F  F  F  F  F  F  F  F  F  Y  S",
    "see own authority":  "S  F  F  F  F  F  F  F  F  F  F  F  Y  Y  Y  S",
    "work":               "S  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  S",
    "open to all":        "Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y  Y",
}
ACTS = {act: dict(zip(PERSONAS, cells.split(), strict=True))
        for act, cells in (_ROWS | reporting.ROWS | ranking.ROWS).items()}

#: (act, method, endpoint, {argument: name of the record in tests/rights/scene.py, or "=text"}).
#: What changes something stands after what only asks, so that the earlier does not change the later.
ROUTES: list[tuple[str, str, str, dict[str, str]]] = [
    ("see the bloc", "GET", "bloc.show", {"public_id": "bloc"}),
    ("see the bloc", "GET", "bloc.units", {"public_id": "bloc"}),
    ("see the bloc", "GET", "bloc.units_workbook", {"public_id": "bloc"}),
    *[("keep the bloc", "GET", f"bloc.{act}", {"public_id": "bloc"})
      for act in ("admit", "dissolve", "edit", "rename")],
    ("keep the bloc", "GET", "bloc.release", {"public_id": "membership"}),
    ("keep the bloc", "GET", "term.appoint", {"public_id": "bloc"}),
    ("keep the bloc", "GET", "term.hand_over", {"public_id": "bloc"}),
    ("keep the bloc", "GET", "term.edit", {"public_id": "term"}),
    ("keep the bloc", "GET", "term.end", {"public_id": "term"}),
    ("write conference", "GET", "conference.new", {"public_id": "bloc"}),
    ("write conference", "GET", "conference.edit", {"public_id": "held"}),
    *[("write conference", "GET", "conference.step", {"public_id": state, "step": f"={step}"})
      for state, step in (("planned", "postpone"), ("postponed", "plan-again"), ("planned", "cancel"),
                          ("planned", "hold"), ("held", "send-minutes"), ("sent", "take-back"))],
    *[("write conference", "GET", f"course.{page}", {"public_id": "held"}) for page in ("attendance", "counts")],
    ("write conference", "GET", "course.new", {"public_id": "held", "part": "=remarks"}),
    ("write conference", "GET", "course.many", {"public_id": "held", "part": "=agenda"}),
    ("write conference", "GET", "course.edit", {"public_id": "held", "part": "=agenda", "row_id": "agenda"}),
    ("write conference", "GET", "course.answer", {"public_id": "comment"}),
    ("write conference", "GET", "action_item.review_all", {"public_id": "held"}),
    ("read held", "GET", "conference.show", {"public_id": "held"}),
    ("read held", "GET", "conference.history", {"public_id": "held"}),
    ("read held", "GET", "course.minutes", {"public_id": "held"}),
    ("read held", "GET", "attachment.download", {"public_id": "file"}),
    ("read held", "GET", "attachment.thumbnail", {"public_id": "file"}),
    ("read sent minutes", "GET", "conference.show", {"public_id": "sent"}),
    ("read sent minutes", "GET", "course.minutes", {"public_id": "sent"}),
    ("approve minutes", "GET", "conference.approve", {"public_id": "sent"}),
    ("edit approved", "GET", "conference.edit", {"public_id": "approved"}),
    ("edit approved", "GET", "course.new", {"public_id": "approved", "part": "=remarks"}),
    ("edit approved", "POST", "course.roster", {"public_id": "approved"}),
    ("reopen approved", "GET", "conference.reopen", {"public_id": "approved"}),
    ("set letterhead", "GET", "conference.letterhead", {"public_id": "approved"}),
    *[("export approved", "GET", "paper.download", {"public_id": "approved", "kind": f"={kind}"})
      for kind in ("report-word", "report-pdf", "minutes", "workbook", "news-word", "news-text")],
    *[("export draft", "GET", "paper.download", {"public_id": "held", "kind": f"={kind}"})
      for kind in ("report-word", "workbook")],
    ("see planned", "GET", "conference.show", {"public_id": "planned"}),
    ("see planned", "GET", "paper.calendar", {"public_id": "planned"}),
    ("name own delegates", "GET", "course.own_delegates", {"public_id": "planned"}),
    ("see the work", "GET", "conference.index", {"public_id": "bloc"}),
    ("see the work", "GET", "conference.workbook", {"public_id": "bloc"}),
    ("see the work", "GET", "action_item.index", {"public_id": "bloc"}),
    ("see the work", "GET", "action_item.workbook", {"public_id": "bloc"}),
    ("see the work", "GET", "action_item.show", {"public_id": "item"}),
    ("make item", "GET", "action_item.new", {"public_id": "bloc"}),
    ("make item", "GET", "action_item.from_remark", {"public_id": "remark"}),
    ("make item", "GET", "action_item.from_limitation", {"public_id": "limitation"}),
    ("make item", "GET", "action_item.edit", {"public_id": "item"}),
    *[("make item", "GET", f"action_step.{act}", {"public_id": "item"}) for act in ("cancel", "merge", "move_due")],
    ("report on U's part", "GET", "assignment.report", {"public_id": "part of U"}),
    ("close U's part", "GET", "assignment.send_back", {"public_id": "part of U"}),
    ("close U's part", "GET", "assignment.reopen", {"public_id": "closed part of U"}),
    ("close L's part", "GET", "assignment.send_back", {"public_id": "part of L"}),
    *[("manage U's account", "GET", f"account.{act}", {"public_id": "account of U"})
      for act in ("detail", "edit", "reset", "disable", "enable")],
    ("manage own authority's accounts", "GET", "account.index", {}),
    ("manage own authority's accounts", "GET", "account.new", {}),
    ("name acting head", "GET", "acting_head.new", {"public_id": "account of U"}),
    ("name acting head", "GET", "acting_head.end", {"public_id": "account of U"}),
    ("keep own authority's units", "GET", "acting_head.index", {}),
    ("keep own authority's units", "GET", "bloc.new", {}),
    *[("keep own authority's units", "GET", f"unit.{page}", {}) for page in ("index", "new", "workbook")],
    ("see own authority", "GET", "authority.show", {}),
    ("see own authority", "GET", "authority.edit", {}),
    ("see a unit's page", "GET", "unit.show", {"public_id": "unit"}),
    *[("keep a unit", "GET", f"unit.{act}", {"public_id": "unit"})
      for act in ("close", "correct", "edit", "rename", "spelling")],
    *[("work", "GET", endpoint, {}) for endpoint in (
        "account.show", "account.password", "bloc.index", "bloc.workbook", "help.index", "work.index")],
    ("open to all", "GET", "session.sign_in", {}),
    ("open to all", "GET", "help.health", {}),
    *reporting.ROUTES,
    *ranking.ROUTES,
    ("keep a unit", "POST", "unit.remove_spelling", {"public_id": "unit", "spelling_id": "spelling"}),
    ("write conference", "POST", "course.roster", {"public_id": "planned"}),
    ("write conference", "POST", "course.all_present", {"public_id": "held"}),
    ("write conference", "POST", "course.move",
     {"public_id": "held", "part": "=agenda", "row_id": "agenda", "direction": "=up"}),
    ("write conference", "POST", "course.delete", {"public_id": "held", "part": "=agenda", "row_id": "agenda"}),
    ("write conference", "GET", "course.restore", {"public_id": "held", "part": "=agenda", "row_id": "agenda"}),
    ("name own delegates", "POST", "course.withdraw", {"public_id": "planned", "row_id": "own delegate"}),
    ("read sent minutes", "POST", "course.comment", {"public_id": "sent"}),
    ("make item", "POST", "action_item.from_all", {"public_id": "held"}),
    ("make item", "POST", "assignment.add", {"public_id": "item"}),
    ("make item", "GET", "assignment.release", {"public_id": "part of U"}),
    ("close L's part", "POST", "assignment.close", {"public_id": "part of L"}),
    ("close U's part", "POST", "assignment.close", {"public_id": "part of U"}),
    ("work", "POST", "account.theme", {}),
    ("work", "POST", "session.sign_out", {}),
]

#: Endpoints without a row above, each with its reason.
REVIEWED = {"static": "styles, scripts and fonts of the program itself, the same for everybody"}
