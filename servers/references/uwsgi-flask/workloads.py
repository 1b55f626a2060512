from flask import Blueprint, request
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

blueprint = Blueprint("workloads", __name__)


@blueprint.get("/healthz")
def healthz():
    return "ok\n"


@blueprint.get("/hello")
def hello():
    read_parameters(request.path, request.args)
    return "hello, world\n"


@blueprint.get("/io")
def io():
    (ms,) = read_parameters(request.path, request.args, WAIT_MS)
    wait(ms)
    return f"waited {ms} ms\n"


@blueprint.get("/cpu")
def cpu():
    n, times = read_parameters(request.path, request.args, FIBONACCI_INDEX, REPETITIONS)
    return fibonacci_line(n, times)


@blueprint.get("/fanout")
def fanout():
    parts, n = read_parameters(request.path, request.args, FANOUT_PARTS, FANOUT_INDEX)
    total = sum(compute_fibonacci(n) for _ in range(parts))
    return f"fanout({parts}, {n}) = {total}\n"
