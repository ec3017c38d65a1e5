"""Patterns mean to bikube what they mean to editors, which read them as ECMA-262 says."""

import json
import subprocess
from collections.abc import Iterator
from typing import Any

from tests.proof.tools import find

from bikube.azure.versions import known_versions, schemas
from bikube.render.target import target_apis
from bikube.schema.compiler import Compiler
from bikube.schema.violations import Violation
from bikube.spec.schema import spec_schema

LOOK_AHEAD = r"^(?!/)(?!.*(?:^|/)\.\.(?:/|$)).*$"
STRANGE = (r"\d", r"[.$]+\.", r"\\$", r"^[^\]\\]$", r"(a|$)")
"""What no schema has so far, and what is easily read wrongly."""

TEXTS = (
    *("", "a", "-", "ab", "a-b", "Ab", "a_b", "abc\n", "\n", "a\rb", "a\u2028b", "a\x85b", "\\"),
    *("/", "/a", "a/..", "a/../b", "../a", "..\n", "a..b", "a/..\n", "a\n/../b", "a/b/c", "..."),
    *("2026-11-01", "2026-11-01-preview", "2026-11-01\n", "\u0662\u0660\u0662\u0666-11-01"),
    *("1", "\u0661", "..", "a/.", "$", "https:/a"),
    *("https://a", "https://a\n", "https://a\rb", "https://\u2029", "12Gi", "12G", "G"),
    *("v1", "v1beta1", "v1beta", "0c8f4f2a-9a51-4c1e-b7d3-62d8a5e0417b", "a.b.kusto.windows.net"),
    *("a.blob.core.windows.net", "aXblob.core.windows.net", "a\r.b.kusto.windows.net", "1.4", "1."),
    "/subscriptions/a/resourceGroups/b/providers/Microsoft.ExtendedLocation/customLocations/c",
)

PROGRAM = """\
const [patterns, texts] = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const matching = (pattern) => texts.filter((text) => new RegExp(pattern, "u").test(text));
process.stdout.write(JSON.stringify(patterns.map(matching)));
"""


def patterns_of(schema: Any) -> Iterator[str]:
    """Every pattern in ``schema``."""
    if isinstance(schema, list):
        for item in schema:
            yield from patterns_of(item)
    elif isinstance(schema, dict):
        for key, value in schema.items():
            if key == "pattern" and isinstance(value, str):
                yield value
            else:
                yield from patterns_of(value)


def matching(pattern: str) -> list[str]:
    """Those of ``TEXTS`` that bikube lets through."""
    check = Compiler({}).compile({"type": "string", "pattern": pattern})
    matched = []
    for text in TEXTS:
        found: list[Violation] = []
        check(text, None, found)
        matched += [] if found else [text]
    return matched


def test_patterns_are_read_as_editors_read_them() -> None:
    """Node's own expressions and bikube let the same texts through, look-ahead and all."""
    patterns = {
        pattern
        for version in known_versions()
        for pattern in (
            *patterns_of(spec_schema(target_apis(), version)),
            *patterns_of(schemas(version)),
        )
    }
    assert LOOK_AHEAD in patterns
    asked = sorted({*patterns, *STRANGE})
    ran = subprocess.run(
        [find("node"), "-e", PROGRAM],
        input=json.dumps([asked, TEXTS]),
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
    )
    expected = dict(zip(asked, json.loads(ran.stdout), strict=True))
    assert {pattern: matching(pattern) for pattern in asked} == expected
