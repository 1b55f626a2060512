from django.http import HttpResponse


class PlainText(HttpResponse):
    def __init__(self, body: str, status: int = 200):
        super().__init__(body, status=status, content_type="text/plain; charset=utf-8")
