"""The gallery's one page: thumbnails with filters, no network, no other file but the pictures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawn view; the paths are relative to the page."""

    file: str
    small: str
    screen: str
    language: str
    theme: str
    size: str
    manner: str


_FILTERS = ("screen", "language", "theme", "size", "manner")
_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Daozhen: every screen</title>
<style>
body {{ font: 16px/1.5 "Noto Sans CJK SC", sans-serif; margin: 0; background: #FAF6EF; color: #1B2733; }}
header {{ position: sticky; top: 0; background: #FFF; border-bottom: 2px solid #E5DDCF; padding: 12px 24px; }}
label {{ margin-right: 16px; }}
select {{ font: inherit; padding: 4px; }}
main {{ display: flex; flex-wrap: wrap; gap: 16px; padding: 24px; align-items: flex-start; }}
figure {{ margin: 0; width: 240px; }}
img {{ width: 240px; border: 1px solid #7086A2; }}
figcaption {{ font-size: 13px; overflow-wrap: anywhere; }}
pre {{ white-space: pre-wrap; padding: 0 24px; color: #A8172D; }}
</style>
<header>{filters}<span id="count" role="status"></span></header>
<pre>{problems}</pre>
<main id="pictures"></main>
<script>
const pictures = {pictures};
const names = {names};
const most = 400;
function show() {{
  const chosen = Object.fromEntries(names.map(name => [name, document.getElementById(name).value]));
  const fitting = pictures.filter(one => names.every(name => chosen[name] === "" || one[name] === chosen[name]
      || (name === "screen" && one.screen.startsWith(chosen.screen + "-"))));
  document.getElementById("count").textContent = fitting.length + " pictures" +
      (fitting.length > most ? ", the first " + most + " are shown" : "");
  document.getElementById("pictures").replaceChildren(...fitting.slice(0, most).map(one => {{
    const words = names.map(name => one[name]).join(" · ");
    const figure = document.createElement("figure");
    const link = figure.appendChild(document.createElement("a"));
    link.href = one.file;
    const image = link.appendChild(document.createElement("img"));
    image.loading = "lazy";
    image.src = one.small;
    image.alt = words;
    figure.appendChild(document.createElement("figcaption")).textContent = words;
    return figure;
  }}));
}}
document.querySelectorAll("select").forEach(select => select.addEventListener("change", show));
show();
</script>
</html>
"""


def write_page(folder: Path, pictures: Sequence[Picture], problems: Sequence[str]) -> Path:
    """index.html beside the pictures; what the checks found stands above them."""
    rows = [{name: getattr(picture, name) for name in ("file", "small", *_FILTERS)} for picture in pictures]
    page = _PAGE.format(
        filters="".join(_filter(name, pictures) for name in _FILTERS),
        problems=escape("\n".join(problems)),
        pictures=json.dumps(rows, ensure_ascii=False).replace("</", "<\\/"),
        names=json.dumps(_FILTERS),
    )
    file = folder / "index.html"
    file.write_text(page, encoding="utf-8")
    return file


def _filter(name: str, pictures: Sequence[Picture]) -> str:
    values = dict.fromkeys(str(getattr(picture, name)) for picture in pictures)
    options = "".join(f"<option>{escape(value)}</option>" for value in values)
    return f'<label>{name} <select id="{name}"><option value="">all</option>{options}</select></label>'
