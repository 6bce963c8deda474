"""`kiosk models`: fetch, check and choose speech and language models."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.domain.errors import AssetError, ConfigError

if TYPE_CHECKING:
    from kiosk.model_tools import ModelTools

models = typer.Typer(no_args_is_help=True, help="Fetch, check and choose speech and language models.")

ConfigOption = Annotated[Path | None, typer.Option("--config", help="settings file (TOML); without it the defaults")]
Names = Annotated[list[str], typer.Argument(help="names as `kiosk models list` shows them")]


def _tools(config: Path | None) -> ModelTools:
    from kiosk.adapters.models import load_manifest
    from kiosk.config import load_config
    from kiosk.model_tools import ModelTools

    try:
        return ModelTools(load_config(config), load_manifest())
    except (ConfigError, AssetError) as error:
        print(f"kiosk: {error}", file=sys.stderr)  # noqa: T201
        raise typer.Exit(2) from error


@models.command("list")
def models_list(
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document")] = False, config: ConfigOption = None
) -> None:
    """Show which models there are, which are on this machine, and which the settings name."""
    raise typer.Exit(_tools(config).list(as_json=as_json))


@models.command("pull")
def models_pull(
    names: Names,
    mirror: Annotated[str, typer.Option("--from", help="folder, file or address of a mirror")] = "",
    proxy: Annotated[str | None, typer.Option(help="its address; else HTTPS_PROXY of the environment")] = None,
    trust_anew: Annotated[
        bool, typer.Option(help="take a new digest where the manifest gives none and the known one no longer fits")
    ] = False,
    config: ConfigOption = None,
) -> None:
    """Fetch models; a pull that was cut off goes on where it ended."""
    raise typer.Exit(_tools(config).pull(names, mirror, proxy, trust_anew=trust_anew))


@models.command("verify")
def models_verify(
    names: Annotated[list[str] | None, typer.Argument(help="only these; else all on this machine")] = None,
    config: ConfigOption = None,
) -> None:
    """Read every file of the models again, and name what is wrong and the command that mends it."""
    raise typer.Exit(_tools(config).verify(names or ()))


@models.command("remove")
def models_remove(
    names: Names,
    force: Annotated[bool, typer.Option(help="also a model that the settings name")] = False,
    config: ConfigOption = None,
) -> None:
    """Delete fetched models and what has come of unfinished ones."""
    raise typer.Exit(_tools(config).remove(names, force=force))


@models.command("recommend")
def models_recommend(
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document")] = False, config: ConfigOption = None
) -> None:
    """Look at this machine, and say which models suit it, why, and what to write into the settings."""
    raise typer.Exit(_tools(config).recommend(as_json=as_json))
