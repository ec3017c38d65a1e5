"""No credential is ever shown, wherever it stands and however the finding is reported."""

from collections.abc import Iterable, Iterator
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import RunCli
from tests.support.effort import growth

from bikube.credentials.forms import find_credentials, find_forms, may_name
from bikube.credentials.redaction import MASK, Redactor, Secrets
from bikube.credentials.text import find_written
from bikube.credentials.tokens import FORMS as TOKENS
from bikube.document import decode, parse
from bikube.lint.engine import Linted, lint
from bikube.report.run import Run, load_report, report_names
from bikube.rules.builtin import builtin_rules
from bikube.text.source import Source, Span

HEAD = "bikube: v1\ninstance: {name: aio-plant-7, customLocation: cl-plant-7}\n"
ENTRY = HEAD + (
    "registryEndpoints:\n  - name: contoso\n    host: %s\n    authentication:\n"
    "      method: Anonymous\n"
)
PLAIN = "hunter2-Zq9"

# Written in two pieces, so that no scanner takes this file for a leak.
FORMS = {
    "github": "ghp" + "_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
    "github-fine": "github" + "_pat_11ABCDEFG0a1b2c3d4e5f6_g7h8i9j0k1l2m3",
    "gitlab": "glpat" + "-a1B2c3D4e5F6g7H8i9J0",
    "docker": "dckr" + "_pat_a1B2c3D4e5F6g7H8i9J0k1L2m3N",
    "aws": "AKIA" + "A1B2C3D4E5F6G7H8",
    "aws-session": "ASIA" + "A1B2C3D4E5F6G7H8",
    "google": "AIza" + "SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q",
    "npm": "npm" + "_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
    "pypi": "pypi" + "-AgEIcHlwaS5vcmcCJGExYjJjM2Q0LWU1ZjYtNzg5MA",
    "slack": "xoxb" + "-1234567890-a1b2c3d4e5f6",
    "jwt": "eyJ" + "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
    "acr": "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1" + "+ACRDa1b2c",
    "entra": "a1b" + "8Q~A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q",
    "storage": "a1B2c3D4e5" * 8 + "f6G7h8" + "==",
}


def findings(text: str | bytes) -> Linted:
    """What is found in ``text``."""
    data = text.encode() if isinstance(text, str) else text
    return lint("bikube.yaml", data, builtin_rules())


def shown_of(text: str | bytes, formats: Iterable[str] = ("json", "text")) -> str:
    """All that may be shown of ``text``: the reports, and every line as a snippet."""
    linted = findings(text)
    pieces: list[str] = []
    for name in formats:
        pieces += load_report(name)(Run((linted,), builtin_rules()), colour=False)
    redactor = Redactor(linted.source, linted.document)
    count = linted.source.position(len(linted.source.text)).line
    pieces += (redactor.hide_line(number) for number in range(1, count + 1))
    return "\n".join(pieces)


