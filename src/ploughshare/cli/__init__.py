"""The command line: one module for each command, loaded when it is asked for. ``ploughshare --help`` lists them.

Wrong use of a command exits with 64, so that 1 to 4 keep their meanings.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click

from ploughshare import __version__
from ploughshare.errors import PloughshareError

WRONG_USE = 64
#: Command → the module that holds it and the line of help shown in the list.
COMMANDS = {
    "act": ("ploughshare.cli.act", "Put on the record what was done, dispute it, or take it back."),
    "add": ("ploughshare.cli.add", "Take resolutions into a library."),
    "agenda": ("ploughshare.cli.agenda", "The agenda that resolutions ordered for a session."),
    "agreed": ("ploughshare.cli.agreed", "Where a sentence, or each paragraph of a draft, has been said before."),
    "arrangements": ("ploughshare.cli.arrangements", "What verifies what already: safeguards, bodies, agreements, partnerships."),
    "calendar": ("ploughshare.cli.calendar", "What is due, as a file for calendar programs."),
    "commitments": ("ploughshare.cli.commitments", "Where undertakings that no resolution made stand: articles, steps, actions."),
    "compare": ("ploughshare.cli.compare", "Two texts side by side, or a whole series."),
    "declare": ("ploughshare.cli.declare", "Commit to an inventory, open it field by field, check what others open."),
    "differences": ("ploughshare.cli.differences", "Where the texts of one resolution ask for different things."),
    "due": ("ploughshare.cli.due", "What wants an act, of whom, by when."),
    "fetch": ("ploughshare.cli.fetch", "Get a document by its symbol from the UN's document service."),
    "key": ("ploughshare.cli.key", "Make and show keys, and introduce authors to the record."),
    "publish": ("ploughshare.cli.publish", "Write the site of a library as a folder of files."),
    "read": ("ploughshare.cli.read", "Say who must do what by when in resolutions of any official language."),
    "rebuild": ("ploughshare.cli.rebuild", "Derive everything anew from the originals and the record."),
    "record": ("ploughshare.cli.record", "The append-only record: sign, prove, verify, audit, compare, cosign."),
    "sample": ("ploughshare.cli.sample", "How many items to inspect, which, and what may honestly be said afterwards."),
    "search": ("ploughshare.cli.search", "Find paragraphs by their words, narrowed down by facets."),
    "series": ("ploughshare.cli.series", "The history of a subject, and what changed from text to text."),
    "serve": ("ploughshare.cli.serve", "Show a library in a browser."),
    "state": ("ploughshare.cli.state", "Show a State: its names, its group, its treaties."),
    "status": ("ploughshare.cli.status", "Where what a resolution asks stands."),
    "treaties": ("ploughshare.cli.treaties", "Take newer tables of treaty actions into the library."),
    "treaty": ("ploughshare.cli.treaty", "Show who signed and joined a treaty, who is missing, and whether it is in force."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported only when they run, so that ``--version`` and ``--help`` answer at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of the commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of a name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands for the help page, without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in sorted(COMMANDS.items())])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ploughshare")
def ploughshare() -> None:
    """From the text of a United Nations resolution to the deed, and to the proof of the deed."""


def main() -> None:
    """Run the command line; the exit status says how it went."""
    try:
        status = ploughshare.main(prog_name="ploughshare", standalone_mode=False)
    except click.UsageError as error:
        error.show()
        status = WRONG_USE
    except click.ClickException as error:
        error.show()
        status = 1
    except PloughshareError as error:
        click.echo(str(error), err=True)
        status = 1
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing left to say, and no traceback to say it with.
        sys.stderr.close()
        status = 0
    except OSError as error:
        click.echo(f"{error.filename or 'a file'}: {error.strerror}; check that it is there and may be read and written", err=True)
        status = 1
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        status = 130
    sys.exit(status if isinstance(status, int) else 0)
