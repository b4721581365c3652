"""Classroom Monitor: how a lecture room looks, as a group, second by second."""

__version__ = "0.1.0"
