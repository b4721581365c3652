"""Measures this machine: each stage, each engine, end to end, on built-in material. No Qt."""
