"""The bodies of requests: their limit, and a length for those that come in chunks."""

from io import BytesIO

MOST_BODY_BYTES = 1024 * 1024
TOO_LARGE = f"the body is larger than {MOST_BODY_BYTES} bytes\n"


def known_length(application):
    """WSGI middleware: reads a chunked body before the framework does, which would not read it without a length."""

    def with_length(environ, start_response):
        if environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked":
            body = read_chunks(environ)
            del environ["HTTP_TRANSFER_ENCODING"]
            environ["CONTENT_LENGTH"] = str(len(body))
            environ["wsgi.input"] = BytesIO(body)
            environ["wsgi.input_terminated"] = False
        return application(environ, start_response)

    return with_length


def read_chunks(environ) -> bytes:
    """The body, or its beginning if it is too large."""
    # gunicorn joins chunks by itself.
    if environ.get("wsgi.input_terminated"):
        return environ["wsgi.input"].read(MOST_BODY_BYTES + 1)
    import uwsgi  # exists only within uWSGI

    body = b""
    while len(body) <= MOST_BODY_BYTES and (piece := uwsgi.chunked_read()):
        body += piece
    return body
