"""Where a request's time went, told in the answer's headers when the request asks with `X-Trace: 1`."""

import os
import time
from contextlib import contextmanager
from contextvars import ContextVar

_current = ContextVar("trace", default=None)


class Trace:
    def __init__(self):
        self.wait_ms = 0.0
        self.compute_ms = 0.0

    def headers(self, in_flight: int) -> list[tuple[str, str]]:
        times = f"queue;dur=0, wait;dur={self.wait_ms:.3f}, compute;dur={self.compute_ms:.3f}"
        return [
            ("Server-Timing", times),
            ("X-Worker", str(os.getpid())),
            ("X-In-Flight", str(in_flight)),
        ]


@contextmanager
def measured(attribute: str):
    """Adds the time of its body to the current request's trace, if there is one."""
    trace = _current.get()
    if trace is None:
        yield
        return
    start = time.perf_counter()
    yield
    elapsed_ms = (time.perf_counter() - start) * 1000
    setattr(trace, attribute, getattr(trace, attribute) + elapsed_ms)


def traced(application):
    """WSGI middleware: counts the requests inside this process, and adds a trace's headers where one is asked for."""
    in_flight = 0

    def counted(environ, start_response):
        nonlocal in_flight
        in_flight += 1
        try:
            if environ.get("HTTP_X_TRACE") != "1":
                return application(environ, start_response)
            return with_trace(environ, start_response, in_flight)
        finally:
            in_flight -= 1

    def with_trace(environ, start_response, in_flight_here):
        trace = Trace()
        token = _current.set(trace)

        def start_traced_response(status, headers, *more):
            return start_response(status, headers + trace.headers(in_flight_here), *more)

        try:
            return application(environ, start_traced_response)
        finally:
            _current.reset(token)

    return counted
