"""``arcbatt completion``: the script that makes a shell complete."""

from __future__ import annotations

import click
from click.shell_completion import ShellComplete, get_completion_class

__all__ = ["command"]


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the script that makes a shell complete commands, options, sets, tasks and programs.

    \b
    bash   arcbatt completion bash > ~/.local/share/bash-completion/completions/arcbatt
    zsh    arcbatt completion zsh > ~/.zfunc/_arcbatt, with ~/.zfunc in fpath before compinit
    fish   arcbatt completion fish > ~/.config/fish/completions/arcbatt.fish

    Start a new shell afterwards.
    """
    from arcbatt.cli.group import COMPLETE_VARIABLE, cli

    kind = get_completion_class(shell)
    assert kind is not None
    # Not the class's own source(), which runs bash to look at its version.
    click.echo(ShellComplete.source(kind(cli, {}, "arcbatt", COMPLETE_VARIABLE)))