# Each has a credential by the words of its key; {} is the credential.
NAMED = {
    "flow": "x-a: {{password: {}}}",
    "flow, not the last": "x-a: {{password: {}, b: c}}",
    "block": "x-a:\n  password: {}",
    "at the top": "password: {}",
    "double quotes": 'x-a: {{"password": "{}"}}',
    "single quotes": "x-a: {{'password': '{}'}}",
    "quoted over lines": 'x-a:\n  password: "a b\n    {}"',
    "plain over lines": "x-a:\n  password: a b\n    {}",
    "on the next line": "x-a:\n  password:\n    {}",
    "literal block": "x-a:\n  password: |\n    first\n\n    {}\n  b: c",
    "folded block": "x-a:\n  password: >-\n    {}",
    "list": "x-a:\n  password:\n    - first\n    - {}",
    "list that is not indented": "x-a:\n  tokens:\n  - first\n  - {}",
    "flow list": "x-a: {{password: [first, {}]}}",
    "flow over lines": "x-a: {{password:\n{}, b: c}}",
    "map": "x-a:\n  password:\n    value: {}",
    "flow map": "x-a: {{password: {{value: {}}}}}",
    "anchor": "x-a: {{password: &a {}}}",
    "tag": "x-a: {{password: !!str {}}}",
    "unknown tag": "x-a: {{password: !secret {}}}",
    "alias": "x-a: &a {}\nx-b: {{password: *a}}",
    "explicit key": "x-a:\n  ? password\n  : {}",
    "escaped key": 'x-a:\n  "pass\\x77ord": {}',
    "key with separators": "x-a: {{api-key: {}}}",
    "camel case": "x-a: {{sharedAccessKey: {}}}",
    "pair": "x-a:\n  - name: docker-password\n    value: {}",
    "flow pair": "x-a: [{{value: {}, name: docker-password}}]",
    "comment": "x-a: 5 # the password: {}",
    "comment of its own": "# password: {}\nx-a: 5",
    "command in a comment": "x-a: 5 # --docker-password={}",
    "command": "x-a: kubectl create secret docker-registry a --docker-password={}",
    "command with a space": "x-a: kubectl create secret docker-registry a --docker-password {}",
    "twice": "x-a: {{password: a, password: {}}}",
    "twice, the first": "x-a: {{password: {}, password: a}}",
    "merged": "x-a: {{<<: {{password: {}}}}}",
    "unknown key": "registryEndpoints:\n  - {{name: abc, password: {}}}",
    "unknown key of settings": (
        "registryEndpoints:\n  - name: abc\n    host: a.io\n    authentication:\n"
        "      method: ArtifactPullSecret\n"
        "      artifactPullSecretSettings: {{secretRef: abc, password: {}}}"
    ),
    "label": "registryEndpoints:\n  - {{name: abc, metadata: {{labels: {{password: {}}}}}}}",
    "instance": "x-a: 5\ninstance2: {{password: {}}}",
    "login of a host": "registryEndpoints:\n  - {{name: abc, host: 'bob:{}@harbor.example.org'}}",
    "login of a URL": "x-a: https://bob:{}@harbor.example.org/a",
    "second document": "---\npassword: {}",
    "after the end": "...\npassword: {}",
}

# {} is a token that is known by its form.
FORMED = {
    "host": "registryEndpoints:\n  - {{name: abc, host: {}, authentication: {{method: None}}}}",
    "name": "registryEndpoints:\n  - {{name: {}, host: a.io, authentication: {{method: None}}}}",
    "method": "registryEndpoints:\n  - {{name: abc, host: a.io, authentication: {{method: {}}}}}",
    "instance name": "x-a: 5\n'{}': {{name: a}}",
    "section": '"{}": []',
    "key": 'registryEndpoints:\n  - {{name: abc, "{}": 5}}',
    "key of x-": 'x-a: {{"{}": 5}}',
    "key twice": 'x-a: {{"{}": 5, "{}": 6}}',
    "value of x-": "x-a: [{}]",
    "name of x-": "x-{}: 5",
    "comment": "x-a: 5 # see {}",
    "comment of its own": "# {}\nx-a: 5",
    "comment behind a fault": "registryEndpoints: 5 # {}",
    "inside text": "x-a: use {} to sign in",
    "block": "x-a: |\n  {}\n  more",
    "folded": "x-a: >\n  more\n  {}",
    "plain after a tag": "x-a: !foo {}",
    "null settings": "existing: {{registryEndpoints: [{}]}}",
    "version": "targets: {{bicep: {{apiVersion: '{}'}}}}",
    "custom location": "targets: {{'{}': 5}}",
    "broken before": "x-a: [\nx-b: {}\n",
    "broken behind": "x-b: {}\nx-a: [\n",
    "broken here": "x-b: {}: a: b\n",
    "unclosed": 'x-b: "{}\n',
    "outdented": "x-a:\n  - a\n {}: 5\n",
    "no colon": "{}\nx-a: 5\n",
    "directive": "---\n%FOO {}\n---\n",
    "control character": "x-a: {}\x07\n",
}


@pytest.mark.parametrize("place", NAMED)
def test_a_credential_is_never_shown_where_its_key_says_that_it_is_one(place: str) -> None:
    """A value whose key names a credential is in no report and no snippet."""
    text = HEAD + NAMED[place].format(PLAIN) + "\n"
    assert PLAIN in text
    assert PLAIN not in shown_of(text, report_names())


