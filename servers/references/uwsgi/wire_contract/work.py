"""The work itself, in plain Python: both block the worker's only thread, as WSGI applications do."""

import time

from .tracing import measured


def wait(ms: int) -> None:
    with measured("wait_ms"):
        time.sleep(ms / 1000)


def compute_fibonacci(n: int) -> int:
    with measured("compute_ms"):
        return fibonacci(n)


def fibonacci(n: int) -> int:
    """The n-th Fibonacci number by naive double recursion."""
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)
