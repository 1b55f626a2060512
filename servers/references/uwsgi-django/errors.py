from plain_text import PlainText
from wire_contract import ParameterError


class WireContractErrors:
    """Middleware that words what goes wrong as docs/wire-contract.md does."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405:
            return response
        answer = PlainText("method not allowed\n", status=405)
        answer.headers["Allow"] = response.headers["Allow"]
        return answer

    def process_exception(self, _request, exception):
        if isinstance(exception, ParameterError):
            return PlainText(f"{exception}\n", status=400)
        return None


def not_found(request, exception):
    return PlainText("not found\n", status=404)
