"""Every page as cmark-gfm (GitHub's own library), Python-Markdown with the options of MkDocs and with
the extensions that Material recommends, and a whole site of MkDocs with Material show it: each block,
anchor and link of `shown.json` is there in its order, and nothing else acts. Never looks at the source
of a page but to pass it on."""

import html.parser
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

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

ELEMENTS = set("h1 h2 h3 h4 p strong a code span wbr ul li pre table thead tbody tr th td div".split())
ATTRIBUTES = {"id", "class", "align", "style", "lang"}
BLOCKS = {"h1", "h2", "h3", "h4", "p", "li", "td", "th", "pre"}


class Page(html.parser.HTMLParser):
    """The blocks, anchors and links of a page; anything unexpected fails."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[list] = []
        self.links: list[str] = []
        self.open: list[list[str]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, name, attributes):
        assert name in ELEMENTS, f"<{name}> {attributes}"
        for key, value in attributes:
            assert key in ATTRIBUTES or (key == "href" and value.startswith("#")), f"{key}={value}"
        attributes = dict(attributes)
        if name == "a" and "id" in attributes:
            self.blocks.append(["a", attributes["id"]])
        elif name == "a":
            self.links.append(attributes["href"])
        if name != "wbr":
            self.open.append([name, ""])

    def handle_endtag(self, name):
        while name != "wbr":
            closed, text = self.open.pop()
            if closed == "pre":
                self.blocks.append([closed, json.loads(text)])
            # A paragraph without words is one of anchors.
            elif closed in BLOCKS and (closed != "p" or text.strip()):
                self.blocks.append([closed, spaced(text)])
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


def spaced(text: str) -> str:
    return re.sub(r"[ \t\n\r\f]+", " ", text).strip(" ")


def compare(page: Page, shown: dict) -> None:
    """Compares a page with what it is to show."""
    for made, wanted in zip(page.blocks, shown["blocks"]):
        # The sentences about the strategy are any.
        assert made == wanted or (made[0] == wanted[0] and wanted[1] == "*"), f"{made} instead of {wanted}"
    assert len(page.blocks) == len(shown["blocks"]), page.blocks[-1]
    assert page.links == shown["links"]
    anchors = [text for kind, text in page.blocks if kind == "a"]
    assert len(set(anchors)) == len(anchors)
    assert {link[1:] for link in page.links} <= set(anchors)


def site(pages: dict[str, pathlib.Path], extensions: list[str]) -> dict[str, Page]:
    """The articles of a site of MkDocs with Material, whose strict build has no warning."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "docs").mkdir()
        for name, path in pages.items():
            shutil.copy(path, root / f"docs/{name}.md")
        (root / "docs/index.md").write_text("# Index\n")
        # YAML reads JSON.
        config = {
            "site_name": "Errors",
            "theme": {"name": "material", "font": False},
            "plugins": [],
            "markdown_extensions": extensions,
            "validation": {"anchors": "warn"},
        }
        (root / "mkdocs.yml").write_text(json.dumps(config))
        command = [sys.executable, "-m", "mkdocs", "--quiet", "build", "--strict"]
        environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
        subprocess.run(command, cwd=root, env=environment, check=True)
        articles = {}
        for name in pages:
            source = (root / f"site/{name}/index.html").read_text("utf-8")
            article = re.search(r"<article[^>]*>(.*?)</article>", source, re.S).group(1)
            # What the theme adds to headings and blocks of code.
            article = re.sub(r'<a class="headerlink"[^>]*>[^<]*</a>', "", article)
            articles[name] = Page(article)
        return articles


def mistakes_are_found(name: str, page: pathlib.Path, shown: dict) -> None:
    source = page.read_text("utf-8")
    for wrong in [source + "\n*a*\n", source + "\nb\n", source + "\n[c](#d)\n", source.replace("<a id=", "<a name=", 1)]:
        try:
            compare(Page(RENDERERS[name](wrong)), shown)
        except AssertionError:
            continue
        raise AssertionError(f"{name} finds nothing wrong")


hostile = pathlib.Path(sys.argv[1])
pages = {path.parent.name: path for path in sorted(hostile.parent.glob("pages/*/errors.md"))}
assert {"tensorloop", "features"} <= set(pages)
pages |= {name: hostile / f"catalog/{name}/markdown/errors.md" for name in ["all", "mixed"]}
single = {path.parent.parent.name: path for path in sorted(hostile.glob("pages/p*/markdown/errors.md"))}
assert len(single) > 300
shown = {
    name: json.loads((path.parent / "shown.json").read_text("utf-8")) for name, path in (pages | single).items()
}

for name, render in RENDERERS.items():
    for label, path in (pages | single).items():
        try:
            compare(Page(render(path.read_text("utf-8"))), shown[label])
        except AssertionError as error:
            raise AssertionError(f"{name}: {path}") from error
    mistakes_are_found(name, pages["tensorloop"], shown["tensorloop"])
    print(f"{name}: {len(shown)} pages show what they say, and nothing acts")
for extensions in [[], MATERIAL]:
    for label, page in site(pages, extensions).items():
        compare(page, shown[label])
print(f"MkDocs with Material: sites of {len(pages)} pages are built without a warning, and show the same")
