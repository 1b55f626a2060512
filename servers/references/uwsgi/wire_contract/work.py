"""The work itself, in plain Python: both block the worker's only thread, as WSGI applications do."""

import time

from .tracing import measured


def wait(ms: int) -> None:
    with measured("wait_ms"):
        time.sleep(ms / 1000)


def compute_fibonacci(n: int, times: int = 1) -> int:
    """The sum of the n-th Fibonacci number, computed so many times."""
    with measured("compute_ms"):
        return sum(fibonacci(n) for _ in range(times))


def fibonacci_line(n: int, times: int) -> str:
    """What a request for /cpu is answered."""
    total = compute_fibonacci(n, times)
    return f"fib({n}) = {total}\n" if times == 1 else f"{times} * fib({n}) = {total}\n"


def fibonacci(n: int) -> int:
    """The n-th Fibonacci number by naive double recursion."""
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)
