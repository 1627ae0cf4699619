"""What holds for every template of our own."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template.base import Lexer, TokenType

PROJECT_DIR = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((PROJECT_DIR / "templates").rglob("*.html"))
# The pages of failures say both languages by themselves: nothing that can fail may be asked then.
SPEAKS_FOR_ITSELF = {"templates/400.html", "templates/403.html", "templates/500.html"}
READ_ALOUD = {"alt", "title", "placeholder", "aria-label", "aria-description", "label", "content"}
WORD = re.compile(r"[^\W\d_]{2,}")
# What is the same in both languages.
NO_WORDS = re.compile(
    r"&[a-z]+;|\b(JSON|PDF|DOCX|XLSX|CSV|ODT|TXT|ZIP|RSS|SHA-256|iCalendar|EUPL|width=device-width|initial-scale"
    r"|noindex|nofollow|follow|light|dark|summary_large_image|website|article|kB|MB)\b"
)
FORBIDDEN = {
    "safe filter": re.compile(r"\|\s*safe(seq)?\b"),
    "autoescape off": re.compile(r"\{%\s*autoescape\s+off"),
    "inline handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "inline style": re.compile(r"<[^>]*\sstyle\s*=|<style\b", re.IGNORECASE),
    "old trans tag": re.compile(r"\{%\s*(trans|blocktrans)\s"),
    "untrimmed blocktranslate": re.compile(r"\{%\s*blocktranslate(?![^%]*\btrimmed\b)[^%]*%\}"),
}
MAX_LINES = 160


def name_of(path: Path) -> str:
    """Return a template's path as a test's id."""
    return path.relative_to(PROJECT_DIR).as_posix()


class Words(HTMLParser):
    """The words of a template that a reader would see or hear."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the words of attributes that are read aloud."""
        self._silent += tag in {"script", "style"}
        for name, value in attrs:
            if name in READ_ALOUD and (name != "content" or dict(attrs).get("name") == "description"):
                self._note(value or "")

    def handle_endtag(self, tag: str) -> None:
        """Come out of what is not read."""
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        """Note the words of a text."""
        if not self._silent:
            self._note(data)

    def _note(self, text: str) -> None:
        self.found += WORD.findall(NO_WORDS.sub(" ", text))


def without_template_language(source: str) -> str:
    """Return a template without its tags, variables and comments, and without what is marked for translation."""
    out, until = [], ""
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            name = token.contents.split()[0]
            if name in {"blocktranslate", "comment"}:
                until = f"end{name}"
            elif name == until:
                until = ""
        elif token.token_type == TokenType.TEXT and not until:
            out.append(token.contents)
    return "".join(out)


@pytest.mark.parametrize("template", [t for t in TEMPLATES if name_of(t) not in SPEAKS_FOR_ITSELF], ids=name_of)
def test_every_word_is_marked_for_translation(template: Path) -> None:
    words = Words()

    words.feed(without_template_language(template.read_text(encoding="utf-8")))

    assert not words.found


@pytest.mark.parametrize("rule", FORBIDDEN)
@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_template_keeps_the_rules(template: Path, rule: str) -> None:
    found = FORBIDDEN[rule].search(template.read_text(encoding="utf-8"))

    assert found is None


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_template_can_be_read_in_one_go(template: Path) -> None:
    assert template.read_text(encoding="utf-8").count("\n") <= MAX_LINES


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_a_template_is_used(template: Path) -> None:
    name = template.relative_to(PROJECT_DIR / "templates").as_posix()
    overrides = {"404.html", "500.html", "403.html", "429.html"}
    own_folders = {"hub", "practices", "strategies", "files", "search", "blocks", "components", "layouts"}
    if name.split("/")[0] not in own_folders or name in overrides:
        return  # a template of Django, Wagtail or allauth, in whose place ours stands

    texts = [path.read_text(encoding="utf-8") for path in TEMPLATES if path != template]
    texts += [path.read_text(encoding="utf-8") for path in PROJECT_DIR.glob("*/**/*.py") if ".venv" not in path.parts]
    is_page = name.endswith("_page.html") and name.count("/") == 1

    assert is_page or any(name in text for text in texts)
