"""Proofs as they are shown: in every form, with lines, and without credentials."""

import json
from collections.abc import Callable

import pytest

from bikube.report.proof import Proofs, proved
from bikube.report.proof_forms import load_proof_report, proof_forms
from bikube.verify.equality import ABSENT, UNSAID
from bikube.verify.proof import Proof, Tally
from bikube.verify.sides import Difference, Side, Sighting

SIDES = (Side.BICEP, Side.KUBERNETES)
SECRET = "pw-Tr0ub4dor-and-3"
TEXTS = {"a.yaml": f"a:\n  password: {SECRET}\n", "main.bicep": "// nothing\n"}


def point(value: object, *, pointer: tuple[str | int, ...] = ("spec", "host")) -> Difference:
    """A difference between two files."""
    where = (
        Sighting(Side.BICEP, "main.bicep", pointer, ABSENT, 3),
        Sighting(Side.KUBERNETES, "a.yaml", (0, *pointer), value, 2),
    )
    return Difference("brokers/a", "/host", "the values differ", where)


def proofs(*differences: Difference, sides: tuple[Side, ...] = SIDES) -> Proofs:
    """The proofs of one spec."""
    tallies = {"brokers": Tally(1, 2, 0, 1)}
    apart = ((Side.KUBERNETES, "s.yaml", "v1 Secret s"),)
    found = Proof(tallies, differences, () if differences else apart)
    return Proofs(
        (proved("bikube.yaml", sides, found, lambda file: TEXTS.get(file, "")),), "0.49.2"
    )


def written(form: str, shown: Proofs) -> str:
    """One form of proofs."""
    return "".join(load_proof_report(form)(shown))


def test_there_are_four_forms() -> None:
    """People, programs, GitHub and pull requests have one each."""
    assert proof_forms() == ("github", "json", "markdown", "text")


EQUAL = {
    "text": (
        "not compared, since the other side has no place for it: s.yaml: v1 Secret s (kubernetes)\n"
        "proved equal: 1 resource, 2 values\n"
        "  brokers: 1 resource, 2 values, 1 reference\n"
    ),
    "github": "::notice title=bikube verify::proved equal: 1 resource, 2 values\n",
    "markdown": (
        "\u2705 **bikube verify** proved equal: 1 resource, 2 values (Bicep CLI 0.49.2)\n\n"
        "| section | resources | values | parents | references |\n|---|--:|--:|--:|--:|\n"
        "| brokers | 1 | 2 | 0 | 1 |\n"
    ),
}


@pytest.mark.parametrize("form", EQUAL)
def test_what_is_proved(form: str) -> None:
    """The verdict, and how much was compared."""
    assert written(form, proofs()) == EQUAL[form]


DIFFERENT = {
    "text": (
        "brokers/a /host: the values differ\n"
        "    bicep      main.bicep:3: nothing\n"
        '    kubernetes a.yaml:2: "x|y"\n'
        "not equal: 1 difference in 1 resource, 2 values\n"
    ),
    "github": (
        "::error file=main.bicep,line=3,title=verify::brokers/a /host: the values differ"
        '%0Abicep main.bicep:3: nothing%0Akubernetes a.yaml:2: "x|y"\n'
        "::error title=bikube verify::not equal: 1 difference in 1 resource, 2 values\n"
    ),
    "markdown": (
        "\u274c **bikube verify** not equal: 1 difference in 1 resource, 2 values (Bicep CLI"
        " 0.49.2)\n\n| resource | what | where |\n|---|---|---|\n"
        "| brokers/a | /host the values differ | bicep main.bicep:3 `nothing`<br>kubernetes"
        ' a.yaml:2 `"x\\|y"` |\n'
    ),
}


@pytest.mark.parametrize("form", DIFFERENT)
def test_what_differs(form: str) -> None:
    """Each difference has what each side says, and where."""
    assert written(form, proofs(point("x|y"))) == DIFFERENT[form]


def test_a_program_gets_everything() -> None:
    """The JSON has the numbers by section, and each place with its line."""
    assert json.loads(written("json", proofs(point(5)))) == {
        "version": 1,
        "proved": False,
        "verdict": "not equal: 1 difference in 1 resource, 2 values",
        "compiler": "0.49.2",
        "summary": {
            "specs": 1,
            "differences": 1,
            "resources": 1,
            "values": 2,
            "parents": 0,
            "references": 1,
        },
        "proofs": [
            {
                "name": "bikube.yaml",
                "outputs": ["bicep", "kubernetes"],
                "kinds": {"brokers": {"resources": 1, "values": 2, "parents": 0, "references": 1}},
                "notCompared": [],
                "differences": [
                    {
                        "resource": "brokers/a",
                        "path": "/host",
                        "message": "the values differ",
                        "places": [
                            {"side": "bicep", "file": "main.bicep", "line": 3, "value": "nothing"},
                            {"side": "kubernetes", "file": "a.yaml", "line": 2, "value": "5"},
                        ],
                    }
                ],
            }
        ],
    }


def test_one_output_is_as_the_spec_says() -> None:
    """Nothing is called equal that has no other side."""
    shown = written("text", proofs(sides=(Side.BICEP,)))

    assert "proved as the spec says: 1 resource, 2 values\n" in shown


def test_a_whole_file_has_one_line() -> None:
    """What is about a file is told as compilers do; a place without a line has none."""
    where = (Sighting(Side.BICEP, "main.bicep", (), UNSAID),)
    shown = proofs(Difference("", "", "it describes no resource", where))

    assert written("text", shown).startswith("main.bicep: it describes no resource\n")
    assert written("github", shown).startswith("::error file=main.bicep,title=verify::it describes")


def test_a_difference_without_a_place_is_shown() -> None:
    """That two sides have nothing in common stands nowhere."""
    shown = proofs(Difference("", "", "the two have no resource in common", ()))

    for form in proof_forms():
        assert "the two have no resource in common" in written(form, shown)


@pytest.mark.parametrize("form", ["text", "github", "markdown", "json"])
def test_many_differences_are_bounded_for_people(form: str) -> None:
    """People see the first; programs get all."""
    shown = written(form, proofs(*[point(number) for number in range(120)]))
    count: Callable[[str], int] = shown.count

    assert count("the values differ") == {"text": 100, "markdown": 50}.get(form, 120)
    assert ("20 more; --format json has all" in shown) == (form == "text")
    assert ("70 more differences." in shown) == (form == "markdown")


@pytest.mark.parametrize("form", ["text", "github", "markdown", "json"])
@pytest.mark.parametrize(
    "difference",
    [
        point(SECRET, pointer=("spec", "password")),
        point({"password": SECRET}),
        point("ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"),
        point("x")._replace(message="ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"),
    ],
)
def test_no_form_shows_a_credential(form: str, difference: Difference) -> None:
    """Neither one that its key tells nor one that its form tells is shown."""
    shown = written(form, proofs(difference))

    assert SECRET not in shown
    assert "a1B2c3D4e5F6g7H8" not in shown
