"""The `kiosk` command. Each command imports what it needs only when it runs, so that `kiosk run` is quick."""

from __future__ import annotations

import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kiosk.cli_models import models
from kiosk.cli_outbox import outbox
from kiosk.domain.errors import AssetError, ConfigError

if TYPE_CHECKING:
    from kiosk.config import LlmSettings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
knowledge = typer.Typer(no_args_is_help=True, help="Check, count and print the clinical content.")
llm = typer.Typer(no_args_is_help=True, help="The language model: one question, what runs here, how quick it is.")
bench = typer.Typer(no_args_is_help=True, help="Measure this machine; the last line holds the figures.")
his = typer.Typer(no_args_is_help=True, help="The hospital system: is it ready, and what is it sent.")
app.add_typer(knowledge, name="knowledge")
app.add_typer(bench, name="bench")
app.add_typer(llm, name="llm")
app.add_typer(models, name="models")
app.add_typer(his, name="his")
app.add_typer(outbox, name="outbox")

ModelOption = Annotated[str | None, typer.Option(help="another model than that of the settings: a name or a GGUF file")]
ConfigOption = Annotated[Path | None, typer.Option("--config", help="settings file (TOML); without it the defaults")]


class DemoLanguage(StrEnum):
    ZH = "zh"
    EN = "en"


class AskedTask(StrEnum):
    FINDINGS = "findings"
    REWORD = "reword"
    NOTE = "note"
    FAQ = "faq"
    TRANSLATE = "translate"


class EvaluatedPart(StrEnum):
    ALL = "all"
    TUNING = "tuning"
    HELD = "held"


def _or_exit_2(error: ConfigError | AssetError) -> typer.Exit:
    print(f"kiosk: {error}", file=sys.stderr)
    return typer.Exit(2)


@app.command()
def run(
    config: ConfigOption = None,
    windowed: Annotated[bool, typer.Option(help="a window on a desk PC; F11 switches")] = False,
) -> None:
    """Start the patient's kiosk with the configured or the demonstration hospital."""
    from kiosk.app import run_kiosk
    from kiosk.config import load_config

    try:
        raise typer.Exit(run_kiosk(load_config(config), windowed=windowed))
    except (ConfigError, AssetError) as error:
        raise _or_exit_2(error) from error


@app.command()
def demo(
    lang: Annotated[DemoLanguage, typer.Option(help="the patient's language")] = DemoLanguage.ZH,
    wav: Annotated[Path | None, typer.Option(help="what the patient says, 16 kHz mono 16-bit WAV")] = None,
    text: Annotated[str | None, typer.Option(help="what the patient types instead of speaking")] = None,
    emergency: Annotated[bool, typer.Option(help="a patient who must be seen at once")] = False,
    out: Annotated[Path, typer.Option(help="folder for pictures, slip and bundle")] = Path("build/demo"),
    config: ConfigOption = None,
) -> None:
    """Play one patient against the real application, without a display, and keep what came out."""
    from kiosk.config import load_config
    from kiosk.demo import Script, play

    try:
        raise typer.Exit(play(Script(lang.value, wav, text, emergency), out, load_config(config)))
    except (ConfigError, AssetError) as error:
        raise _or_exit_2(error) from error


@app.command()
def gallery(
    out: Annotated[Path, typer.Option(help="folder for the pictures and their page")] = Path("build/gallery"),
    screens: Annotated[list[str] | None, typer.Option(help="screen or state, also with a closing *; repeat it")] = None,
    languages: Annotated[
        list[str] | None, typer.Option(help="zh, en, zh-Hant, es, ar, or xx, which is longer than any")
    ] = None,
    themes: Annotated[list[str] | None, typer.Option(help="light, dark or contrast")] = None,
    sizes: Annotated[list[str] | None, typer.Option(help="such as 1080x1920")] = None,
    manners: Annotated[list[str] | None, typer.Option(help="normal, large, largest, low or largest-low")] = None,
    check: Annotated[bool, typer.Option(help="check sizes, texts, colours, keys and names as well")] = False,
    pictures: Annotated[bool, typer.Option(help="draw the pictures")] = True,
) -> None:
    """Draw every screen in every language, theme and size, without a display, and check them."""
    from kiosk.gallery.command import UnknownChoice, plan
    from kiosk.gallery.command import gallery as show

    try:
        wanted = plan(screens or (), languages or (), themes or (), sizes or (), manners or ())
    except UnknownChoice as error:
        raise typer.BadParameter(str(error)) from error
    raise typer.Exit(show(wanted, out, draw=pictures, check=check))


