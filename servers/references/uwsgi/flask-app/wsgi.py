"""The workloads as a Flask application; see docs/wire-contract.md."""

from flask import Flask, Response, request
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


class PlainText(Response):
    default_mimetype = "text/plain"


application = Flask(__name__, static_folder=None)
application.response_class = PlainText
application.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
application.url_map.merge_slashes = False
application.wsgi_app = traced(exact_paths(application.wsgi_app))


@application.get("/healthz")
def healthz():
    return "ok\n"


@application.get("/hello")
def hello():
    read_parameters(request.path, request.args)
    return "hello, world\n"


@application.get("/io")
def io():
    (ms,) = read_parameters(request.path, request.args, WAIT_MS)
    wait(ms)
    return f"waited {ms} ms\n"


@application.get("/cpu")
def cpu():
    n, times = read_parameters(request.path, request.args, FIBONACCI_INDEX, REPETITIONS)
    return fibonacci_line(n, times)


@application.get("/fanout")
def fanout():
    parts, n = read_parameters(request.path, request.args, FANOUT_PARTS, FANOUT_INDEX)
    total = sum(compute_fibonacci(n) for _ in range(parts))
    return f"fanout({parts}, {n}) = {total}\n"


@application.errorhandler(404)
def not_found(_error):
    return "not found\n", 404


@application.errorhandler(405)
def method_not_allowed(_error):
    return "method not allowed\n", 405, {"Allow": "GET, HEAD"}


@application.errorhandler(ParameterError)
def bad_parameter(error):
    return f"{error}\n", 400
