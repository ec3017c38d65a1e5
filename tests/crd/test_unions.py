"""Unions as an object with the members of all variants, and rules in CEL."""

from bikube.crd.unions import merge

TEXT = {"type": "string"}


def variant(*needed: str, optional: str = "") -> dict[str, object]:
    """A variant with members that are texts."""
    names = [*needed, *filter(None, [optional])]
    return {"type": "object", "required": list(needed), "properties": dict.fromkeys(names, TEXT)}


def test_members_of_one_variant_are_bound_to_its_value() -> None:
    """What one variant has and needs is required with its value, and refused with another."""
    merged = merge("kind", {"A": variant("kind", "left"), "B": variant("kind", "right")})

    assert merged == {
        "type": "object",
        "required": ["kind"],
        "properties": {
            "kind": {"type": "string", "enum": ["A", "B"]},
            "left": TEXT,
            "right": TEXT,
        },
        "x-kubernetes-validations": [
            {"rule": "!has(self.left) || self.kind == 'A'", "message": "left is for kind A"},
            {"rule": "has(self.left) || !(self.kind == 'A')", "message": "kind A needs left"},
            {"rule": "!has(self.right) || self.kind == 'B'", "message": "right is for kind B"},
            {"rule": "has(self.right) || !(self.kind == 'B')", "message": "kind B needs right"},
        ],
    }


def test_what_all_variants_need_is_required_without_a_rule() -> None:
    """A member that each variant has and needs is one of the object's own."""
    merged = merge("kind", {"A": variant("kind", "same"), "B": variant("kind", "same")})

    assert merged["required"] == ["kind", "same"]
    assert "x-kubernetes-validations" not in merged


def test_what_some_variants_need_and_others_may_have() -> None:
    """One rule says who needs it; one says whose it is, where that is not everybody's."""
    needs, may, not_at_all = variant("x"), variant(optional="x"), variant("kind")

    of_both = merge("kind", {"A": needs, "B": may})
    of_two = merge("kind", {"A": needs, "B": may, "C": not_at_all})

    need = {"rule": "has(self.x) || !(self.kind == 'A')", "message": "kind A needs x"}
    whose = "!has(self.x) || self.kind == 'A' || self.kind == 'B'"
    assert of_both["x-kubernetes-validations"] == [need]
    assert of_two["x-kubernetes-validations"] == [
        {"rule": whose, "message": "x is for kind A or B"},
        need,
    ]


def test_what_variants_may_have_is_never_required() -> None:
    """A member that is optional wherever it is has no rule that asks for it."""
    merged = merge("kind", {"A": variant(optional="x"), "B": variant("kind")})

    assert merged["x-kubernetes-validations"] == [
        {"rule": "!has(self.x) || self.kind == 'A'", "message": "x is for kind A"}
    ]