@pytest.mark.parametrize("place", NAMED)
def test_a_credential_is_not_shown_in_broken_yaml(place: str) -> None:
    """Neither a fault before a credential nor one behind it makes it visible."""
    body = NAMED[place].format(PLAIN) + "\n"
    texts = [
        text
        for fault in (
            "x-z: [\n",
            "x-z: @a\n",
            "x-z: '\n",
            "x-z: \x07\n",
            "\tx-z: 5\n",
            "x-z: {a, a}\n",
        )
        for text in (HEAD + fault + body, HEAD + body + fault, fault + body)
    ]
    assert [text for text in texts if PLAIN in shown_of(text)] == []


@pytest.mark.parametrize("place", NAMED)
def test_a_fault_beside_a_credential_does_not_show_it(place: str) -> None:
    """The line of a fault is shown without the credential on it."""
    ends = ["\x07", "\x00", '"', "'", "]", "}"]
    if not place.startswith("login"):  # With a space in it, it is no login.
        ends += [": a: b", "\t", " # a\x07"]
    texts = [HEAD + NAMED[place].format(PLAIN + end) + "\n" for end in ends]
    assert [text for text in texts if PLAIN in shown_of(text)] == []


@pytest.mark.parametrize("place", NAMED)
def test_a_credential_in_another_encoding_is_not_shown(place: str) -> None:
    """A byte that is not UTF-8 stops the reading, and still nothing is shown."""
    body = NAMED[place].format(PLAIN)
    assert PLAIN not in shown_of((HEAD + body).encode() + b"\xe9\n")
    assert PLAIN not in shown_of((HEAD + body + "\n").encode("utf-16"))


@pytest.mark.parametrize("place", NAMED)
def test_line_ends_do_not_matter_to_what_is_hidden(place: str) -> None:
    """With CRLF and CR the same is hidden, in broken YAML too."""
    body = HEAD + NAMED[place].format(PLAIN) + "\n"
    for text in (body, body + "x-z: [\n", NAMED[place].format(PLAIN + "\x07") + "\n"):
        assert PLAIN not in shown_of(text.replace("\n", "\r\n"))
        assert PLAIN not in shown_of(text.replace("\n", "\r"))


@pytest.mark.parametrize("place", FORMED)
def test_a_well_known_token_is_never_shown(place: str) -> None:
    """A token that is known by its form is in no report and no snippet, wherever it stands."""
    for form, token in FORMS.items():
        formats = report_names() if form == "github" else ("json", "text")
        shown = shown_of(HEAD + FORMED[place].format(token, token) + "\n", formats)
        assert token[:20].lower() not in shown.lower(), form


@pytest.mark.parametrize("place", ["x-a: &{} 5\n", "x-a: *{}\n", "x-a: !{} 5\n", "x-a: !!{} 5\n"])
def test_a_token_as_the_name_of_an_anchor_or_a_tag_is_not_shown(place: str) -> None:
    """Anchors, aliases and tags may hold tokens too, and findings quote them."""
    token = FORMS["github"]
    body = HEAD + place.format(token)
    for text in (body, body + "x-z: [\n"):
        assert token not in shown_of(text)


@pytest.mark.parametrize("place", NAMED)
def test_a_number_as_a_credential_is_not_shown(place: str) -> None:
    """A number is hidden as it is written and as it is read, out of range or not."""
    numbers = {
        "20251001": "20251001",
        "0x1F4A5": "128165",
        "1234567.5": "1234567.5",
        "12e7": "120000000.0",
        "99999999999999999999": "99999999999999999999",
        "0o7654321": "2054353",
    }
    for written, value in numbers.items():
        body = HEAD + NAMED[place].format(written) + "\n"
        shown = shown_of(body) + shown_of(body + "x-z: [\n")
        assert (written in shown, value in shown) == (False, False)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('"hunt\\x65r2\\"Zq9"', 'hunter2"Zq9'),
        ('"hunter2\\\n      -Zq9"', "hunter2-Zq9"),
        ('"\\u0068unter2-Zq9"', "hunter2-Zq9"),
        ("'hunter2''Zq9'", "hunter2'Zq9"),
        ('"hunter2, Zq9}]: #a"', "hunter2, Zq9}]: #a"),
    ],
)
def test_escapes_do_not_uncover_a_credential(written: str, value: str) -> None:
    """A quoted credential is hidden as it is written and as it is read."""
    text = f"{HEAD}x-a:\n  password: {written}\n"
    shown = shown_of(text) + shown_of(text + "x-z: [\n") + shown_of(text + "x-z: @\n")
    assert value not in shown
    pieces = [piece for piece in written.strip("\"'").split() if len(piece) > 3]
    assert [piece for piece in pieces if piece in shown] == []


