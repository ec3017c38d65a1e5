"""The API version to go to: as it is named, or the newest that a release can serve."""

import re

from bikube.azure import PREVIEW, known_versions, version_order
from bikube.azure.releases import RELEASES, served
from bikube.errors import UsageError
from bikube.text import advise

LATEST = "latest"

_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(-preview)?")
_ALL = '"bikube versions" lists them'


def target_version(wanted: str, aio: str = "") -> tuple[str, str]:
    """The known API version that ``wanted`` means for the release ``aio``, and why not, if so.

    Raises:
        UsageError: there is no such version.
    """
    if wanted == LATEST:
        return _latest(aio), ""
    if wanted not in known_versions():
        raise UsageError(f'"{wanted}" is no API version that bikube knows; {_advice(wanted)}')
    limit = served(aio)
    if limit is None or version_order(wanted) <= version_order(limit):
        return wanted, ""
    able = (one.minor for one in RELEASES if version_order(one.serves) >= version_order(wanted))
    first = next(able, None)
    since = f"AIO {first} and later do" if first is not None else "no release is known that does"
    return wanted, f'AIO {aio} serves up to "{limit}" and not "{wanted}"; {since}'


def _latest(aio: str) -> str:
    stable = [version for version in known_versions() if not version.endswith(PREVIEW)]
    limit = served(aio)
    if limit is None:
        return stable[-1]
    return [one for one in stable if version_order(one) <= version_order(limit)][-1]


def _advice(wanted: str) -> str:
    """What may be meant: any two days are alike as words, so that their order has to help."""
    limit = served(wanted)
    if limit is not None:
        return f'it is a release, and serves up to "{limit}"'
    written = _DAY.fullmatch(wanted)
    if written is None:
        return advise(wanted, [LATEST], otherwise=_ALL)
    year, month, day, preview = written.groups(default="")
    meant, known = f"{year}-{month:0>2}-{day:0>2}{preview}", known_versions()
    if meant in known:
        return f'did you mean "{meant}"?'
    order = version_order(meant)
    before = [one for one in known if version_order(one) < order]
    after = known[len(before) :]
    if not before:
        return f'the first is "{after[0]}"; {_ALL}'
    if not after:
        return f'the last is "{before[-1]}"; {_ALL}'
    return f'it lies between "{before[-1]}" and "{after[0]}"; {_ALL}'