@app.command()
def assess(
    file: Annotated[str, typer.Argument(help="file of JSON lines, or - for standard input")] = "-",
    lang: Annotated[DemoLanguage | None, typer.Option(help="language of lines that do not say theirs")] = None,
    model: Annotated[str, typer.Option(help="language model that takes part: off, builtin or a name")] = "off",
    explain: Annotated[bool, typer.Option(help="say what pushed each condition up or down")] = False,
) -> None:
    """Triage complaints from JSON lines, for back-testing on a hospital's own records."""
    from kiosk.assess import assess_file

    try:
        raise typer.Exit(assess_file(file, lang.value if lang else None, model, explain=explain))
    except AssetError as error:
        raise _or_exit_2(error) from error


@app.command()
def evaluate(
    files: Annotated[list[Path], typer.Argument(help="files or folders of cases (JSON lines)")],
    out: Annotated[Path, typer.Option(help="folder for figures, pictures and mistakes")] = Path("build/evaluation"),
    part: Annotated[EvaluatedPart, typer.Option(help="which half of each set")] = EvaluatedPart.ALL,
    reveal: Annotated[bool, typer.Option(help="list the mistakes of the held-back half too")] = False,
    model: Annotated[str, typer.Option(help="language model that takes part: off, builtin or a name")] = "off",
) -> None:
    """Measure triage, departments, findings, differential and questions on cases with known answers."""
    from kiosk.evaluation.cases import Part
    from kiosk.evaluation.command import evaluate as measure

    parts = list(Part) if part is EvaluatedPart.ALL else [Part(part.value)]
    try:
        raise typer.Exit(measure(files, out, parts=parts, reveal=reveal, model=model))
    except AssetError as error:
        raise _or_exit_2(error) from error


@app.command()
def doctor(config: ConfigOption = None) -> None:
    """Test every setting before the kiosk is left alone, and name the fix for what is wrong."""
    from kiosk.config import load_config
    from kiosk.doctor import examine, report

    try:
        settings = load_config(config)
    except ConfigError as error:
        raise _or_exit_2(error) from error
    raise typer.Exit(report(examine(settings)))


@his.command("check")
def his_check(config: ConfigOption = None) -> None:
    """Try the real connection step by step and name the fix for what is missing; nothing is delivered."""
    from kiosk.config import load_config
    from kiosk.his_tools import check

    try:
        raise typer.Exit(check(load_config(config)))
    except (ConfigError, AssetError) as error:
        raise _or_exit_2(error) from error


@his.command("preview")
def his_preview(
    as_json: Annotated[bool, typer.Option("--json", help="the whole of it instead of a table")] = False,
    emergency: Annotated[bool, typer.Option(help="a patient who must be seen at once")] = False,
    config: ConfigOption = None,
) -> None:
    """Show what the hospital system would be sent for a made-up visit; nothing is sent."""
    from kiosk.config import load_config
    from kiosk.his_tools import preview

    try:
        raise typer.Exit(preview(load_config(config), as_json=as_json, emergency=emergency))
    except (ConfigError, AssetError) as error:
        raise _or_exit_2(error) from error


@his.command("jwks")
def his_jwks(config: ConfigOption = None) -> None:
    """Print the public part of his.client_key_file as a JSON Web Key Set, which the hospital registers."""
    from kiosk.config import load_config
    from kiosk.his_tools import jwks

    try:
        raise typer.Exit(jwks(load_config(config)))
    except ConfigError as error:
        raise _or_exit_2(error) from error


