"""Faults that are made for real, and what is left of the lecture afterwards."""
