"""The workloads as a Flask application; see docs/wire-contract.md."""

from flask import Blueprint, Flask, Response, request
from wire_contract import (
    FANOUT_INDEX,
    FANOUT_PARTS,
    FIBONACCI_INDEX,
    REPETITIONS,
    WAIT_MS,
    ParameterError,
    compute_fibonacci,
    exact_paths,
    fibonacci_line,
    read_parameters,
    traced,
    wait,
)

workloads = Blueprint("workloads", __name__)


@workloads.get("/healthz")
def healthz():
    return "ok\n"


@workloads.get("/hello")
def hello():
    read_parameters(request.path, request.args)
    return "hello, world\n"


@workloads.get("/io")
def io():
    (ms,) = read_parameters(request.path, request.args, WAIT_MS)
    wait(ms)
    return f"waited {ms} ms\n"


@workloads.get("/cpu")
def cpu():
    n, times = read_parameters(request.path, request.args, FIBONACCI_INDEX, REPETITIONS)
    return fibonacci_line(n, times)


@workloads.get("/fanout")
def fanout():
    parts, n = read_parameters(request.path, request.args, FANOUT_PARTS, FANOUT_INDEX)
    total = sum(compute_fibonacci(n) for _ in range(parts))
    return f"fanout({parts}, {n}) = {total}\n"


class PlainText(Response):
    default_mimetype = "text/plain"


def create_app() -> Flask:
    app = Flask(__name__, static_folder=None)
    app.response_class = PlainText
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.url_map.merge_slashes = False
    app.register_blueprint(workloads)
    app.register_error_handler(404, not_found)
    app.register_error_handler(405, method_not_allowed)
    app.register_error_handler(ParameterError, bad_parameter)
    app.wsgi_app = traced(exact_paths(app.wsgi_app))
    return app


def not_found(_error):
    return "not found\n", 404


def method_not_allowed(_error):
    return "method not allowed\n", 405, {"Allow": "GET, HEAD"}


def bad_parameter(error: ParameterError):
    return f"{error}\n", 400


application = create_app()
