"""Findings: concerns, recommendations, undertakings, decisions and follow-ups with quotes."""

from models.findings.finder import SentenceFindings, findings_engine

__all__ = ["SentenceFindings", "findings_engine"]
