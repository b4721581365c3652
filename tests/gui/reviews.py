"""Shows a session on the sessions page without a store behind it."""

from classroom_monitor.gui.review import load_review
from classroom_monitor.gui.services import StoredSession
from classroom_monitor.gui.sessions_page import SessionsPage


def show_stored(page: SessionsPage, session: StoredSession) -> None:
    """Show a session as if it had just been read."""
    page.opened.on_loaded(load_review(lambda _: session, session.info.session_id))
