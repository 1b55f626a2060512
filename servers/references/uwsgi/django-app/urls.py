from django.urls import path
from django.views.decorators.http import require_POST, require_safe
from queries import list_products, order_product, read_product
from responses import Answer
from shop import shop_answers
from wire_contract import ANSWERS, ANSWERS_TO_POST


def view(answer):
    return require_safe(lambda request: Answer(answer(request.path, request.GET)))


def view_of_post(answer):
    return require_POST(
        lambda request: Answer(answer(request.path, request.GET, lambda: request.body))
    )


answers = (*ANSWERS, *shop_answers(read_product, list_products, order_product))
urlpatterns = [
    *(path(answer.__name__, view(answer)) for answer in answers),
    *(path(answer.__name__, view_of_post(answer)) for answer in ANSWERS_TO_POST),
]

handler404 = "responses.not_found"
