from django.views.decorators.http import require_safe
from responses import PlainText
from wire_contract import (
    FANOUT_INDEX,
    FANOUT_PARTS,
    FIBONACCI_INDEX,
    REPETITIONS,
    WAIT_MS,
    compute_fibonacci,
    fibonacci_line,
    read_parameters,
    wait,
)


@require_safe
def healthz(_request):
    return PlainText("ok\n")


@require_safe
def hello(request):
    read_parameters(request.path, request.GET)
    return PlainText("hello, world\n")


@require_safe
def io(request):
    (ms,) = read_parameters(request.path, request.GET, WAIT_MS)
    wait(ms)
    return PlainText(f"waited {ms} ms\n")


@require_safe
def cpu(request):
    n, times = read_parameters(request.path, request.GET, FIBONACCI_INDEX, REPETITIONS)
    return PlainText(fibonacci_line(n, times))


@require_safe
def fanout(request):
    parts, n = read_parameters(request.path, request.GET, FANOUT_PARTS, FANOUT_INDEX)
    total = sum(compute_fibonacci(n) for _ in range(parts))
    return PlainText(f"fanout({parts}, {n}) = {total}\n")
