"""The workloads as a Flask application; see docs/wire-contract.md."""

from flask import Flask, Response, request
from queries import list_products, order_product, read_product
from request_body import MOST_BODY_BYTES, TOO_LARGE, known_length
from shop import DatabaseUnavailable, shop_answers
from wire_contract import (
    ANSWERS,
    ANSWERS_TO_POST,
    RequestError,
    content_type,
    exact_paths,
    traced,
)


class PlainText(Response):
    default_mimetype = "text/plain"


application = Flask(__name__, static_folder=None)
application.response_class = PlainText
application.config["MAX_CONTENT_LENGTH"] = MOST_BODY_BYTES
application.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
application.url_map.merge_slashes = False
application.wsgi_app = traced(exact_paths(known_length(application.wsgi_app)))


def view(answer, read_body=()):
    def respond():
        body = answer(request.path, request.args, *read_body)
        return Response(body, content_type=content_type(body))

    return respond


for answer in (*ANSWERS, *shop_answers(read_product, list_products, order_product)):
    application.add_url_rule(f"/{answer.__name__}", answer.__name__, view(answer))
for answer in ANSWERS_TO_POST:
    respond = view(answer, [lambda: request.get_data()])
    application.add_url_rule(f"/{answer.__name__}", answer.__name__, respond, methods=["POST"])


@application.errorhandler(404)
def not_found(_error):
    return "not found\n", 404


@application.errorhandler(405)
def method_not_allowed(error):
    return "method not allowed\n", 405, {"Allow": ", ".join(sorted(error.valid_methods))}


@application.errorhandler(413)
def body_too_large(_error):
    return TOO_LARGE, 413


@application.errorhandler(RequestError)
def bad_request(error):
    return f"{error}\n", 400


@application.errorhandler(DatabaseUnavailable)
def no_database(error):
    return str(error), 503
