"""Kinds are found by the section that they have."""

import pytest

from bikube.azure import all_kinds, all_sections, kind_of, kinds_of
from bikube.azure.lookup import KindNotFound


def test_each_file_is_called_as_its_section() -> None:
    """Which file a section is in is known without importing any."""
    assert [kind_of(section).section for section in all_sections()] == list(all_sections())
    assert {kind.section for kind in all_kinds()} == set(all_sections())


def test_kinds_come_in_the_order_in_which_they_deploy() -> None:
    """Those that are asked for, and no others."""
    orders = [(kind.order, kind.section) for kind in all_kinds()]
    assert orders == sorted(orders)
    endpoints = kind_of("registryEndpoints")
    assert kinds_of({"registryEndpoints": 5, "assets": 5}) == (endpoints,)


def test_no_kind_has_a_section_that_is_unknown() -> None:
    """Neither one that is like another."""
    with pytest.raises(KindNotFound):
        kind_of("registryendpoints")
