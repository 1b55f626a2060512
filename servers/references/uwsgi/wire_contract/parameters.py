"""Parameters in the query: whole numbers, each with a default and limits. The messages are the wire contract's."""

import re
from dataclasses import dataclass


class ParameterError(Exception):
    """A parameter that cannot be used; says so in a sentence for whoever sent it."""


@dataclass(frozen=True)
class Parameter:
    name: str
    default: int
    minimum: int
    maximum: int

    def read(self, given: list[str]) -> int:
        if not given:
            return self.default
        if len(given) > 1:
            raise ParameterError(f"{self.name} is given more than once")
        digits = re.fullmatch("0*([0-9]{1,9})", given[0])
        if digits and self.minimum <= int(digits[1]) <= self.maximum:
            return int(digits[1])
        raise ParameterError(
            f"{self.name} must be a whole number from {self.minimum} to {self.maximum}"
        )


WAIT_MS = Parameter("ms", default=50, minimum=0, maximum=60_000)
FIBONACCI_INDEX = Parameter("n", default=27, minimum=0, maximum=40)
REPETITIONS = Parameter("times", default=1, minimum=1, maximum=100_000)
FANOUT_PARTS = Parameter("parts", default=8, minimum=1, maximum=64)
FANOUT_INDEX = Parameter("n", default=24, minimum=0, maximum=40)


def read_parameters(path: str, query, *known: Parameter) -> list[int]:
    """
    The values of the known parameters, in their order.

    `query` is a framework's multi-dictionary: it iterates over names, and has `getlist`.
    """
    names = [parameter.name for parameter in known]
    if any(name not in names for name in query):
        raise ParameterError(f"unknown parameter; {path} takes {', '.join(names) or 'none'}")
    return [parameter.read(query.getlist(parameter.name)) for parameter in known]
