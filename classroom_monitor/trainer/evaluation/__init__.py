"""Evaluation that tells how far a model is to be trusted: curves, bounds, reports."""
