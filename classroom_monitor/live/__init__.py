"""Running sessions: threads that join vision to sessions. No Qt."""
