"""Proves of specs that go to another API version what they are rendered into, before and after."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from bikube.app.requests import RuleChoice, UpgradeRequest
from bikube.app.specs import Input
from bikube.upgrade import Upgraded

if TYPE_CHECKING:
    from bikube.app.compiling import Evaluator
    from bikube.report.proof import Point


class Refused(NamedTuple):
    """Why a spec is not to be written, and what a person must see to; both empty if it may be."""

    refusal: str = ""
    wanting: tuple[str, ...] = ()


class Prover:
    """Proves by a ``compiler``, if there is one; ``faults`` says why that gave no answer.

    Nobody asks it again after that: it may take its whole time to give none.
    """

    def __init__(self, compiler: "Evaluator | None") -> None:
        self._compiler = compiler
        self.faults: list[str] = []

    @property
    def is_there(self) -> bool:
        """Whether there is a compiler at all."""
        return self._compiler is not None

    def prove(self, source: Input, rules: RuleChoice, done: Upgraded) -> Refused:
        """Proves what the spec is rendered into before, and after."""
        # Imported here because only a spec that changes is proved.
        from bikube.app.proving import prove_fresh
        from bikube.compiler import CompilerFault

        compiler = self._compiler
        if compiler is None or self.faults:
            return Refused("it could not be verified")
        specs = [one.spec for one in (done.before, done.after) if one.spec is not None]
        begun = [prove_fresh(source, spec, rules, compiler) for spec in specs]
        try:
            proofs = [prove() for prove in begun]
        except CompilerFault as fault:
            self.faults.append(f"{fault}; what was to be verified since is not written")
            return Refused("it could not be verified")
        states = ("as it is", f"in API version {done.version}")
        for proof, state in zip(proofs, states, strict=True):
            if proof.points:
                refusal = f'"bikube verify" finds differences in it {state}'
                return Refused(refusal, tuple(map(_told, proof.points)))
        return Refused()


@contextmanager
def proving(request: UpgradeRequest) -> Iterator[Prover]:
    """What proves specs, with a compiler if ``request`` wants that and there is one.

    Raises:
        UsageError: there is no such Bicep CLI as is named, or it does not start.
    """
    if not request.verify:
        yield Prover(None)
        return
    # Imported here because without verifying nobody needs a compiler.
    from bikube.app.compiling import evaluator
    from bikube.compiler import has_bicep

    if request.compiler.program is None and not has_bicep():
        yield Prover(None)
        return
    with evaluator(request.compiler) as compiler:
        yield Prover(compiler)


def _told(point: "Point") -> str:
    places = ", ".join(one.place for one in point.told if one.place)
    return f"{point.text}{f' ({places})' if places else ''}"
