"""The sheets of the unit's form (domain/form_sheet.py), to be filled in and sent back."""
