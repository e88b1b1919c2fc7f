"""The Markdown of the hostile catalogs as cmark-gfm (GitHub's own library), Python-Markdown with the
options of MkDocs, and with the extensions that Material recommends, show it: each text is seen
where it belongs, and nothing of it became an element, an attribute or a link. Never looks at the
source of a page but to pass it on."""

import html.parser
import json
import pathlib
import re
import sys

import cmarkgfm
import markdown
from cmarkgfm.cmark import Options

MKDOCS = ["toc", "tables", "fenced_code"]
# https://squidfunk.github.io/mkdocs-material/setup/extensions/, and two more that others use.
MATERIAL = ["abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"] + [
    f"pymdownx.{name}"
    for name in (
        "arithmatex betterem blocks.admonition blocks.details caret critic details emoji highlight "
        "inlinehilite keys magiclink mark snippets superfences tabbed tasklist tilde"
    ).split()
]
RENDERERS = {
    "cmark-gfm": lambda page: cmarkgfm.github_flavored_markdown_to_html(
        page, options=Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    ),
    "MkDocs": lambda page: markdown.markdown(page, extensions=MKDOCS),
    "Material": lambda page: markdown.markdown(page, extensions=MATERIAL),
}

ELEMENTS = set("h1 h2 h3 p strong a code span wbr ul li pre table thead tbody tr th td div".split())
ATTRIBUTES = {"id", "class", "align", "style", "lang"}
BLOCKS = {"h1", "h2", "h3", "p", "li", "td", "th", "pre"}


class Page(html.parser.HTMLParser):
    """The blocks of a page, as pairs of a name and a text; anything unexpected fails."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str]] = []
        self.open: list[list[str]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, name, attributes):
        assert name in ELEMENTS, f"<{name}> {attributes}"
        for key, value in attributes:
            assert key in ATTRIBUTES or (key == "href" and value.startswith("#")), f"{key}={value}"
        if name != "wbr":
            self.open.append([name, ""])

    def handle_endtag(self, name):
        while name != "wbr":
            closed, text = self.open.pop()
            if closed in BLOCKS:
                self.blocks.append((closed, text))
            elif self.open:
                self.open[-1][1] += text
            if closed == name:
                break

    def handle_data(self, text):
        if self.open:
            self.open[-1][1] += text
        else:
            assert not text.strip(" \n"), f"text outside of blocks: {text}"

    def handle_comment(self, text):
        raise AssertionError(f"a comment: {text}")

    handle_decl = handle_pi = unknown_decl = handle_comment

    def texts(self, name: str) -> list[str]:
        return [spaced(text) for block, text in self.blocks if block == name]


def spaced(text: str) -> str:
    return re.sub(r"[ \t\n\r\f]+", " ", text).strip(" ")


def seen(text: str) -> str:
    """What a reader sees of a text: its code spans without their backticks."""

    def code(match):
        inside = match.group(2)
        is_padded = inside.startswith(" ") and inside.endswith(" ") and inside.strip(" ")
        return inside[1:-1] if is_padded else inside

    return spaced(re.sub(r"(?<!`)(`+)(?!`)(.*?(?<!`))\1(?!`)", code, text, flags=re.S))


def sentence(text: str) -> str:
    return seen(text if text.endswith(tuple(".!?…。！？:;")) else text + ".")


def check_page(page: Page, text: str) -> None:
    assert page.texts("h1")[0] == seen(text)
    assert page.texts("h2")[1] == seen(text)
    assert page.texts("p")[0] == seen(text)
    assert page.texts("td")[2:4] == [seen(text)] * 2
    assert f"HTTP 400. {sentence(text)} {sentence(text)}" in page.texts("p")


def check_errors(page: Page, catalog: dict) -> int:
    cells, count = page.texts("td"), 0
    paragraphs = set(page.texts("p"))
    for surface in catalog["surfaces"]:
        columns = 5 if any("code" in error for error in surface["errors"]) else 4
        for error in surface["errors"]:
            row, cells = cells[:columns], cells[columns:]
            assert row[-3:-1] == [seen(error["meaning"]), seen(error["fix"])], (row, error)
            for text in error.get("doc", "").split("\n\n"):
                assert not text or seen(text) in paragraphs, text
            note = error.get("deprecated", {}).get("note")
            says = f"Deprecated since 1.0.0. Use c1 instead. {sentence(note)}" if note else None
            assert says is None or says in paragraphs, says
            count += 1
    return count


folder = pathlib.Path(sys.argv[1])
for name, render in RENDERERS.items():
    pages = sorted((folder / "pages").glob("p*.yaml"))
    assert len(pages) > 300
    for path in pages:
        source = (path.with_suffix("") / "markdown/errors.md").read_text("utf-8")
        text = json.loads(path.read_text("utf-8"))["title"]
        try:
            check_page(Page(render(source)), text)
        except AssertionError as error:
            raise AssertionError(f"{name}: {text!r}") from error
    count = 0
    for catalog in ["all", "mixed"]:
        source = (folder / "catalog" / catalog / "markdown/errors.md").read_text("utf-8")
        count += check_errors(Page(render(source)), json.loads((folder / f"catalog/{catalog}.yaml").read_text("utf-8")))
    print(f"{name}: {len(pages)} pages and {count} errors show their texts, and nothing acts")
