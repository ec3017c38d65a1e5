"""A placeholder of a copied example is still in the spec."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.diagnostics import Pointer
from bikube.rules.check import Hit, arguments
from bikube.spec import Spec

_ZERO = "00000000-0000-0000-0000-000000000000"
# Not what is filled in while a data flow runs, nor the consumer group of Event Hubs: these are in
# Microsoft's how-tos about enrichment, dynamic topics and Kafka endpoints. Nor the topics that
# brokers keep for themselves and for shared subscriptions.
_BRACED = r"\$\{(?!(?:inputTopic|outputTopic)\})[A-Za-z_]\w*\}"
_BARE = r"\$(?!(?:source|context|metadata|last|Default)\b|(?:shared?|SYS|services)/)[A-Za-z_]\w*"
_VARIABLE = "|".join((_BRACED, _BARE, r"\$\([^()]*\)", r"\{\{.*?\}\}"))
_MARK = r"#\{[A-Za-z_][\w.-]*\}#?|%[A-Za-z_]\w{2,}%|(?<!\w)__[A-Za-z][A-Za-z0-9_]*__(?!\w)"
_WORD = r"\bYOUR_[A-Z_]+|\A(?:CHANGE_?ME|REPLACE_?ME|changeme|change-me|replace-me)\Z"
_PLACEHOLDER = rf"<[A-Za-z][A-Za-z0-9 _.-]*>|{_ZERO}|{_VARIABLE}|{_MARK}|{_WORD}"
_SIGNS = (
    "<",
    _ZERO,
    "\\",
    "$",
    "{{",
    "#{",
    "%",
    "__",
    "YOUR_",
    "CHANGE",
    "REPLACE",
    "change",
    "replace",
)
"""One of these is in every text that has one, if only as an escape."""


class Placeholder:
    """Finds ``<…>``, the all-zero GUID and variables (``$X``, ``{{ x }}``, ``#{x}#``) in strings.

    Not in ``x-`` sections and annotations, whose text is free. ``{found}`` is the placeholder.
    """

    fills: ClassVar[tuple[str, ...]] = ("found",)
    parameters: ClassVar[Mapping[str, Any]] = arguments()

    def search(self, spec: Spec) -> Iterator[Hit]:
        """The strings that hold one."""
        text = spec.source.text
        signs = [sign for sign in _SIGNS if "\\" in text or sign in text]
        if not signs:
            return
        has_sign = re.compile("|".join(map(re.escape, signs))).search
        # Compiled here because that takes long, and most specs have none of the signs.
        search = re.compile(_PLACEHOLDER).search
        # Where each stands is asked only if there is one: topics hold dollar signs too.
        if not any(map(search, filter(has_sign, spec.document.texts))):
            return
        # Imported here for the same reason.
        from bikube.document.walk import leaves

        for leaf in leaves(spec.document.data):
            match = search(leaf.value) if isinstance(leaf.value, str) else None
            if match and not _is_free(leaf.pointer):
                yield Hit(leaf.pointer, "value", {"found": match.group()})


def _is_free(pointer: Pointer) -> bool:
    return str(pointer[0]).startswith("x-") or "annotations" in pointer


CHECK = Placeholder
