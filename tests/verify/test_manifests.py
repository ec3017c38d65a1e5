"""A folder of manifests is what its kustomization lists, and nothing else."""

import pytest

from bikube.verify.manifests import Folder, Manifest, read_folder

HEAD = b"apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"
GOOD = {"k/kustomization.yaml": HEAD + b"resources: [a.yaml]\n", "k/a.yaml": b"a: 1\n"}


def faults(folder: Folder) -> list[str]:
    """What is wrong with a folder, each with its file and its line."""
    return [
        f"{one.sightings[0].file}:{one.sightings[0].line}: {one.message}" for one in folder.faults
    ]


def test_a_folder_in_order_has_no_fault() -> None:
    """Each manifest is listed once, holds one resource, and is given back with its file."""
    assert read_folder(GOOD) == Folder((Manifest("k/a.yaml", 0, {"a": 1}),), ())


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"k/extra.yaml": b"a: 1\n"}, "k/extra.yaml:0: kustomization.yaml does not list it"),
        ({"k/a.yaml": b""}, "k/a.yaml:0: one resource is expected, not 0"),
        ({"k/a.yaml": b"a: 1\n---\na: 1\n"}, "k/a.yaml:0: one resource is expected, not 2"),
        ({"k/a.yaml": b"- 1\n"}, "k/a.yaml:0: it holds something else than a resource"),
        ({"k/a.yaml": b"a: 1\nb: on\n"}, "k/a.yaml:2: YAML 1.1 and YAML 1.2 read"),
        ({"k/a.yaml": b"a: \xff\n"}, "k/a.yaml:0: it is not UTF-8"),
        (
            {"k/kustomization.yaml": HEAD + b"resources: [a.yaml, a.yaml]\n"},
            'k/kustomization.yaml:3: it lists "a.yaml" twice',
        ),
        (
            {"k/kustomization.yaml": HEAD + b"resources: [a.yaml, b.yaml]\n"},
            'k/kustomization.yaml:3: it lists "b.yaml", which is no manifest in this folder',
        ),
        (
            {"k/kustomization.yaml": HEAD + b"resources: [a.yaml, 5]\n"},
            'k/kustomization.yaml:3: it lists "5", which is no manifest in this folder',
        ),
        (
            {"k/kustomization.yaml": HEAD + b"resources: {}\n"},
            "k/kustomization.yaml:3: it lists no resources",
        ),
        (
            {"k/kustomization.yaml": GOOD["k/kustomization.yaml"] + b"namePrefix: x\n"},
            'k/kustomization.yaml:4: "namePrefix" changes resources on their way to a cluster',
        ),
        (
            {"k/kustomization.yaml": GOOD["k/kustomization.yaml"].replace(b"v1beta1", b"v1")},
            'k/kustomization.yaml:1: apiVersion is "kustomize.config.k8s.io/v1", not',
        ),
    ],
)
def test_a_folder_is_what_its_kustomization_lists(
    changes: dict[str, bytes], complaint: str
) -> None:
    """Whatever is wrong with a folder is named with its file and its line."""
    (found,) = faults(read_folder(GOOD | changes))

    assert found.startswith(complaint)


def test_a_folder_without_a_kustomization() -> None:
    """One of bikube's has one; one of others need not, and holds several resources a file."""
    files = {
        "a.yaml": b"a: 1\n---\n---\nb: 2\n",
        "b.json": b'{"kind": "List", "items": [{"c": 3}, {"d": 4}]}',
    }
    found = read_folder(files, foreign=True)

    assert found == Folder(
        (
            Manifest("a.yaml", 0, {"a": 1}),
            Manifest("a.yaml", 2, {"b": 2}),
            Manifest("b.json", 0, {"c": 3}),
            Manifest("b.json", 0, {"d": 4}),
        ),
        (),
    )
    assert "kustomization.yaml:0: there is none that lists the manifests" in faults(
        read_folder(files)
    )
    wrong = {"b.yaml": b"kind: List\nitems: [1]\n", "kustomization.yaml": b"resources: [b.yaml]\n"}
    assert faults(read_folder(wrong, foreign=True)) == [
        "b.yaml:0: its list holds something else than resources"
    ]


def test_a_manifest_says_what_it_is() -> None:
    """Even one that is of no known kind has a label."""
    assert Manifest("a", 0, {}).label == "what says no kind"
    assert Manifest("a", 0, {"apiVersion": "v1", "kind": "Secret"}).label == "v1 Secret None"
    assert Manifest("a", 0, {"kind": "X", "metadata": {"name": "n"}}).label == "None X n"
