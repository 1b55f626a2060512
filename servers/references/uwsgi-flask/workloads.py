from flask import Blueprint, request
from wire_contract import (
    FANOUT_INDEX,
    FANOUT_PARTS,
    FIBONACCI_INDEX,
    WAIT_MS,
    compute_fibonacci,
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
    (n,) = read_parameters(request.path, request.args, FIBONACCI_INDEX)
    return f"fib({n}) = {compute_fibonacci(n)}\n"


@blueprint.get("/fanout")
def fanout():
    parts, n = read_parameters(request.path, request.args, FANOUT_PARTS, FANOUT_INDEX)
    total = sum(compute_fibonacci(n) for _ in range(parts))
    return f"fanout({parts}, {n}) = {total}\n"
