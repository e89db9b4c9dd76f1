"""All that pages say is there in three languages, and nothing is said past that."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from string import Formatter

import pytest

from app.domain.in_words.sentences import SENTENCES
from app.domain.terms.calendar import LANGUAGES, Text
from app.web import words
from app.web.words import WORDS
from app.web.words.done import DONE
from app.web.words.editor import EDITOR
from app.web.words.form_editor import FORM_EDITOR
from app.web.words.form_viewer import FORM_VIEWER

WEB = Path(words.__file__).parents[1]
TEMPLATES, SCRIPTS, VIEWS = (
    sorted(WEB.glob("templates/**/*.html")),
    sorted(WEB.glob("client/**/*.js")),
    sorted((*WEB.glob("*.py"), *WEB.glob("admin/*.py"))),
)


def _keyed(kind: str, texts: Mapping[str, Text]) -> dict[str, Text]:
    return {f"{kind} {key}": text for key, text in texts.items()}


NODE = WEB.parents[1] / "node_modules"
FORM_JS = WEB.parents[1] / "node_modules" / "@bpmn-io" / "form-js-viewer" / "dist" / "index.es.js"
TEXTS = {**WORDS, **_keyed("sentence", SENTENCES), **_keyed("done", DONE), **FORM_VIEWER, **EDITOR, **FORM_EDITOR}
AREAS = [value for name, value in vars(words).items() if name.isupper() and name != "WORDS" and isinstance(value, dict)]
JINJA = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)
TAGS = re.compile(r"""<script.*?</script>|<(?:[^>"']|"[^"]*"|'[^']*')*>""", re.DOTALL)
SPOKEN_ATTRIBUTES = re.compile(r'(?:title|aria-label|placeholder|alt)="([^"{]*[^\W\d_][^"{]*)"')
OF_ONE_LANGUAGE = frozenset({"language-kk", "language-ru", "language-en"})
"""What is written the same in each."""
CYRILLIC = re.compile("[а-яёәғқңөұүһі]", re.IGNORECASE)
LETTERS, GAP = re.compile(r"[^\W\d_]"), re.compile("{[^}]*}")


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_is_there_in_each_language_with_the_same_gaps(key: str) -> None:
    text = TEXTS[key]
    said = [text.get(language) for language in LANGUAGES]
    assert all(one.strip() for one in said)
    forms = [form for one in said for form in one.split("|")]
    assert len({frozenset(gaps(form) - {"n"}) for form in forms}) == 1
    if key not in OF_ONE_LANGUAGE:
        assert all(CYRILLIC.search(one) or not LETTERS.search(GAP.sub("", one)) for one in (text.kk, text.ru))
        assert not CYRILLIC.search(text.en)


def test_no_key_stands_in_two_areas() -> None:
    twice = [key for key, number in Counter(key for area in AREAS for key in area).items() if number > 1]
    assert twice == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_of_its_own(template: Path) -> None:
    source = JINJA.sub(" ", template.read_text())
    assert not re.findall(r"[^\W\d_]{2,}", TAGS.sub(" ", source).replace("&nbsp;", " "))
    assert not SPOKEN_ATTRIBUTES.findall(source)


def test_every_text_is_said_somewhere() -> None:
    """By its key, or by a key that begins or ends so and is put together."""
    source = "\n".join(path.read_text() for path in (*TEMPLATES, *VIEWS))
    begun = tuple(re.findall(r"""["']([a-z]+(?:-[a-z]+)*-)(?:["']|{)""", source))
    ended = tuple(re.findall(r"""(?:["']|})(-[a-z]+(?:-[a-z]+)*)["']""", source))
    quoted = set(re.findall(r"""["']([a-z]+(?:-[a-z]+)*)["']""", source))
    assert [key for key in WORDS if key not in quoted and not key.startswith(begun) and not key.endswith(ended)] == []


def test_what_form_js_says_is_translated() -> None:
    said = {one or other for one, other in re.findall(r"""\btranslate\((?:'([^']+)'|"([^"]+)")""", FORM_JS.read_text())}
    assert len(said) > 30
    assert said - FORM_VIEWER.keys() - {"HELLO {you}"} == set()


def test_what_bpmn_js_says_is_translated() -> None:
    """The tools of the editor, and the kinds that an element can be changed to."""
    features = NODE / "bpmn-js/lib/features"
    tools = ("palette/PaletteProvider", "context-pad/ContextPadProvider", "popup-menu/ReplaceMenuProvider")
    source = "\n".join((features / f"{name}.js").read_text() for name in tools)
    said = set(re.findall(r"\btranslate\(\s*'([^']+)'", source))
    kinds = set(re.findall(r"\b(?:label|title): '([A-Z][^']+)'", (features / "popup-menu/PopupEntries.js").read_text()))
    assert min(len(said), len(kinds)) > 20
    assert (said | kinds) - EDITOR.keys() == set()


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_says_only_what_is_translated(script: Path) -> None:
    """What it says by its English words, what reads as a sentence, and what it writes into the page."""
    source = re.sub(r"^\s*//.*$", "", script.read_text(), flags=re.MULTILINE)
    said = set(re.findall(r"""say\((?:\w+ \? )?"([A-Z{][^"]*)"(?: : "([^"]+)")?""", source))
    sentences = set(re.findall(r'"([A-Z][a-z]+ [^"]*)"', source))
    written = set(
        re.findall(
            r'(?:textContent|innerText|title|placeholder|alt|aria-label"?)(?: =|[:,]) "([^"]*[^\W\d_]{2}[^"]*)"', source
        )
    )
    known = FORM_VIEWER.keys() | EDITOR.keys()
    assert {one for pair in said for one in pair if one} | sentences | written <= known
    assert not CYRILLIC.search(source)


@pytest.mark.parametrize("view", VIEWS, ids=lambda path: path.name)
def test_a_view_says_nothing_of_its_own(view: Path) -> None:
    assert not CYRILLIC.search(view.read_text())
