def without_body(get_response):
    """Middleware: uWSGI sends whatever body it is given, to HEAD too. The length stays what GET would get."""

    def middleware(request):
        response = get_response(request)
        if request.method == "HEAD":
            response.content = b""
        return response

    return middleware
