"""The sheets of a ranking, one module a sheet."""