def test_an_escaped_token_is_hidden_in_broken_yaml() -> None:
    """A token whose characters are written as escapes is hidden where nothing can be parsed."""
    token = FORMS["github"].replace("_", "\\x5f")
    text = f'{HEAD}x-a: "{token}" @\nx-b: [\n'
    assert find_written(text) != []
    assert token not in shown_of(text)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("a: b\npassword: c # d\ne: f", ["c # d"]),
        ("- password: c\n  d: e\n- f", ["c"]),
        ("a: {password: [b,\n c],\n d: e}\nf: {}", ["[b,\n c],\n d: e}"]),
        ("password: 'a\nb: c'\nd: e", ["'a\nb: c'"]),
        ("password:\nb\nc: d", ["\nb"]),
        ("password:\nb: d", []),
        ("# password: a\n  b: c", ["a"]),
        ("b: c # password: a\n  d: e", ["a"]),
        ("a: ['\"pa:st\": x', {'secr:et': b}]", ["b}]"]),
        ("a: &b c\nd: *b\ntoken: *b", ["c", "*b"]),
        ("x: bob:a@h and c@d", ["bob:a"]),
        ("values: a\nvalue: b", ["b"]),
    ],
)
def test_what_is_hidden_ends_where_another_key_begins(text: str, hidden: list[str]) -> None:
    """The rest of the line goes, what is open at its end, and what is indented below it."""
    assert [text[start:end] for start, end in find_written(text)] == hidden


@pytest.mark.parametrize(
    "text",
    [
        "password: [" * 20_000,
        "{a: [" + "{name: a, password: b}, " * 10_000 + "]}",
        "password: *a\n" + "&a x " * 20_000,
        "password: '" * 20_000,
        "key" * 100_000,
        "a:b@" * 50_000,
    ],
)
def test_a_long_line_is_looked_through_once(text: str) -> None:
    """What is hidden of a line with thousands of keys is found in time that grows with it."""
    times = []
    for part in (text[: len(text) // 8], text):
        start = process_time()
        find_written(part)
        times.append(process_time() - start)
    assert times[1] < 40 * times[0] + 0.5


def test_all_lines_of_a_private_key_are_hidden() -> None:
    """A private key is hidden from its first line to its last, in data and in comments."""
    key = (
        "-----BEGIN RSA PRIVATE KEY-----",
        "MIIBOgIBAAJBAKj34Gky",
        "-----END RSA PRIVATE KEY-----",
    )
    for text in ("x-a: |\n  " + "\n  ".join(key), "# " + "\n# ".join(key) + "\nx-a: ["):
        shown = shown_of(f"{HEAD}{text}\n")
        assert [line for line in key if line in shown] == []


def test_a_docker_configuration_is_hidden() -> None:
    """The content of a pull secret is a credential, as JSON and in base64."""
    json = '{"auths":{"contoso.azurecr.io":{"username":"robot-7","password":"hunter2-Zq9"}}}'
    for text in (f"x-a: '{json}'", f"x-a: {json}", f"# {json}\nx-a: ["):
        shown = shown_of(f"{HEAD}{text}\n")
        assert PLAIN not in shown
        assert "robot-7" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "AccountName=a;AccountKey=hunter2-Zq9;EndpointSuffix=core.windows.net",
        "Endpoint=sb://a/;SharedAccessKeyName=a;SharedAccessKey=hunter2-Zq9",
        "Server=a;Password=hunter2-Zq9;",
        "https://a.blob.core.windows.net/b?sv=1&sig=hunter2Zq9hunter2Zq9&se=2",
        "Authorization: Bearer hunter2-Zq9hunter2-Zq9",
        "Authorization: Basic aHVudGVyMi1acTk6aHVudGVyMg==",
    ],
)
def test_the_secret_part_of_a_longer_text_is_hidden(text: str) -> None:
    """Connection strings, shared access signatures and headers are known by their words."""
    secrets = ("hunter2", "aHVudGVyMi1acTk6")
    for spec in (f"{HEAD}x-a: '{text}'\n", f"{HEAD}x-a: 5 # {text}\nx-z: [\n"):
        shown = shown_of(spec)
        assert [secret for secret in secrets if secret in shown] == []


