"""A credential is written in the spec."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from bikube.credentials import find_credentials
from bikube.rules.check import Hit, arguments
from bikube.spec import Spec


class LiteralCredential:
    """Finds every credential, in keys and values, ``x-`` sections included."""

    fills: ClassVar[tuple[str, ...]] = ()
    parameters: ClassVar[Mapping[str, Any]] = arguments()

    def search(self, spec: Spec) -> Iterator[Hit]:
        """The keys and values that are credentials."""
        for credential in find_credentials(spec.document):
            yield Hit(credential.pointer, credential.part)


CHECK = LiteralCredential
