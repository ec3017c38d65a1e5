"""What an older form of a template has is told once, by what it became."""

import pytest
from tests.support.found import real

from bikube.diagnostics import Severity
from bikube.fix.rounds import fix_spec

HEAD = """\
bikube: v1
instance: {name: aio-plant-7, customLocation: cl-plant-7}
akriConnectorTemplates:
  - name: rest
    deviceInboundEndpointTypes: [{endpointType: Microsoft.Http}]
    runtimeConfiguration:
      runtimeConfigurationType: ManagedConfiguration
      managedConfigurationSettings:
        managedConfigurationType: ImageConfiguration
        imageConfigurationSettings:
"""
BECAME = '"image" is an old form; it became "imageName" and "tagDigestSettings"'
FORM = (
    'write the name at "imageName", the tag or digest in "tagDigestSettings", and a registry in'
    ' "registrySettings"'
)
REQUIRED, UNKNOWN = "required-property", "unknown-key"
DIGEST = "sha256:" + "0a" * 32


def _spec(settings: str) -> str:
    return HEAD + "".join(f"          {line}\n" for line in settings.splitlines())


@pytest.mark.parametrize(
    ("settings", "rule", "message", "help"),
    [
        (
            'image: "foo:1.0"',
            REQUIRED,
            BECAME,
            'write "imageName: foo" and "tagDigestSettings: {tagDigestType: Tag, tag: \'1.0\'}"',
        ),
        (
            f"image: a/foo@{DIGEST}",
            REQUIRED,
            BECAME,
            (
                'write "imageName: a/foo" and "tagDigestSettings: {tagDigestType: Digest,'
                f' digest: {DIGEST}}}"'
            ),
        ),
        ("image: mcr.microsoft.com/foo:1.0", REQUIRED, BECAME, FORM),
        ("image: {repository: foo}", REQUIRED, BECAME, FORM),
        ("image: foo:1.0\ntagDigestSettings: {tagDigestType: Tag, tag: b}", REQUIRED, BECAME, FORM),
        (
            "image: foo:1.0\nimageName: foo",
            UNKNOWN,
            f'{BECAME}; "imageName" is there already',
            "keep one of the two",
        ),
    ],
)
def test_an_image_in_one_string_is_one_error(
    settings: str, rule: str, message: str, help: str
) -> None:
    """It stands at "image", and the name that is missing is no finding of its own."""
    linted = real(_spec(settings))
    errors = [one for one in linted.diagnostics if one.severity is Severity.ERROR]
    assert [(one.rule, one.message, one.help) for one in errors] == [(rule, message, help)]
    assert linted.source.cut(errors[0].span) == "image"


@pytest.mark.parametrize(
    ("settings", "fixed"),
    [
        (
            'image: "foo:1.0"  # ours\nreplicas: 1',
            (
                'imageName: "foo"  # ours\ntagDigestSettings:\n  tagDigestType: Tag\n  tag: "1.0"\n'
                "replicas: 1"
            ),
        ),
        (
            f"image: a/foo@{DIGEST}",
            f"imageName: a/foo\ntagDigestSettings:\n  tagDigestType: Digest\n  digest: {DIGEST}",
        ),
        ("image: mcr.microsoft.com/foo:1.0", "image: mcr.microsoft.com/foo:1.0"),
        ("image: foo:1.0\nimageName: foo", "image: foo:1.0\nimageName: foo"),
    ],
)
def test_a_fix_writes_both_parts_where_none_is_guessed(settings: str, fixed: str) -> None:
    """The text is mended by an unsafe fix, and is left as it is where it can be meant two ways."""
    written = fix_spec(_spec(settings).encode(), lambda data: real(data.decode()), unsafe=True)
    assert (written.linted.source.text, written.refusal) == (_spec(fixed), "")


def test_another_key_called_image_is_none_of_a_template() -> None:
    """Elsewhere it is an unknown key like any other."""
    settings = "imageName: foo\ntagDigestSettings: {tagDigestType: Tag, tag: b, image: foo:1.0}"
    errors = [one for one in real(_spec(settings)).diagnostics if one.severity is Severity.ERROR]
    assert [one.rule for one in errors] == [UNKNOWN]
    assert "old form" not in errors[0].message
