"""What a Bicep text declares, and on which lines, however it is written."""

import pytest

from bikube.verify.bicep_text import Declaration, declarations

TEXT = """\
targetScope = 'resourceGroup'
@description('''
resource no 'a@1' = {
''')
param text string = '${toLower('a')}: {'
module m './m.bicep' = [for i in range(0, 2): {
  name: 'm${i}' // } {
}]
resource instance 'X/instances@2025-10-01' existing = {
  name: text
}
/* resource no 'b@1' = { */
resource one 'X/instances/ones@2025-10-01' = if (text == 'a') {
  parent: instance
  name: 'one'
  #disable-next-line some-code
  'quoted-key': text == 'a' ? {
    x: 1
  } : [
    2
  ]
  properties: {
    list: [
      {
        a: json('1.5')
      }
      'b'
    ]
    short: { a: 1, b: [1, 2] }
    empty: {}
  }
  resource inner 'twos@2025-10-01' = {
    name: 'two'
  }
  dependsOn: [
    m
  ]
}
var last = concat('a',
  'b')
output o string = 'x'
"""


def test_every_declaration_is_found() -> None:
    """Strings, comments, loops and conditions do not hide what is declared, nor add to it."""
    found = [each[:5] for each in declarations(TEXT)]

    assert found == [
        ("targetScope", "", 1, "", False),
        ("param", "text", 5, "", False),
        ("module", "m", 6, "./m.bicep", False),
        ("resource", "instance", 9, "X/instances@2025-10-01", True),
        ("resource", "one", 13, "X/instances/ones@2025-10-01", False),
        ("var", "last", 39, "", False),
        ("output", "o", 41, "", False),
    ]


def test_members_have_their_lines_and_texts() -> None:
    """Each member of a body has its line, and each value that is no container its text."""
    (one,) = [each for each in declarations(TEXT) if each.symbol == "one"]

    assert one.name == "one"
    assert one.lines == {
        (): 13,
        ("parent",): 14,
        ("name",): 15,
        ("quoted-key",): 17,
        ("properties",): 22,
        ("properties", "list"): 23,
        ("properties", "list", 0): 24,
        ("properties", "list", 0, "a"): 25,
        ("properties", "list", 1): 27,
        ("properties", "short"): 29,
        ("properties", "short", "a"): 29,
        ("properties", "short", "b"): 29,
        ("properties", "short", "b", 0): 29,
        ("properties", "short", "b", 1): 29,
        ("properties", "empty"): 30,
        ("resource inner 'twos@2025-10-01' =",): 32,
        ("dependsOn",): 35,
        ("dependsOn", 0): 36,
    }
    assert one.texts == {
        ("parent",): "instance",
        ("name",): "'one'",
        ("quoted-key",): "text == 'a' ? {\n    x: 1\n  } : [\n    2\n  ]",
        ("properties", "list", 0, "a"): "json('1.5')",
        ("properties", "list", 1): "'b'",
        ("properties", "short", "a"): "1",
        ("properties", "short", "b", 0): "1",
        ("properties", "short", "b", 1): "2",
        ("dependsOn", 0): "m",
    }


def test_a_name_that_is_no_plain_text_is_empty() -> None:
    """What only an evaluation would tell is not guessed."""
    assert [one.name for one in declarations(TEXT)] == ["", "", "m${i}", "", "one", "", ""]


@pytest.mark.parametrize(
    "text",
    [
        *("", "\n", "resource", "resource a 'b' = {", "resource a 'b' = {\n a: ["),
        *("}", "a: (", "@x", "'"),
    ],
)
def test_a_text_that_ends_early_is_read_as_far_as_it_goes(text: str) -> None:
    """No text makes the reader fail or go on for ever; the compiler is who judges it."""
    assert all(isinstance(one, Declaration) for one in declarations(text))
