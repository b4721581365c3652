"""`python -m classroom_monitor`: the same as the installed command."""

from classroom_monitor.cli import main

if __name__ == "__main__":
    main()
