"""The workloads with a database; how the rows are queried is up to each framework."""

import sys

from wire_contract import Parameter, measured, read_parameters

PRODUCT_ID = Parameter("id", default=17, minimum=1, maximum=10_000)
CATEGORY = Parameter("category", default=17, minimum=1, maximum=500)
LIST_LENGTH = 20


class DatabaseUnavailable(Exception):
    """The database cannot be reached, refuses, or fails; answered with the message."""

    def __init__(self):
        super().__init__("the database is not available\n")


_reported = set()


def unavailable(reason) -> DatabaseUnavailable:
    """Prints each reason once, since the answer does not name it."""
    text = f"database: {reason}".strip()
    if text not in _reported:
        print(text, file=sys.stderr, flush=True)
    _reported.add(text)
    return DatabaseUnavailable()


def shop_answers(read_product, list_products, order_product):
    """
    The answers to `/product`, `/products` and `/order`.

    The functions get a number, and return name and price of a product; `list_products` returns those of several.
    """

    def product(path: str, query) -> str:
        (product_id,) = read_parameters(path, query, PRODUCT_ID)
        with measured("wait"):
            found = read_product(product_id)
        return line(*found)

    def products(path: str, query) -> str:
        (category,) = read_parameters(path, query, CATEGORY)
        with measured("wait"):
            found = list_products(category)
        return "".join(line(*each) for each in found)

    def order(path: str, query) -> str:
        (product_id,) = read_parameters(path, query, PRODUCT_ID)
        with measured("wait"):
            ordered = order_product(product_id)
        return f"ordered: {line(*ordered)}"

    return product, products, order


def line(name: str, cents: int) -> str:
    return f"{name} costs {cents}\n"
