"""Small templates to ask the compiler about, each with one resource."""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

# What is asked about a template's text: the codes of all findings in order of lines, and what the
# object that `free` fills evaluates to.
Codes: TypeAlias = Callable[[str], list[str]]
Value: TypeAlias = Callable[[str], Any]

HEAD = """\
resource instance 'Microsoft.IoTOperations/instances@2025-10-01' existing = {
  name: 'aio-plant-7'
}
"""
ANONYMOUS = (
    "authentication: {",
    "  method: 'Anonymous'",
    "  anonymousSettings: {}",
    "}",
)
_ESCAPES = {"\\": "\\\\", "'": "\\'", "$": "\\$", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def endpoint(lines: Iterable[str], version: str = "2025-10-01", *, symbol: str = "endpoint") -> str:
    """A registry endpoint with ``lines`` as its properties; its name follows its symbol."""
    indented = "\n".join(f"    {line}" for line in lines)
    name = symbol.lower().replace("_", "-")
    return f"""
resource {symbol} 'Microsoft.IoTOperations/instances/registryEndpoints@{version}' = {{
  parent: instance
  name: '{name}'
  properties: {{
{indented}
  }}
}}
"""


def free(*lines: str) -> str:
    """A template with ``lines`` as members of an object in which Azure's types allow anything.

    That object is two levels below ``properties``.
    """
    *before, settings, after = ANONYMOUS
    opened = [settings.replace("{}", "{"), *(f"    {line}" for line in lines), "  }"]
    return HEAD + endpoint(["host: 'abc.io'", *before, *opened, after])


def typed(*lines: str) -> str:
    """A template whose endpoint has a host, an authentication and ``lines``."""
    return HEAD + endpoint(["host: 'abc.io'", *lines, *ANONYMOUS])


def quoted(text: str) -> str:
    """A Bicep string, with everything escaped that can be."""
    return f"'{''.join(map(_escaped, text))}'"


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    return character if character >= " " else f"\\u{{{ord(character):x}}}"
