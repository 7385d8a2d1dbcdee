"""What a unit's form says beside its lines: whose it is, for when, what may be written in it."""

from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.blocs import BlocKind
from tracker.domain.form_sheet import FormKeys, FormMovement
from tracker.domain.periods import Period


@dataclass(frozen=True)
class FormAbout:
    """The frame of one form; moments in the authority's zone.

    `writable`: the unit holds the submission and the period is open, else the form is to read only. `returned_only`:
    of a returned submission only the named places are open. `blank`: made by the secretariat for a unit whose draft
    it may not read, so without the unit's own words and figures.
    """

    keys: FormKeys
    bloc_name: str
    unit_name: str
    period: Period
    due_at: datetime
    locks_at: datetime
    extended_to: datetime | None
    made_on: date
    asks_figures: bool = True
    writable: bool = True
    returned_only: bool = False
    blank: bool = False
    illustration: bool = False
    note: str | None = None
    movements: tuple[FormMovement, ...] = ()
    bloc_kind: BlocKind = BlocKind.KHOI