@app.command()
def listen(
    devices: Annotated[bool, typer.Option("--devices", help="only list the microphones, for speech.device")] = False,
    device: Annotated[str | None, typer.Option(help="another microphone than that of the settings")] = None,
    wav: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="a recording instead")] = None,
    language: Annotated[DemoLanguage, typer.Option(help="what is spoken")] = DemoLanguage.ZH,
    grammar: Annotated[str, typer.Option(help="only these phrases, between commas; answers: yes, no, not sure")] = "",
    times: Annotated[int, typer.Option(min=0, help="so many utterances; 0 goes on until Ctrl-C")] = 0,
    config: ConfigOption = None,
) -> None:
    """Show what the kiosk hears: level, words as they come, what became of it, and how long it took."""
    from dataclasses import replace

    from kiosk.config import load_config
    from kiosk.domain.language import Language
    from kiosk.listen import Wanted, phrases_of, show_devices
    from kiosk.listen import listen as hear

    if devices:
        raise typer.Exit(show_devices())
    spoken = Language(language.value)
    try:
        settings = load_config(config)
    except ConfigError as error:
        raise _or_exit_2(error) from error
    if device is not None:
        settings = replace(settings, speech=replace(settings.speech, device=device))
    raise typer.Exit(hear(settings, Wanted(spoken, wav, phrases_of(grammar, spoken), times)))


@app.command(hidden=True)
def worker(name: str) -> None:
    """Run one worker in this process, as a frozen build starts itself."""
    from kiosk.workers.__main__ import run_worker

    raise typer.Exit(run_worker(name))


@knowledge.command("lint")
def knowledge_lint(
    strict: Annotated[bool, typer.Option(help="a warning is an error")] = False,
    notes: Annotated[bool, typer.Option(help="name what is usually meant as well")] = False,
    check: Annotated[str | None, typer.Option(help="only this check, for example jargon")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON document")] = False,
) -> None:
    """Read every content file as a careful colleague would; exit code 1 when something must not ship."""
    from kiosk import paths
    from kiosk.knowledge_review.content import load_content
    from kiosk.knowledge_review.lint import lint

    try:
        content = load_content(paths.assets())
    except AssetError as error:
        raise _or_exit_2(error) from error
    report = lint(content) if check is None else lint(content).only(check)
    if as_json:
        print(report.as_json())
    else:
        for line in report.lines(notes):
            print(line)
        print(f"{content.counts()}: {report.summary()}")
    raise typer.Exit(report.exit_code(strict))


@knowledge.command("stats")
def knowledge_stats(as_json: Annotated[bool, typer.Option("--json", help="one JSON document")] = False) -> None:
    """Count the content by kind, file, department, level, review state and source."""
    from kiosk import paths
    from kiosk.knowledge_review.content import load_content
    from kiosk.knowledge_review.stats import stats

    try:
        figures = stats(load_content(paths.assets()))
    except AssetError as error:
        raise _or_exit_2(error) from error
    print(figures.as_json() if as_json else "\n".join(figures.lines()))


@knowledge.command("sheet")
def knowledge_sheet(
    department: Annotated[str, typer.Option(help="code of a department, or all")] = "all",
    out: Annotated[Path, typer.Option(help="folder for the sheets")] = Path("build/sheets"),
    lang: Annotated[str, typer.Option(help="zh, en or both")] = "both",
    pdf: Annotated[bool, typer.Option(help="a PDF for paper beside each page")] = False,
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="date on the sheets; today")] = None,
) -> None:
    """Print what a department's clinicians review and sign, one page for a browser per department."""
    from kiosk import paths
    from kiosk.adapters.clock import SystemClock
    from kiosk.knowledge_review.content import load_content
    from kiosk.knowledge_review.printing import print_sheets
    from kiosk.knowledge_review.render import Edition, SheetLanguage

    if lang not in list(SheetLanguage):
        raise typer.BadParameter(f"{lang!r} is none of {', '.join(SheetLanguage)}", param_hint="--lang")
    try:
        content = load_content(paths.assets())
    except AssetError as error:
        raise _or_exit_2(error) from error
    codes = tuple(content.base.departments) if department == "all" else (department,)
    if not content.base.departments.keys() >= set(codes):
        raise typer.BadParameter(f"there is no {department!r}; codes stand in departments.yaml")
    edition = Edition(content.version, (day or SystemClock().now().astimezone()).date(), SheetLanguage(lang))
    for line in print_sheets(content, codes, edition, out, pdf=pdf):
        print(line)


@bench.command("start")
def bench_start(runs: Annotated[int, typer.Option(min=1, help="how often to start")] = 10) -> None:
    """Time to the first frame and to a screen that takes a touch, and memory without models."""
    from kiosk.bench.start import measure_start

    raise typer.Exit(measure_start(runs))


