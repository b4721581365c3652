"""Timelines of sessions: computed, stored, exported. No Qt, no pictures."""