@pytest.mark.parametrize(
    "text",
    [
        "x-a: {secretRef: hunter2-Zq9}",
        "x-a: {passwordSecretName: hunter2-Zq9}",
        "x-a:\n  password:\n  b: hunter2-Zq9",
        "x-a:\n  - password: '<the password>'\n    b: hunter2-Zq9",
        "x-a: {password-policy: hunter2-Zq9}",
        "x-a: mailto:bob@hunter2-Zq9.example.org",
    ],
)
def test_what_only_speaks_of_credentials_is_shown(text: str) -> None:
    """The name of a secret is no credential, nor is what stands below one that is not there."""
    spec = f"{HEAD}{text}\n"
    linted = findings(spec)
    assert [one.rule for one in linted.diagnostics] == ["empty-spec"]
    assert PLAIN in shown_of(spec)


@pytest.mark.parametrize(
    "text",
    [
        "x-a: {secrets: [{secretAlias: a, secretKey: hunter2-Zq9, secretRef: b}]}",
        "x-a:\n  token:\n    secretRef: hunter2-Zq9",
        "x-a: {token: {secretRef: hunter2-Zq9}}",
        "x-a: {password: null, b: hunter2-Zq9}",
        "x-a: {credentials: {method: hunter2-Zq9}}",
        "x-a: {privateKey: {algorithm: hunter2-Zq9, size: 2048}}",
        "x-a: {token: {audience: hunter2-Zq9, expirationSeconds: 3600}}",
        "x-a: {secret: [{path: hunter2-Zq9}]}",
        "x-a: {imagePullSecret: ghcr-pull} # password: hunter2-Zq9",
    ],
)
def test_what_may_belong_to_a_credential_is_hidden_and_no_finding(text: str) -> None:
    """Behind the name of a credential all is hidden, also where the rule knows that it is none."""
    spec = f"{HEAD}{text}\n"
    linted = findings(spec)
    assert [one.rule for one in linted.diagnostics] == ["empty-spec"]
    assert PLAIN not in shown_of(spec)


def credentials_of(text: str) -> list[str]:
    """The credentials that are found in the data of ``text``."""
    document, _ = parse(Source("a", text))
    assert document is not None
    return [one.text for one in find_credentials(document)]


@pytest.mark.parametrize(
    "text",
    [
        "password: abc",
        "{key: password, value: abc}",
        "host: me:abc@ghcr.io",
        r'host: "me:abc\x40ghcr.io"',
        "note: --password abc",
        "ghp_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6: 1",
        "pull: ghp_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6",
        r'pull: "gh\x70_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6"',
    ],
)
def test_a_credential_is_found_however_deep_it_is_in_an_entry(text: str) -> None:
    """Entries in which none can be are passed over, and no others."""
    found = credentials_of(text)
    assert len(found) == 1
    deep = f"a: [{{b: 1}}, {{b: [1, {{c: [{{{text.strip('{}')}}}]}}]}}, {{b: 2}}]"
    assert credentials_of(deep) == found


