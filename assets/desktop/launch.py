"""The script that PyInstaller makes the desktop bundle's executable of."""

from classroom_monitor.desktop import main

if __name__ == "__main__":
    main()
