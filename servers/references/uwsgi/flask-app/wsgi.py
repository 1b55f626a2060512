"""The workloads as a Flask application; see docs/wire-contract.md."""

from flask import Flask, Response, request
from wire_contract import ANSWERS, ParameterError, content_type, exact_paths, traced


class PlainText(Response):
    default_mimetype = "text/plain"


application = Flask(__name__, static_folder=None)
application.response_class = PlainText
application.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
application.url_map.merge_slashes = False
application.wsgi_app = traced(exact_paths(application.wsgi_app))


def view(answer):
    def respond():
        body = answer(request.path, request.args)
        return Response(body, content_type=content_type(body))

    return respond


for answer in ANSWERS:
    application.add_url_rule(f"/{answer.__name__}", answer.__name__, view(answer))


@application.errorhandler(404)
def not_found(_error):
    return "not found\n", 404


@application.errorhandler(405)
def method_not_allowed(_error):
    return "method not allowed\n", 405, {"Allow": "GET, HEAD"}


@application.errorhandler(ParameterError)
def bad_parameter(error):
    return f"{error}\n", 400