@bench.command("frames")
def bench_frames(
    rounds: Annotated[int, typer.Option(min=1, help="visits alone and visits beside the load, by turns")] = 4,
    model: Annotated[Path | None, typer.Option(exists=True, help="GGUF file for the load; else one of noise")] = None,
    here: Annotated[bool, typer.Option(help="on this session's display instead of in cage without a panel")] = False,
) -> None:
    """Gaps between frames, and touch to pixels, while speech and the language model work at full load."""
    from kiosk.bench.frames import measure_frames

    raise typer.Exit(measure_frames(rounds, model, here=here))


@bench.command("speech")
def bench_speech(
    rounds: Annotated[int, typer.Option(min=1, help="how often to compare with bare Vosk")] = 10,
    utterances: Annotated[int, typer.Option(min=2, help="sentences for the growth of memory")] = 1000,
    config: ConfigOption = None,
) -> None:
    """The recogniser behind its pipe against bare Vosk on the same audio, words after speech, memory."""
    from kiosk.bench.speech import measure_speech
    from kiosk.config import load_config

    try:
        raise typer.Exit(measure_speech(load_config(config), rounds, utterances))
    except ConfigError as error:
        raise _or_exit_2(error) from error


@bench.command("typing")
def bench_typing(
    files: Annotated[list[Path] | None, typer.Argument(help="complaints with their pinyin; tests/data/typing")] = None,
) -> None:
    """How often pinyin becomes the complaint that was meant, with and without slips, and the time for a key."""
    from kiosk.typing_bench import measure_typing

    try:
        raise typer.Exit(measure_typing(files or sorted(Path("tests/data/typing").glob("*.tsv"))))
    except (AssetError, OSError) as error:
        print(f"kiosk: {error}", file=sys.stderr)
        raise typer.Exit(2) from error


def _llm_settings(config: Path | None, model: str | None) -> LlmSettings:
    from dataclasses import replace

    from kiosk.adapters.llm.model_files import with_file
    from kiosk.adapters.models import Shelf
    from kiosk.config import load_config

    try:
        settings = load_config(config)
    except ConfigError as error:
        raise _or_exit_2(error) from error
    wanted = replace(settings.llm, model=model, server="") if model else settings.llm
    return with_file(wanted, Shelf(settings.models_folder()))


@llm.command("ask")
def llm_ask(
    text: Annotated[str, typer.Argument(help="what a patient says")],
    lang: Annotated[DemoLanguage | None, typer.Option(help="its language; guessed without")] = None,
    free: Annotated[bool, typer.Option(help="write on freely instead of reading findings")] = False,
    task: Annotated[AskedTask | None, typer.Option(help="what an instruct model is asked to do")] = None,
    passages: Annotated[Path | None, typer.Option(exists=True, help="for --task faq: the texts, one a line")] = None,
    model: ModelOption = None,
    config: ConfigOption = None,
) -> None:
    """Show what the language model reads in one text."""
    from kiosk.domain.language import Language
    from kiosk.llm_tools import ask

    language = Language(lang.value) if lang else None
    if task is not None:
        from kiosk.llm_tasks import do_task

        try:
            raise typer.Exit(do_task(task.value, text, _llm_settings(config, model), language, passages))
        except AssetError as error:
            raise _or_exit_2(error) from error
    raise typer.Exit(ask(text, _llm_settings(config, model), language, free=free))


@llm.command("info")
def llm_info(model: ModelOption = None, config: ConfigOption = None) -> None:
    """Show which model, engine, threads and graphics card would be used, after trying them."""
    from kiosk.llm_tools import info

    raise typer.Exit(info(_llm_settings(config, model)))


@llm.command("bench")
def llm_bench(
    runs: Annotated[int, typer.Option(min=1, help="how often to measure")] = 10,
    model: ModelOption = None,
    config: ConfigOption = None,
) -> None:
    """Tokens per second against bare llama.cpp, first token with and without its prefix kept, cancelling, reading."""
    from kiosk.llm_tools import measure

    raise typer.Exit(measure(_llm_settings(config, model), runs))


@bench.command("llm")
def bench_llm(
    runs: Annotated[int, typer.Option(min=1, help="how often to measure")] = 10,
    model: ModelOption = None,
    config: ConfigOption = None,
) -> None:
    """The same as `kiosk llm bench`."""
    llm_bench(runs, model, config)
