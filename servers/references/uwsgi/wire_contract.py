"""The parts of docs/wire-contract.md that no framework covers, for both WSGI applications."""

import hashlib
import os
import re
import threading
import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from orders import digest_order


class RequestError(Exception):
    """A request that is answered with 400; the message is part of the wire contract."""


@dataclass(frozen=True)
class Parameter:
    """A whole number in the query, with its default and its limits."""

    name: str
    default: int
    minimum: int
    maximum: int

    def read(self, given: list[str]) -> int:
        if not given:
            return self.default
        if len(given) > 1:
            raise RequestError(f"{self.name} is given more than once")
        digits = re.fullmatch("0*([0-9]{1,9})", given[0])
        if digits and self.minimum <= int(digits[1]) <= self.maximum:
            return int(digits[1])
        raise RequestError(
            f"{self.name} must be a whole number from {self.minimum} to {self.maximum}"
        )


WAIT_MS = Parameter("ms", default=50, minimum=0, maximum=60_000)
FIBONACCI_INDEX = Parameter("n", default=27, minimum=0, maximum=40)
REPETITIONS = Parameter("times", default=1, minimum=1, maximum=100_000)
FANOUT_PARTS = Parameter("parts", default=8, minimum=1, maximum=64)
FANOUT_INDEX = Parameter("n", default=24, minimum=0, maximum=40)
PICTURE_WIDTH = Parameter("width", default=1200, minimum=32, maximum=2400)
PICTURE_SEED = Parameter("seed", default=1, minimum=0, maximum=1_000_000)
ITERATIONS = Parameter("iterations", default=150_000, minimum=1, maximum=1_000_000)


def read_parameters(path: str, query, *known: Parameter) -> list[int]:
    """
    The values of the known parameters, in their order.

    `query` is a framework's multi-dictionary: it iterates over names, and has `getlist`.
    """
    names = [parameter.name for parameter in known]
    if any(name not in names for name in query):
        raise RequestError(f"unknown parameter; {path} takes {', '.join(names) or 'none'}")
    return [parameter.read(query.getlist(parameter.name)) for parameter in known]


def wait(ms: int) -> None:
    with measured("wait"):
        time.sleep(ms / 1000)


def compute_fibonacci(n: int, times: int) -> int:
    """The sum of the n-th Fibonacci number, computed `times` times."""
    with measured("compute"):
        return sum(fibonacci(n) for _ in range(times))


def fibonacci(n: int) -> int:
    """The n-th Fibonacci number by naive double recursion."""
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def healthz(_path: str, _query) -> str:
    return "ok\n"


def hello(path: str, query) -> str:
    read_parameters(path, query)
    return "hello, world\n"


def io(path: str, query) -> str:
    (ms,) = read_parameters(path, query, WAIT_MS)
    wait(ms)
    return f"waited {ms} ms\n"


def cpu(path: str, query) -> str:
    n, times = read_parameters(path, query, FIBONACCI_INDEX, REPETITIONS)
    total = compute_fibonacci(n, times)
    return f"fib({n}) = {total}\n" if times == 1 else f"{times} * fib({n}) = {total}\n"


def fanout(path: str, query) -> str:
    parts, n = read_parameters(path, query, FANOUT_PARTS, FANOUT_INDEX)
    return f"fanout({parts}, {n}) = {compute_fibonacci(n, parts)}\n"


def password(path: str, query) -> str:
    (iterations,) = read_parameters(path, query, ITERATIONS)
    with measured("compute"):
        key = hashlib.pbkdf2_hmac(
            "sha256", b"correct horse battery staple", b"concurrency-bench", iterations
        )
    return f"pbkdf2({iterations}) = {key.hex()}\n"


def image(path: str, query) -> bytes:
    # NumPy takes memory, and time to load: only where pictures are wanted.
    from thumbnail import thumbnail

    width, seed = read_parameters(path, query, PICTURE_WIDTH, PICTURE_SEED)
    with measured("compute"):
        return thumbnail(width, seed)


# Each answers the requests for the path of its name.
ANSWERS = (healthz, hello, io, cpu, fanout, password, image)


def upload(path: str, query, read_body) -> str:
    read_parameters(path, query)
    body = read_body()
    with measured("compute"):
        digest = digest_order(body)
    if digest is None:
        raise RequestError(
            "the body must be JSON with a list of items, "
            "each with a sku, a quantity and a price in cents"
        )
    return f"{digest}\n"


# The same for POST; `read_body` is a function, so that parameters are checked first.
ANSWERS_TO_POST = (upload,)


def content_type(body: str | bytes) -> str:
    return "text/plain; charset=utf-8" if isinstance(body, str) else "application/octet-stream"


def exact_paths(application):
    """WSGI middleware: routes by the path as it was sent, which servers decode and frameworks clean up."""

    def routed(environ, start_response):
        # uWSGI has the first, gunicorn the second.
        target = environ.get("REQUEST_URI") or environ["RAW_URI"]
        path = target.partition("?")[0]
        # Werkzeug would reduce several leading slashes to one; "/" is answered 404.
        environ["PATH_INFO"] = "/" if path.startswith("//") else path
        return application(environ, start_response)

    return routed


_trace = ContextVar("trace", default=None)


@contextmanager
def measured(part: str):
    """Adds the time of its body to the current request's trace, if there is one."""
    start = time.perf_counter()
    yield
    if (trace := _trace.get()) is not None:
        trace[part] += (time.perf_counter() - start) * 1000


def worker_name() -> str:
    """The process; in a pool of threads with the thread's number, such as `4711-0`."""
    thread = threading.current_thread()
    if thread is threading.main_thread():
        return str(os.getpid())
    return f"{os.getpid()}-{thread.name.rpartition('_')[2]}"


def traced(application):
    """WSGI middleware: counts the requests in this process, and adds trace headers on `X-Trace: 1`."""
    in_flight = 0
    counting = threading.Lock()

    def counted(environ, start_response):
        nonlocal in_flight
        with counting:
            in_flight += 1
            here = in_flight
        trace = {"wait": 0.0, "compute": 0.0} if environ.get("HTTP_X_TRACE") == "1" else None

        def start_traced(status, headers, *more):
            times = f"queue;dur=0, wait;dur={trace['wait']:.3f}, compute;dur={trace['compute']:.3f}"
            trace_headers = [
                ("Server-Timing", times),
                ("X-Worker", worker_name()),
                ("X-In-Flight", str(here)),
            ]
            return start_response(status, headers + trace_headers, *more)

        token = _trace.set(trace)
        try:
            return application(environ, start_traced if trace else start_response)
        finally:
            _trace.reset(token)
            with counting:
                in_flight -= 1

    return counted
