"""Specs with one mistake each, and specs that look odd and are right."""

from bikube.document import MAX_BYTES

HEAD = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"


def endpoint(
    host: str = "plant7.azurecr.io",
    *,
    name: str = "a1b",
    method: str = "SystemAssignedManagedIdentity",
    more: str = "",
) -> str:
    """An entry in block style: its name is in line 4, the host in line 5, the method in line 7."""
    return (
        f"  - name: {name}\n    host: {host}\n    authentication:\n      method: {method}\n{more}"
    )


def spec(*endpoints: str) -> str:
    """A spec of ``endpoints``."""
    return f"{HEAD}registryEndpoints:\n{''.join(endpoints)}"


GOOD = spec(endpoint())


def with_host(host: str) -> str:
    """A spec whose host is written as ``host``."""
    return spec(endpoint(host))


_NO_SPEC = 'a spec begins with "bikube: v1"; run "bikube init"'
_EMPTY = [f"1:1: empty-file: the file is empty; {_NO_SPEC}"]
_DEEP = "nesting-too-deep: nesting is deeper than 60 levels; no spec needs that; flatten it"
_NAME = "it must match ^[a-z0-9][a-z0-9-]*[a-z0-9]$"
_UTF_8 = "YAML specs are UTF-8; save the file as UTF-8"
_METHODS = ", ".join(
    f'"{one}"'
    for one in (
        "Anonymous",
        "ArtifactPullSecret",
        "SystemAssignedManagedIdentity",
        "UserAssignedManagedIdentity",
    )
)
_PLACEHOLDER = 'placeholder: placeholder "<YOUR_ACR_NAME>" is left in; write your own value'
_TAB = "a tab where YAML wants spaces; indentation is spaces; replace it by spaces"
_CONTROL = "readers refuse or lose it; remove it, or write it as an escape in quotes"
_BOMB = "".join(
    f"x-{one}: &{one} [{', '.join([f'*{two}'] * 10)}]\n"
    for one, two in zip("bcdefgh", "abcdefg", strict=True)
)
_DEEP_BLOCK = "".join(f"{' ' * level}a:\n" for level in range(1, 5_001))


def out_of_range(place: str, number: str) -> str:
    """The finding for a number that no output can carry."""
    shown = number if len(number) <= 60 else f"{number[:59]}…"
    return (
        f"{place}: number-out-of-range: number {shown} is out of range; numbers are finite and"
        " integers fit 64 bits; write a smaller one, or quote it to make it a string"
    )


def no_string(place: str, what: str, advice: str = "write a string") -> str:
    """The finding for a host that is no string."""
    return f'{place}: wrong-type: "host" is {what}; a string is expected; {advice}'


