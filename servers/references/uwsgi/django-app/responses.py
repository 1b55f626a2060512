from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from request_body import TOO_LARGE
from shop import DatabaseUnavailable
from wire_contract import RequestError, content_type


class Answer(HttpResponse):
    def __init__(self, body: str | bytes, status: int = 200):
        super().__init__(body, status=status, content_type=content_type(body))


def not_found(_request, exception):
    return Answer("not found\n", status=404)


class WireContractErrors:
    """Middleware: answers errors in the words of docs/wire-contract.md."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405:
            return response
        answer = Answer("method not allowed\n", status=405)
        answer.headers["Allow"] = response.headers["Allow"]
        return answer

    def process_exception(self, _request, exception):
        if isinstance(exception, RequestDataTooBig):
            return Answer(TOO_LARGE, status=413)
        if isinstance(exception, RequestError):
            return Answer(f"{exception}\n", status=400)
        if isinstance(exception, DatabaseUnavailable):
            return Answer(str(exception), status=503)
        return None


def head_without_body(get_response):
    """Middleware: uWSGI would send the body to HEAD requests too. Content-Length stays that of GET."""

    def middleware(request):
        response = get_response(request)
        if request.method == "HEAD":
            response.content = b""
        return response

    return middleware
