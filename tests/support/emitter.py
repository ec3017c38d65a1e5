"""Data as YAML, laid out in as many ways as people do."""

from collections.abc import Callable
from typing import Any

from bikube.diagnostics import Pointer
from bikube.document.walk import leaves

KEPT_LINES = "r\n\n"
"""A value that is written with blank lines at its end, which have to stay."""


class Emitter:
    """Writes data as YAML in as many ways as people do, as a source of choices decides.

    ``comments`` are all of its comments, each with the pointer of the member it goes with.
    """

    def __init__(self, draw: Callable[[int], int]) -> None:
        self._draw = draw
        self._keeps_blank_lines = False
        self.comments: dict[str, Pointer] = {}

    def document(self, data: Any) -> str:
        """All of ``data``, a map or list."""
        self._keeps_blank_lines = KEPT_LINES in (value for _, value in leaves(data))
        text = "\n".join(self._block(data, (), "")) + "\n"
        if not self._keeps_blank_lines and self._draw(8) == 0:
            text = text.rstrip("\n")
        return text.replace("\n", ("\n", "\n", "\r\n", "\r")[self._draw(4)])

    def _comment(self, owner: Pointer) -> str:
        if self._draw(4):
            return ""
        comment = f"# note {len(self.comments)}."
        self.comments[comment] = owner
        return comment

    def _trailing(self, owner: Pointer) -> str:
        comment = self._comment(owner)
        return "  " + comment if comment else ""

    def _block(self, data: Any, pointer: Pointer, margin: str) -> list[str]:
        lines: list[str] = []
        for token, value in data.items() if isinstance(data, dict) else enumerate(data):
            own = (*pointer, token)
            above = self._comment(pointer)
            lines += [margin + above] if above else []
            lines += [""] if not self._keeps_blank_lines and self._draw(10) == 0 else []
            lines += self._member(token, value, own, margin)
        return lines

    def _member(self, token: Any, value: Any, own: Pointer, margin: str) -> list[str]:
        head = f"{margin}{token}:" if isinstance(token, str) else f"{margin}-"
        if isinstance(value, str) and "\n" in value and self._draw(4):
            style = "|+" if value.endswith("\n") else ("|-", "|2-")[self._draw(2)]
            body = [f"{margin}  {line}".rstrip() for line in value.rstrip("\n").split("\n")]
            blank = [""] * (value.count("\n") - 1) if style == "|+" else []
            return [f"{head} {style}{self._trailing(own)}", *body, *blank]
        if not isinstance(value, dict | list) or not value or self._draw(4) == 0:
            return [f"{head} {self._flow(value, own, margin)}".rstrip() + self._trailing(own)]
        deeper = margin + (" ", "  ", "  ", "    ")[self._draw(4)]
        if isinstance(value, list) and isinstance(token, str) and self._draw(2):
            deeper = margin
        if isinstance(token, str) or self._draw(4) == 0:
            return [head + self._trailing(own), *self._block(value, own, deeper)]
        body = self._block(value, own, margin + "  ")
        while body and (not body[0].strip() or body[0].lstrip().startswith("#")):
            lost = body.pop(0).strip()
            self.comments.pop(lost, None)
        return [f"{head} {body[0].lstrip()}", *body[1:]]

    def _flow(self, value: Any, pointer: Pointer, margin: str) -> str:
        if not isinstance(value, dict | list):
            is_item = isinstance(pointer[-1], int)
            return self._scalar(value) if value is not None else self._null(is_item)
        opened, closed = "{}" if isinstance(value, dict) else "[]"
        if not value:
            return opened + closed
        on_lines = self._draw(3) == 0
        deeper = margin + "  "
        parts = []
        for token, child in value.items() if isinstance(value, dict) else enumerate(value):
            key = f"{token}: " if isinstance(token, str) else ""
            parts.append(key + self._flow(child, (*pointer, token), deeper))
        if not on_lines:
            pad = " " * self._draw(2)
            comma = (", ", ",", ",\n" + deeper)[self._draw(3)]
            end = "," * (self._draw(5) == 0)
            return opened + pad + comma.join(parts) + end + pad + closed
        lines = []
        for number, (token, part) in enumerate(
            zip(value if isinstance(value, dict) else range(len(value)), parts, strict=True)
        ):
            above = self._comment(pointer)
            lines += [deeper + above] if above else []
            is_last = number == len(parts) - 1 and self._draw(2)
            comma = "" if is_last else ","
            lines.append(deeper + part + comma + self._trailing((*pointer, token)))
        return "\n".join([opened, *lines, margin + " " + closed])

    def _null(self, is_item: bool) -> str:
        return ("~", "null", "~" if is_item else "")[self._draw(3)]

    def _scalar(self, value: Any) -> str:
        text = str(value)
        if "\n" in text:
            return '"' + text.replace("\n", "\\n") + '"'
        return (text, f'"{text}"', f"'{text}'", text)[self._draw(4)]
