"""Opens Qt and says on which platform: run as a program, since Qt ends one without a display."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication


def main() -> None:
    """Write the platform's name on stdout."""
    application = QApplication([])
    sys.stdout.write(application.platformName())


if __name__ == "__main__":
    main()
