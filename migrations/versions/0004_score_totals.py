"""Sums of a unit's points, kept

They are derived: the program adds up what is missing when it is asked, and keeps it with the next change of points.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "score_total",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("main", sa.BigInteger(), nullable=False),
        sa.Column("bonus", sa.BigInteger(), nullable=False),
        sa.Column("penalty", sa.BigInteger(), nullable=False),
        sa.Column("maximum", sa.BigInteger(), nullable=False),
        sa.Column("own_total", sa.BigInteger(), nullable=True),
        sa.Column("bloc_total", sa.BigInteger(), nullable=True),
        sa.Column("blank", sa.Integer(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("class_name", sa.String(length=100), nullable=False),
        sa.Column("class_note", sa.Text(), nullable=False),
        sa.Column("groups", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_score_total_submission_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_score_total")),
        sa.UniqueConstraint("public_id", name=op.f("uq_score_total_public_id")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_score_total_submission_id")),
    )


def downgrade() -> None:
    op.drop_table("score_total")