_QUOTE = "quote it to make it a string"
BAD: dict[str, tuple[str | bytes, list[str]]] = {
    "empty": (b"", _EMPTY),
    "blank lines and comments": (
        "\n# nothing\n\n",
        [f"1:1: empty-file: the file has nothing but comments; {_NO_SPEC}"],
    ),
    "byte order mark": ("\ufeff", _EMPTY),
    "markers only": (
        "---\n...\n",
        [f"2:1: not-a-spec: no map at the top; {_NO_SPEC} for an example"],
    ),
    "not YAML": (
        f"{HEAD}registryEndpoints: [\n",
        ["3:20: yaml-syntax: [ is opened here and never closed; the text ends inside it; close it"],
    ),
    "a picture": (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        [f"1:1: file-encoding: byte 0x89 is not UTF-8; {_UTF_8}"],
    ),
    "a list at the top": (
        "- bikube: v1\n",
        [f"1:3: not-a-spec: no map at the top; {_NO_SPEC} for an example"],
    ),
    "a word": ("bikube\n", [f"1:1: not-a-spec: no map at the top; {_NO_SPEC} for an example"]),
    "YAML that is no spec": (
        "apiVersion: v1\nkind: Pod\n",
        [
            (
                f"1:1: not-a-spec: this is a Kubernetes manifest, and no spec; {_NO_SPEC} for an"
                ' example, then write an entry: the "name" of its "metadata", and beside it what'
                ' stands below "spec"'
            )
        ],
    ),
    "two documents": (
        f"{GOOD}---\n{GOOD}",
        [
            (
                "8:1: multiple-documents: a second YAML document; a spec file holds one;"
                " move it to a file of its own"
            )
        ],
    ),
    "unknown section": (
        f"{GOOD}registryEndpiont: []\n",
        [
            (
                '8:1: unknown-section: unknown section "registryEndpiont";'
                ' known are "targets", "existing", "akriConnectorTemplates",'
                ' "brokerAuthentications", "brokerAuthorizations", "brokerListeners", "brokers",'
                ' "dataflowEndpoints", "dataflowGraphs", "dataflowProfiles", "dataflows",'
                ' "pullSecrets", "roleAssignments";'
                " correct it, or comment it out"
            )
        ],
    ),
    "unknown key": (
        spec(endpoint(more="    colour: red\n")),
        [
            (
                '8:5: unknown-key: unknown key "colour"; known are "metadata", "codeSigningCas";'
                " correct it, or comment it out"
            )
        ],
    ),
    "misspelt key": (
        GOOD.replace("    host:", "    hots:"),
        [
            (
                '5:5: required-property: "hots" is not known and "host" is not there;'
                " it is required; rename it"
            )
        ],
    ),
    "unknown method": (
        spec(endpoint(method="Kerberos")),
        [f'7:15: unknown-value: "method" is "Kerberos"; known are {_METHODS}; write one of them'],
    ),
    "method in the wrong case": (
        spec(endpoint(method="anonymous")),
        ['7:15: value-case: "anonymous" has the wrong case; the value is "Anonymous"; write it so'],
    ),
    "duplicate key": (
        GOOD.replace(
            "    host: plant7.azurecr.io\n",
            "    host: plant7.azurecr.io\n    host: plant8.azurecr.io\n",
        ),
        [
            (
                '6:5: duplicate-key: key "host" is here twice (the other: line 5); keys are'
                ' unique; merge the two, or begin a new item with "- " if this is one'
            )
        ],
    ),
    "two endpoints of one name": (
        spec(endpoint(), endpoint("plant8.azurecr.io")),
        [
            (
                '8:11: unique-name: name "a1b" is taken; names are unique within a section'
                " (the first: line 4); choose another"
            )
        ],
    ),
    "name too long": (
        spec(endpoint(name="a" * 64)),
        ['4:11: wrong-length: "name" has 64 characters; 3 to 63 are allowed; shorten it'],
    ),
    "name with capitals": (
        spec(endpoint(name="Plant")),
        [f'4:11: wrong-pattern: "name" is "Plant"; {_NAME}; did you mean "plant"?'],
    ),
    "name that is a path": (
        spec(endpoint(name="../../x")),
        [f'4:11: wrong-pattern: "name" is "../../x"; {_NAME}; write one that does'],
    ),
    "instance name too long": (
        GOOD.replace("aio-plant-7", "a" * 64),
        ['2:18: wrong-length: "name" has 64 characters; 3 to 63 are allowed; shorten it'],
    ),
    "instance name with capitals": (
        GOOD.replace("aio-plant-7", "AIO-7"),
        [f'2:18: wrong-pattern: "name" is "AIO-7"; {_NAME}; did you mean "aio-7"?'],
    ),
    "instance name that is a path": (
        GOOD.replace("aio-plant-7", "../../x"),
        [f'2:18: wrong-pattern: "name" is "../../x"; {_NAME}; write one that does'],
    ),
    "instance name that is an absolute path": (
        GOOD.replace("aio-plant-7", "/etc"),
        [f'2:18: wrong-pattern: "name" is "/etc"; {_NAME}; write one that does'],
    ),
    "placeholder": (with_host("<YOUR_ACR_NAME>.azurecr.io"), [f"5:11: {_PLACEHOLDER}"]),
    "placeholder as the whole": (with_host("<YOUR_ACR_NAME>"), [f"5:11: {_PLACEHOLDER}"]),
    "null": (with_host("null"), [no_string("5:11", "null", "give it a string")]),
    "nothing": (with_host(""), [no_string("5:5", "null", "give it a string")]),
    "number": (with_host("7"), [no_string("5:11", "the number 7", _QUOTE)]),
    "leading zero": (with_host("012"), [no_string("5:11", "the number 12", _QUOTE)]),
    "exponent": (with_host("1e3"), [no_string("5:11", "the number 1000.0", _QUOTE)]),
    "boolean": (with_host("true"), [no_string("5:11", "the boolean true", _QUOTE)]),
    "list": (with_host("[plant7.azurecr.io]"), [no_string("5:11", "a list")]),
    "map": (with_host("{name: plant7.azurecr.io}"), [no_string("5:11", "a map")]),
    **{
        f"number {number[:22]}": (with_host(number), [out_of_range("5:11", number)])
        for number in (
            *("9223372036854775808", "-9223372036854775809", "0x8000000000000000", "1e400"),
            *(".nan", ".NaN", ".inf", "-.inf", "-1e400", "9" * 70, "9" * 5_000),
        )
    },
    "tab": (GOOD.replace("    host", "\thost"), [f"5:1: yaml-syntax: {_TAB}"]),
    "tabs throughout": (GOOD.replace("  ", "\t"), [f"4:1: yaml-syntax: {_TAB}"]),
    "alias to what holds it": (
        f"{GOOD}x-a: &a [*a]\n",
        [
            (
                '8:10: alias: alias "*a" stands inside what it names;'
                " it repeats what is complete; write the value out"
            )
        ],
    ),
    "alias to the whole": (
        f"--- &a\n{GOOD}x-a: *a\n",
        [
            (
                '9:6: alias: alias "*a" stands inside what it names;'
                " it repeats what is complete; write the value out"
            )
        ],
    ),
    "anchors that multiply": (
        f"{GOOD}x-a: &a [{', '.join('b' * 10)}]\n{_BOMB}",
        [
            (
                "13:10: alias: aliases multiply to more than 200,000 nodes;"
                " no spec needs that; write fewer of them"
            )
        ],
    ),
    "merge key": (
        spec(endpoint(more="      <<: {method: Anonymous}\n")),
        ['8:7: merge-key: merge key "<<"; YAML 1.2 has none; write the members out'],
    ),
    "5,000 lists": (f"{HEAD}x-a: {'[' * 5_000}{']' * 5_000}\n", [f"3:65: {_DEEP}"]),
    "5,000 lists that are not closed": (f"{HEAD}x-a: {'[' * 5_000}", [f"3:65: {_DEEP}"]),
    "5,000 maps": (f"{HEAD}x-a: {'{a: ' * 5_000}{'}' * 5_000}\n", [f"3:242: {_DEEP}"]),
    "5,000 maps in block style": (f"{HEAD}x-a:\n{_DEEP_BLOCK}", [f"63:61: {_DEEP}"]),
    "5,000 lists in block style": (f"{HEAD}x-a:\n  {'- ' * 5_000}b\n", [f"4:121: {_DEEP}"]),
    "NUL": (
        GOOD.replace("plant7", "pl\0nt7"),
        [f"5:13: yaml-syntax: character U+0000 is not allowed in YAML; {_CONTROL}"],
    ),
    "NUL at the end": (
        f"{GOOD}\0",
        [f"8:1: yaml-syntax: character U+0000 is not allowed in YAML; {_CONTROL}"],
    ),
    "UTF-16": (GOOD.encode("utf-16"), [f"1:1: file-encoding: the file is UTF-16; {_UTF_8}"]),
    "UTF-16 without a mark": (
        GOOD.encode("utf-16-be"),
        [f"1:1: file-encoding: the file is UTF-16; {_UTF_8}"],
    ),
    "Latin-1": (
        with_host("plänt7.azurecr.io").encode("latin-1"),
        [f"5:13: file-encoding: byte 0xe4 is not UTF-8; {_UTF_8}"],
    ),
    "half a character": (
        GOOD.encode() + "ä".encode()[:1],
        [f"8:1: file-encoding: byte 0xc3 is not UTF-8; {_UTF_8}"],
    ),
    "more than 64 MiB": (
        b"#" * (MAX_BYTES + 1),
        ["1:1: file-too-large: the file is too large; at most 64 MiB are read; split the spec"],
    ),
}
"""The mistake by name: the spec, and its findings as ``line:column: rule: message``."""