@pytest.mark.parametrize(
    "text",
    [
        "imagePullSecret: ghcr-pull",
        "secret: quay-pull",
        "pull_secret: plant7.registry.pull-2026",
        "docker-secret: a",
        "k8sSecret: registry-secret-of-the-plant",
        "keyVaultSecret: harbor-dockerconfig",
    ],
)
def test_a_name_of_a_secret_is_no_credential(text: str) -> None:
    """Where "secretRef" is meant, what can be the name of a Kubernetes secret is one."""
    assert credentials_of(f"{text}\n") == []


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ('secret: "aB3$hunter2"', "aB3$hunter2"),
        ("secret: 5f4dcc3b5aa765d61d8327deb882cf99", "5f4dcc3b5aa765d61d8327deb882cf99"),
        (
            "secret: 3f2504e0-4f89-41d3-9a0c-0305e82c3301",
            "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        ),
        ("imagePullSecret: ghcr_pull", "ghcr_pull"),
        ("imagePullSecret: 12345", "12345"),
        ("clientSecret: hunter2", "hunter2"),
        ("password: hunter2", "hunter2"),
        ("token: ghcr-pull", "ghcr-pull"),
        ("password: {value: hunter2}", "hunter2"),
        ("privateKey: {algorithm: RSA, PEM: hunter2}", "hunter2"),
        ("tokens: {alice: hunter2}", "hunter2"),
        ("credentials: {user: bob, password: hunter2}", "hunter2"),
        (".dockerconfigjson: {auths: {ghcr.io: {auth: hunter2}}}", "hunter2"),
    ],
)
def test_a_credential_is_found_beside_names_and_descriptions(text: str, secret: str) -> None:
    """What no secret is called, and what a map holds of a credential, is found."""
    assert credentials_of(f"{text}\n") == [secret]


@given(st.sampled_from(sorted(FORMS)), st.text(st.characters(codec="utf-8"), max_size=12))
def test_every_form_is_found_whatever_stands_around_it(form: str, around: str) -> None:
    """The quick look for rare pieces lets through each text that holds a token."""
    text = f"{around} {FORMS[form]} {around}"
    assert FORMS[form] in {text[start:end] for start, end in find_forms(text)}


def test_a_credential_in_what_a_repeated_key_drops_is_not_shown() -> None:
    """The line of the key is shown with the finding about it."""
    text = f"bikube: v1\nx-a: {{b: c}}\nx-a: {{name: password, value: {PLAIN}}}\n"
    assert PLAIN not in shown_of(text)


def test_a_credential_keeps_its_width_in_a_snippet() -> None:
    """What is hidden in a source line keeps its width, so that the underline fits."""
    source, _ = decode("a", b"x-a: {b: c, password: hunter2-Zq9} # d\n")
    document, _ = parse(source)
    assert Redactor(source, document).hide_line(1) == "x-a: {b: c, password: ****************"


def test_a_message_hides_a_credential_in_any_case_and_cut_short() -> None:
    """Lower-cased and shortened credentials in messages are hidden like whole ones."""
    source, _ = decode("a", f"x-a: {{password: {PLAIN * 9}}}\n".encode())
    redactor = Redactor(source, parse(source).document)
    cut = (PLAIN * 9)[:59]
    assert redactor.hide(f'"{(PLAIN * 9).lower()}", "{cut}…", "x"') == '"***", "***…", "x"'


@pytest.mark.parametrize("secret", ["abc", "hunter2"])
def test_a_message_hides_what_only_its_place_tells(secret: str) -> None:
    """From three characters on, with quotes around it or without."""
    text = f"{HEAD}x-a: [\n# password: {secret}\n"
    span = Span(text.index(secret), text.index(secret) + len(secret))
    redactor = Redactor(Source("bikube.yaml", text), None)
    assert redactor.hide(f"{secret} is bad", span) == "*** is bad"
    assert redactor.hide(f'"{secret}" is bad', span) == '"***" is bad'


@pytest.mark.parametrize(
    "key",
    [
        "accessSignature",
        "shared-access-signature",
        '"pass\\x77ord"',
        '"p\\u0061ssword"',
        "'signing_key'",
    ],
)
@pytest.mark.parametrize("form", ["x-a: [\n{}: {}\n", "{}: {}\nx-a: [\n", "# {}: {}\n"])
def test_a_key_is_known_however_it_is_written(key: str, form: str) -> None:
    """In broken YAML and in comments too, with escapes and by each of its names."""
    text = HEAD + form.format(key, PLAIN)
    assert PLAIN not in shown_of(text)
    source = Source("bikube.yaml", text)
    shown = [Redactor(source, parse(source).document).hide_line(line) for line in range(1, 5)]
    assert [line for line in shown if PLAIN in line] == []


def test_a_text_without_credentials_stays_as_it_is() -> None:
    """A spec without credentials is shown as it is."""
    source, _ = decode("a", (ENTRY % "a.io").encode())
    redactor = Redactor(source, parse(source).document)
    lines = [redactor.hide_line(number + 1) for number in range(7)]
    assert lines == source.text.splitlines()
    assert redactor.hide(source.text, source.line_span(1)) == source.text


