"""Random YAML for tests: data with one of the many texts that mean it."""

import json
import re
from typing import Any, NamedTuple

from hypothesis import strategies as st

Draw = st.DrawFn

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_/.:-]*[A-Za-z0-9]|[A-Za-z]")
_WORDS = {"null", "true", "false", "y", "n", "yes", "no", "on", "off"}
_TYPED = re.compile(r"~|null|true|false|[-+]?[0-9]|[-+]?\.[0-9inIN]", re.IGNORECASE)

printable = st.characters(
    codec="utf-8",
    exclude_characters="\u0085\u2028\u2029\ufeff",
    exclude_categories=["Cc", "Cn", "Co", "Cs"],
)
strings = st.one_of(
    st.from_regex(r"[A-Za-z][A-Za-z0-9_/.:-]{0,8}[A-Za-z0-9]", fullmatch=True),
    st.text(printable, max_size=8),
    st.sampled_from(["", "on", "yes", "2025-10-01", "012", "0x1F", "1e3", "null", "~", "=", "<<"]),
    st.sampled_from(
        ["a: b", "a #b", "#a", "- a", "*a", "&a", "!a", "%a", "@a", "`a", "{a}", "[a]"]
    ),
    st.sampled_from(["a\nb", "a\n", "\n", " a", "a ", "a\tb", "'", '"', "\\", "a'b\"c\\d"]),
)
keys = strings.filter(lambda key: key != "<<" and "\n" not in key)
numbers = st.one_of(
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
)
data = st.recursive(
    st.one_of(st.none(), st.booleans(), numbers, strings),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


class Written(NamedTuple):
    """Data, and a text that means it."""

    data: Any
    text: str


@st.composite
def written(draw: Draw) -> Written:
    """A map or list, in block and flow style, with comments, blank lines and any quotes."""
    value = draw(data.filter(lambda one: isinstance(one, dict | list) and one))
    text = draw(_block(value, 0))
    head = draw(st.sampled_from(["", "# a comment\n", "---\n", "\n\n", "%YAML 1.2\n---\n"]))
    tail = draw(st.sampled_from(["", "\n# the end\n", "...\n", "\n\n"]))
    return Written(value, f"{head}{text}{tail}")


@st.composite
def _block(draw: Draw, value: Any, indent: int) -> str:
    lines = []
    margin = " " * indent
    members = value.items() if isinstance(value, dict) else ((None, one) for one in value)
    for key, child in members:
        lines.append(draw(st.sampled_from(["", "", "", f"{margin}# {key!r}: [\n", "\n"])))
        start = f"{margin}-" if key is None else f"{margin}{draw(_scalar(key, is_key=True))}:"
        lines.append(start + draw(_after(child, indent, in_list=key is None)))
    return "".join(lines)


@st.composite
def _after(draw: Draw, value: Any, indent: int, *, in_list: bool) -> str:
    """What follows a colon or a dash, up to the end of the member's last line."""
    deeper = indent + draw(st.integers(1, 4))
    if isinstance(value, dict | list) and value and draw(st.booleans()):
        nested = draw(_block(value, deeper))
        compact = in_list and nested.startswith(" " * deeper) and deeper == indent + 2
        return f" {nested[deeper:]}" if compact else f"\n{nested}"
    if isinstance(value, dict | list):
        return f" {draw(_flow(value))}{draw(_end)}"
    if isinstance(value, str) and draw(st.booleans()) and _fits_block(value):
        body = "".join(f"{' ' * deeper}{line}\n" for line in value.split("\n"))
        return f" |-\n{body}"
    return f" {draw(_scalar(value))}{draw(_end)}"


_end = st.sampled_from(["\n", "\n", "  \n", " # a: comment\n", "\n\n"])


def _fits_block(text: str) -> bool:
    lines = text.split("\n")
    return all(line.strip() and line == line.strip() for line in lines)


@st.composite
def _flow(draw: Draw, value: Any) -> str:
    if isinstance(value, list):
        items = [draw(_flow(one)) for one in value]
        return f"[{draw(_gap).join(items)}]"
    if isinstance(value, dict):
        pairs = [
            f"{draw(_scalar(key, is_key=True))}: {draw(_flow(one))}" for key, one in value.items()
        ]
        return f"{{{draw(_gap).join(pairs)}}}"
    return draw(_scalar(value, in_flow=True))


_gap = st.sampled_from([", ", " , ", ",  "])


@st.composite
def _scalar(draw: Draw, value: Any, *, is_key: bool = False, in_flow: bool = False) -> str:
    if value is None:
        return draw(st.sampled_from(["null", "~", "Null", "NULL", "~" if in_flow else ""]))
    if isinstance(value, bool):
        return draw(st.sampled_from([str(value), str(value).lower(), str(value).upper()]))
    if isinstance(value, int | float):
        return draw(_number(value))
    forms = [_double(value, escape=draw(st.booleans()))]
    if _PLAIN.fullmatch(value) and not _TYPED.match(value) and (is_key or value not in _WORDS):
        forms += [value, value]
    if not re.search(r"[\n\t]|^ | $", value):
        forms.append("'" + value.replace("'", "''") + "'")
    return draw(st.sampled_from(forms))


@st.composite
def _number(draw: Draw, value: float) -> str:
    forms = [repr(value)]
    if isinstance(value, int) and value >= 0:
        forms += [f"{value:#x}", f"{value:#o}", f"+{value}", f"00{value}"]
    if isinstance(value, float):
        forms.append(f"{value!r}".replace("e", "E"))
    return draw(st.sampled_from(forms))


def _double(value: str, *, escape: bool) -> str:
    text = json.dumps(value, ensure_ascii=False)
    if escape:
        text = "".join(f"\\U{ord(one):08x}" if ord(one) > 127 else one for one in text)
    return text.replace("\x7f", "\\x7f")