_ANNOTATIONS = "    metadata: {annotations: {a: %s, b: %s, c: %s, d: %s, e: %s}}\n"
_PLAIN = ("on", "2025-10-01", "yes", "12:30", "0b1")
_PULL = "      artifactPullSecretSettings: {secretRef: %s}\n"

ODD: dict[str, tuple[bytes, str]] = {
    "byte order mark": (f"\ufeff{GOOD}".encode(), GOOD),
    "two byte order marks": (f"\ufeff\ufeff{GOOD}".encode(), GOOD),
    "CRLF": (GOOD.replace("\n", "\r\n").encode(), GOOD),
    "CR": (GOOD.replace("\n", "\r").encode(), GOOD),
    "byte order mark and CRLF": (f"\ufeff{GOOD}".replace("\n", "\r\n").encode(), GOOD),
    "no last line end": (GOOD.removesuffix("\n").encode(), GOOD),
    "comments and blank lines anywhere": (
        "".join(
            f"\n# {line!r}: [\n   \n{line} \t # {line}\n" for line in GOOD.splitlines()
        ).encode(),
        GOOD,
    ),
    "comments in flow style": (
        (
            b"# a\n{ # b: [\n\n'bikube': v1, # c\n instance: {name: aio-plant-7,\n\n# d\n"
            b" customLocation: cl-plant-7}, registryEndpoints: [ # e\n {name: a1b, # f\n"
            b" host: 'plant7.azurecr.io', authentication: {\n\n method:\n"
            b"  SystemAssignedManagedIdentity # g\n}}, # h\n]}\n# i"
        ),
        GOOD,
    ),
    "markers and a directive": (f"%YAML 1.2\n---\n{GOOD}...\n# the end\n".encode(), GOOD),
    "plain words and dates": (
        spec(endpoint(more=_ANNOTATIONS % _PLAIN)).encode(),
        spec(endpoint(more=_ANNOTATIONS % tuple(f'"{one}"' for one in _PLAIN))),
    ),
    "a date as a name": (
        spec(endpoint(name="2025-10-01", method="ArtifactPullSecret", more=_PULL % "on")).encode(),
        spec(endpoint(name="'2025-10-01'", method="ArtifactPullSecret", more=_PULL % "'on'")),
    ),
    "non-ASCII names in an x- section": (
        f"{GOOD}x-größe: {{Ω: [é, 日本, \U0001f600], 'a\u2028b': \u0085}}\n".encode(),
        GOOD,
    ),
    "numbers at the edge in an x- section": (
        f"{GOOD}x-a: [9223372036854775807, -9223372036854775808, 1e308, '.nan']\n".encode(),
        GOOD,
    ),
    "60 levels": (f"{GOOD}x-a: {'[' * 59}{']' * 59}\n".encode(), GOOD),
    "aliases that add up to little": (f"{GOOD}x-a: &a [b]\nx-c: [*a, *a]\n".encode(), GOOD),
}
"""What looks odd and is right, by name, and a plain spec that means the same."""
