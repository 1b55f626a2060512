from django.urls import path
from django.views.decorators.http import require_safe
from responses import Answer
from wire_contract import ANSWERS


def view(answer):
    return require_safe(lambda request: Answer(answer(request.path, request.GET)))


urlpatterns = [path(answer.__name__, view(answer)) for answer in ANSWERS]

handler404 = "responses.not_found"
