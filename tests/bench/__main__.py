"""The benchmark: `make bench`. Every figure is a ratio or a count of one run, on a PostgreSQL that commits to disk."""

import sys
import tempfile
from pathlib import Path

from tests.bench import completion, durable, figures, live, sizes, task_list
from tests.bench.place import prepared

PARTS = {
    "completion": completion.figures,
    "sizes": sizes.figures,
    "task_list": task_list.figures,
    "figures": figures.figures_of,
    "live": live.figures,
    "durable": durable.figures,
}


def main(chosen: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, prepared(Path(folder)) as place:
        for name, figures in PARTS.items():
            if not chosen or name in chosen:
                for what, value, bound in figures(place):
                    print(f"{what:<78} {value:>12} {bound}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
