"""`kiosk outbox`: for the person who looks after the machines."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.domain.errors import ConfigError, StoreBusy, StoreFull
from kiosk.domain.outbox import Lane

if TYPE_CHECKING:
    from kiosk.config import Config

outbox = typer.Typer(no_args_is_help=True, help="What must still be delivered: look at it, send it again, give it up.")

ConfigOption = Annotated[Path | None, typer.Option("--config", help="settings file (TOML); without it the defaults")]
Key = Annotated[str, typer.Argument(help="a key as `kiosk outbox list` shows it")]


def _exit_with(config: Path | None, work: Callable[[Config], int]) -> typer.Exit:
    from kiosk.config import load_config

    try:
        return typer.Exit(work(load_config(config)))
    except (ConfigError, StoreBusy, StoreFull) as error:
        print(f"kiosk: {error or type(error).__name__}", file=sys.stderr)  # noqa: T201
        return typer.Exit(2)


@outbox.command("list")
def outbox_list(
    lane: Annotated[Lane | None, typer.Option(help="only what goes there")] = None, config: ConfigOption = None
) -> None:
    """List what is not delivered yet, and why, without a word of a patient; exit code 1 when a visit was refused."""
    from kiosk.outbox_tools import show_list

    raise _exit_with(config, lambda settings: show_list(settings, lane))


@outbox.command("show")
def outbox_show(
    key: Key,
    content: Annotated[bool, typer.Option(help="all of it, with the patient's words; that is written down")] = False,
    config: ConfigOption = None,
) -> None:
    """Show one message: what kind of visit it is, its tries, and what was done to it by hand."""
    from kiosk.outbox_tools import show_one

    raise _exit_with(config, lambda settings: show_one(settings, key, content=content))


@outbox.command("retry")
def outbox_retry(
    keys: Annotated[list[str] | None, typer.Argument(help="keys as `kiosk outbox list` shows them")] = None,
    every: Annotated[bool, typer.Option("--all", help="all visits that were refused")] = False,
    config: ConfigOption = None,
) -> None:
    """Send visits again, after what they were refused for was mended; a running kiosk does it at once."""
    from kiosk.outbox_tools import retry

    if bool(keys) == every:
        raise typer.BadParameter("name keys, or --all for every visit that was refused")
    raise _exit_with(config, lambda settings: retry(settings, keys or ()))


@outbox.command("drop")
def outbox_drop(
    key: Key,
    yes: Annotated[bool, typer.Option("--yes", help="without typing the key again")] = False,
    config: ConfigOption = None,
) -> None:
    """Give one message up for good: the hospital system will never get it. Who did it is written down."""
    from kiosk.outbox_tools import drop

    def typed() -> bool:
        return str(typer.prompt("type the key again to drop it")).strip() == key

    raise _exit_with(config, lambda settings: drop(settings, key, (lambda: True) if yes else typed))
