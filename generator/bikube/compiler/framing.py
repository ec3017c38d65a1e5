"""Messages as JSON-RPC programs write them to a stream: each with its length in front."""

import json
from collections.abc import Mapping
from typing import IO, Any

_LONGEST = 1 << 30
"""Bytes of a message above which it is nonsense."""
_LONGEST_LINE = 4_096


def framed(message: Mapping[str, Any]) -> bytes:
    """A message with its length in front, as the protocol wants it."""
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def read_framed(stream: IO[bytes]) -> dict[str, Any] | None:
    """The next message, or ``None`` where the stream ends, in the middle of a message too.

    A message that is no object is an empty one.

    Raises:
        ValueError: what comes is no message.
    """
    length: int | None = None
    while (line := stream.readline(_LONGEST_LINE)).strip():
        name, colon, value = line.partition(b":")
        if not colon or not line.endswith(b"\n"):
            raise ValueError("no header")
        if name.strip().lower() == b"content-length":
            length = int(value)
    if not line:
        return None
    if length is None or not 0 <= length <= _LONGEST:
        raise ValueError("no length")
    body = stream.read(length)
    if len(body) < length:
        return None
    message = json.loads(body)
    return message if isinstance(message, dict) else {}
