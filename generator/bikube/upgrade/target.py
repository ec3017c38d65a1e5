"""The API version to go to: as it is named, or the newest that a release can serve."""

from bikube.azure import PREVIEW, known_versions, version_order
from bikube.azure.releases import RELEASES, served
from bikube.errors import UsageError
from bikube.text import advise

LATEST = "latest"


def target_version(wanted: str, aio: str = "") -> tuple[str, str]:
    """The known API version that ``wanted`` means for the release ``aio``, and why not, if so.

    Raises:
        UsageError: there is no such version.
    """
    if wanted == LATEST:
        return _latest(aio), ""
    if wanted not in known_versions():
        advice = advise(wanted, known_versions(), otherwise='"bikube versions" lists them')
        raise UsageError(f'"{wanted}" is no API version that bikube knows; {advice}')
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
