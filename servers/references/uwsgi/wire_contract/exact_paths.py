def exact_paths(application):
    """WSGI middleware: routes by the path as it was sent, where servers decode it and frameworks tidy it up."""

    def routed(environ, start_response):
        path = environ["REQUEST_URI"].partition("?")[0]
        # Werkzeug would drop all but one of the leading slashes; "/" is a path that nobody serves.
        environ["PATH_INFO"] = "/" if path.startswith("//") else path
        return application(environ, start_response)

    return routed
