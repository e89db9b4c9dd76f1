"""Time-ordered identifiers (UUID version 7, RFC 9562, 5.7): new rows lie side by side in the index."""

import os
import time
import uuid


def new_id() -> uuid.UUID:
    stamp = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10))
    return uuid.UUID(int=(stamp & (2**48 - 1)) << 80 | 7 << 76 | (random >> 68) << 64 | 2 << 62 | random & (2**62 - 1))
