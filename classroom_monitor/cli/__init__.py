"""The command line: one program, `classroom-monitor`, with a command for each task.

Every command exits with 0 on success, 1 on a problem the user can mend (one line on stderr) and 2
on wrong usage. With --json exactly one JSON document goes to stdout; all else goes to stderr.
"""

from __future__ import annotations

import importlib
import logging

import click

from classroom_monitor import __version__
from classroom_monitor.cli.output import NativeStderr, problems_to_exit_code
from classroom_monitor.own_process import leave_no_memory_dump, trust_no_working_folder

COMMANDS = {
    "analyze": "record",
    "audit": "keeping",
    "backup": "keeping",
    "bench": "bench",
    "bench-part": "bench_part",
    "cameras": "machine",
    "classify": "pictures",
    "delete": "review",
    "demo": "record",
    "doctor": "machine",
    "evaluate": "evaluation",
    "export": "export",
    "faces": "pictures",
    "models": "models",
    "purge": "keeping",
    "restore": "keeping",
    "sessions": "review",
    "settings": "machine",
    "train": "training",
}
"""The module of cli/ that holds each command: only the one that runs is imported."""


class LazyCommands(click.Group):
    """A group whose commands are imported when used, so that each starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands' names for the help page."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command, or None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"classroom_monitor.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return command


@click.group(
    cls=LazyCommands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="classroom-monitor")
@click.option("--verbose", "-v", is_flag=True, help="Log what the program does on stderr.")
@click.pass_context
def command_line(ctx: click.Context, verbose: bool) -> None:
    """Watch a lecture room as a group: positive, neutral or negative, second by second.

    Without a command the window opens. The program shows groups, not people, keeps no pictures,
    and an expression is not an emotion.
    """
    logging.basicConfig(
        level=logging.INFO if verbose else logging.WARNING,
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    if ctx.invoked_subcommand is None:
        from classroom_monitor.cli.window import open_window

        ctx.exit(open_window())


def main() -> None:
    """Run the program; the entry point that the installed command calls."""
    trust_no_working_folder()
    leave_no_memory_dump()
    with NativeStderr(), problems_to_exit_code():
        command_line(prog_name="classroom-monitor")
