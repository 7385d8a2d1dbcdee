"""The six sheets of one conference's workbook; tracker/exports/conference_workbook.py binds them."""
