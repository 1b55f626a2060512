"""What both WSGI applications share: the parts of docs/wire-contract.md that no framework has an opinion on."""

from .exact_paths import exact_paths
from .parameters import FIBONACCI_INDEX, WAIT_MS, ParameterError, read_parameters
from .tracing import traced
from .work import compute_fibonacci, wait

__all__ = [
    "FIBONACCI_INDEX",
    "WAIT_MS",
    "ParameterError",
    "compute_fibonacci",
    "exact_paths",
    "read_parameters",
    "traced",
    "wait",
]
