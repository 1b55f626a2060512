"""What both WSGI applications share: the parts of docs/wire-contract.md that no framework has an opinion on."""

from .exact_paths import exact_paths
from .parameters import (
    FANOUT_INDEX,
    FANOUT_PARTS,
    FIBONACCI_INDEX,
    REPETITIONS,
    WAIT_MS,
    ParameterError,
    read_parameters,
)
from .tracing import traced
from .work import compute_fibonacci, fibonacci_line, wait

__all__ = [
    "FANOUT_INDEX",
    "FANOUT_PARTS",
    "FIBONACCI_INDEX",
    "REPETITIONS",
    "WAIT_MS",
    "ParameterError",
    "compute_fibonacci",
    "exact_paths",
    "fibonacci_line",
    "read_parameters",
    "traced",
    "wait",
]
