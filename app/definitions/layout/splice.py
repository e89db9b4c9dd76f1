"""The file with another diagram: every byte that is not the diagram's stays as it is.

lxml would write the file anew, with other quotes, breaks and character references; so the text is cut instead.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from app.definitions.xml import Element

_TAG = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|(?P<end></[^>]*>)"
    r"|(?P<start><[^\s/>!?]+)(?:[^>\"'/]|\"[^\"]*\"|'[^']*'|/(?!>))*(?P<empty>/?)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=\"']+)\s*=\s*(\"[^\"]*\"|'[^']*')")


@dataclass(frozen=True, slots=True)
class Cut:
    """A piece of the text, and what stands there instead."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Span:
    """An element in the text. name: where the name ends; inner: where the start tag ends; close: where the end tag begins."""

    start: int
    name: int
    inner: int
    close: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """A file as text, byte order mark included. spans: of its elements."""

    text: str
    codec: str
    spans: Mapping[Element, _Span]

    def without(self, element: Element) -> Cut:
        """The element and the space before it."""
        span = self.spans[element]
        return Cut(len(self.text[: span.start].rstrip()), span.end, "")

    def at_end(self, root: Element, lines: str) -> Cut:
        """These lines as the last ones in the root."""
        close = self.spans[root].close
        lines = f"\n{lines}\n"
        return Cut(
            len(self.text[:close].rstrip()), close, lines.replace("\n", "\r\n") if "\r\n" in self.text else lines
        )

    def with_id(self, element: Element, name: str) -> Cut:
        """The element, which has no id or an empty one, with this id."""
        span = self.spans[element]
        for found in _ATTRIBUTE.finditer(self.text, span.name, span.inner):
            if found[1] == "id":
                return Cut(*found.span(2), quoteattr(name))
        return Cut(span.name, span.name, f" id={quoteattr(name)}")

    def cut(self, cuts: Sequence[Cut]) -> bytes:
        """The file with these changes. What its encoding cannot write becomes character references."""
        parts, at = [], 0
        for cut in sorted(cuts, key=lambda one: (one.start, one.end)):
            parts += [self.text[at : cut.start], cut.text]
            at = cut.end
        return "".join([*parts, self.text[at:]]).encode(self.codec, "xmlcharrefreplace")


def text_of(source: bytes, root: Element) -> Text | None:
    """root: the source parsed, without comments. None if its encoding cannot be written as it was read."""
    codec = (root.getroottree().docinfo.encoding or "utf-8").lower()
    if codec in ("utf-16", "utf-32"):
        codec += "-be" if source.startswith((b"\xfe\xff", b"\0\0\xfe\xff")) else "-le"
    try:
        text = source.decode(codec)
        if text.encode(codec) != source:
            return None
    except (LookupError, UnicodeError):
        return None
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    spans = _spans(text)
    return Text(text, codec, dict(zip(elements, spans, strict=True))) if len(elements) == len(spans) else None


def _spans(text: str) -> list[_Span]:
    """In the order of the start tags."""
    found: list[_Span] = []
    opened: list[int] = []
    for tag in _TAG.finditer(text):
        if tag["start"]:
            if not tag["empty"]:
                opened.append(len(found))
            found.append(_Span(tag.start(), tag.end("start"), tag.end(), tag.end(), tag.end()))
        elif tag["end"] and opened:
            number = opened.pop()
            open_ = found[number]
            found[number] = _Span(open_.start, open_.name, open_.inner, tag.start(), tag.end())
    return found
