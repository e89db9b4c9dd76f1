"""Sets one document, in a process of its own, so that what typst keeps in memory goes with it.

Arguments: the template, the moment (seconds since 1970), the PDF standard; the data comes in as JSON, the PDF goes out.
"""

import sys
from typing import Any

import typst


def main(template: str, moment: str, standard: Any) -> None:
    made = typst.compile(
        template,
        format="pdf",
        sys_inputs={"data": sys.stdin.buffer.read().decode()},
        ignore_system_fonts=True,
        pdf_standards=[standard],
        timestamp=int(moment),
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main(*sys.argv[1:])
