"""Scores of engines on labelled material, with the figures of the benchmarks' own scorers."""
