"""A value is none of a few."""

from typing import ClassVar

from bikube.rules.checks.one_of import OneOf


class NoneOf(OneOf):
    """``values`` are strings, compared as written."""

    negated: ClassVar[bool] = True


CHECK = NoneOf
