"""The papers that people of the demonstration hand in: a page that looks like a scan, as a PDF or a picture."""

import io
import struct
import zlib
from datetime import datetime
from pathlib import Path
from random import Random
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions.documents import uploads
from app.actions.documents.uploads import Intake
from app.domain.people.access import Actor

OF_APPLICANTS = (
    "Жарғы.pdf",
    "Заңды тұлғаны тіркеу туралы анықтама.pdf",
    "Диплом Ковалёвой И.С., скан.png",
    "Приказ о назначении директора.pdf",
    "Мамандар тізімі.pdf",
    "Договор аренды производственной базы.pdf",
)
OF_STAFF = (
    "Сұрау салуға жауап.pdf",
    "Ответ архива от 12 числа.pdf",
    "Тексеру актісі, фото.png",
    "Расчёт нагрузок, замечания.pdf",
)
WIDTH, HEIGHT, MARGIN, LINE = 595, 842, 70, 22
"""An A4 page in points, and in pixels."""
MEGABYTE = 1024 * 1024


def hand_in(
    session: Session, actor: Actor, task_id: UUID | None, name: str, folder: Path | None, now: datetime
) -> UUID:
    """Upload a page under a name; for no task: for the form with which a case begins."""
    page = _pdf if name.endswith(".pdf") else _png
    content = io.BytesIO(page(Random(name)))  # noqa: S311 - nothing is secret here
    return uploads.add(session, actor, task_id, name, content, Intake(MEGABYTE, folder), now)[0].id


def _lines(rng: Random) -> list[tuple[int, int, int]]:
    """Where the lines of the text are: from above, from the left, how long. They are bars: there is nothing to read."""
    first = [(MARGIN, 180, WIDTH - 360), (MARGIN + LINE, 220, WIDTH - 440)]
    rest = range(MARGIN + 4 * LINE, HEIGHT - MARGIN, LINE)
    return first + [(top, MARGIN, WIDTH - 2 * MARGIN - rng.choice((0, 0, 4, 9, 160))) for top in rest]


def _pdf(rng: Random) -> bytes:
    drawn = "".join(f"{left} {HEIGHT - top} {long} 7 re f\n" for top, left, long in _lines(rng))
    page = f"/Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Resources<<>>/Contents 4 0 R"
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<<{page}>>",
        f"<</Length {len(drawn) + 8}>>\nstream\n0.45 g\n{drawn}\nendstream",
    )
    content, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(content))
        content += f"{number} 0 obj\n{one}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(content)}\n%%EOF\n"
    return content + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode()


def _png(rng: Random) -> bytes:
    """In shades of grey."""
    rows = [bytearray(b"\0" + b"\xf4" * WIDTH) for _ in range(HEIGHT)]
    for top, left, long in _lines(rng):
        for row in rows[top : top + 7]:
            row[1 + left : 1 + left + long] = b"\x73" * long
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data)) for tag, data in parts
    )