@given(
    st.lists(st.text(min_size=3, max_size=9).filter(str.strip), min_size=1, max_size=4), st.data()
)
def test_no_secret_survives_masking(secrets: list[str], data: st.DataObject) -> None:
    """Each of many secrets is masked in any text, and nothing is masked twice as long."""
    lines = [line.strip() for secret in secrets for line in secret.splitlines()]
    pieces = data.draw(st.lists(st.one_of(st.sampled_from(secrets), st.text(max_size=5))))
    masked = Secrets(secrets).mask("|".join(pieces), lambda _length: MASK)
    assert [one for one in lines if len(one) > 3 and one in masked and one not in MASK] == []


def _shown_with(count: int) -> str:
    """The report of a spec with ``count`` credentials, each with two findings."""
    entries = "".join(f"  - {{password: hunter2-{n}, password: 5}}\n" for n in range(count))
    linted = findings(f"{HEAD}x-a:\n{entries}")
    assert sum(one.rule == "credential" for one in linted.diagnostics) == count
    return "".join(load_report("text")(Run((linted,), builtin_rules()), colour=False))


def test_thousands_of_credentials_are_hidden() -> None:
    """Hiding one is no more work the more there are."""
    assert "hunter2" not in _shown_with(3_000)
    assert growth(_shown_with, 200, factor=8) < 20


def _specs_with_a_credential() -> Iterator[str]:
    for body in NAMED.values():
        yield HEAD + body.format(PLAIN) + "\n"


@pytest.mark.parametrize("arguments", [(), ("--diff",), ("--check",)])
def test_generate_refuses_a_credential_and_does_not_show_it(
    run_cli: RunCli, arguments: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """With a credential in the spec nothing is generated, and no output holds it."""
    folder = tmp_path_factory.mktemp("out")
    for text in _specs_with_a_credential():
        result = run_cli("generate", "-", *arguments, cwd=folder, stdin=text.encode())
        document = parse(Source("a", text)).document
        if document is not None and any(find_credentials(document)):
            assert result.code == 1
        assert PLAIN not in result.out + result.err
        assert list(folder.iterdir()) == []


def test_a_line_of_dashes_is_looked_through_once() -> None:
    """What an option's name could begin with is not looked for once more from each dash."""

    def found(length: int) -> list[str]:
        text = f"{HEAD}x-a: {'-' * length} a --docker-password {PLAIN} password b\n"
        return [text[slice(*span)] for span in find_forms(text)]

    assert found(300_000) == [PLAIN]
    assert growth(found, 2_000, factor=16) < 64


@pytest.mark.parametrize("end", ["", " ", "a", "\n"])
def test_repeated_beginnings_of_tokens_are_looked_through_once(end: str) -> None:
    """A text full of what tokens begin with takes time that grows with it."""

    def found(count: int) -> list[Span]:
        texts = ((form.piece + end) * count for form in TOKENS)
        return [span for text in texts for span in find_forms(text)]

    assert growth(found, 300, factor=16) < 64


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("a: {key: password, value: abc}", True),
        ("a: [[{name: apiKey, value: abc}]]", True),
        ("a: {key: rules, value: abc}", False),
        ("a: {key: password, values: abc}", False),
        ("[{key: 5, value: abc}]", False),
        ("5", False),
        ("value", False),
    ],
)
def test_a_value_is_named_by_the_key_beside_it(text: str, *, is_named: bool) -> None:
    """Whatever else has the key "value" is no reason to look at everything."""
    document = parse(Source("a", text)).document
    assert document is not None
    assert may_name(document) is is_named


def test_escapes_elsewhere_do_not_hide_a_token() -> None:
    """A token is found in what escapes spell, be it a key, a value or the whole document."""
    token = "gh\\x70_" + "aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hI6"
    for text in (f'a: ["{token}"]', f'"{token}": 1', f'"{token}"'):
        document = parse(Source("a", text)).document
        assert document is not None
        assert [one.text for one in find_credentials(document)] == [token.replace("\\x70", "p")]
