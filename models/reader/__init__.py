"""The optional language-model reader: findings that any OpenAI-compatible endpoint points at.

Off unless the operator turns it on. What it says is a claim, never a finding: only words that
stand verbatim in the sentence it was asked about become one.
"""
