"""Matters Arising: who said what in council meetings, and what became of every recommendation."""

__version__ = "0.1.0"
