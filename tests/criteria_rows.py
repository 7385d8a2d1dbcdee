"""Criteria sets as rows, past the services; what a browser sends for a row."""

from tests.world import NOON, World
from tracker.db import db
from tracker.domain.criteria_tree import CriteriaTree, CriterionNode
from tracker.models.criteria import Band, CriteriaSet, Criterion
from tracker.services.recording import acting


def keep_tree(world: World, made: CriteriaTree, bloc: str = "B", **more: object) -> CriteriaSet:
    """A tree of plain values as rows, past the services."""
    kept = CriteriaSet(
        bloc=world.blocs[bloc], year=made.year, name=made.name, declared_total=made.declared_total, **more
    )

    def add(node: CriterionNode, parent: Criterion | None) -> None:
        names = ("number", "title", "part", "maximum", "unit_of_measure", "function", "direction", "band_basis",
                 "points_each", "limit_points", "floor_points", "evidence_required", "guidance")  # fmt: skip
        row = Criterion(criteria_set=kept, parent=parent, position=len(kept.criteria),
                        **{name: getattr(node, name) for name in names})  # fmt: skip
        row.bands = [Band(position=place, **vars(band)) for place, band in enumerate(node.bands)]
        for child in node.children:
            add(child, row)

    with acting(None, NOON):
        for root in made.criteria:
            add(root, None)
        db.session.add(kept)
    db.session.commit()
    return kept


def form_of(row: Criterion, **more: str) -> dict[str, str]:
    given = {
        "number": row.number, "title": row.title, "function": row.function.value if row.function else "",
        "part": row.part.value, "maximum": "" if row.maximum is None else str(row.maximum).replace(".", ","),
        "parent": row.parent.public_id if row.parent else "", "version": str(row.version),
    }  # fmt: skip
    return {**given, **more}
