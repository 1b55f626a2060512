"""The workloads as a Flask application; see docs/wire-contract.md."""

from flask import Flask, Response
from wire_contract import ParameterError, exact_paths, traced
from workloads import blueprint


class PlainText(Response):
    default_mimetype = "text/plain"


def create_app() -> Flask:
    app = Flask(__name__, static_folder=None)
    app.response_class = PlainText
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    app.url_map.merge_slashes = False
    app.register_blueprint(blueprint)
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
