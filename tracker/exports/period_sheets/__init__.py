"""Sheets of a period's results: one file a sheet, each drawn into a given book."""
