"""The queries of the workloads with Django's models: one connection for each worker, which stays open."""

import os
from contextlib import contextmanager
from functools import cache

from django.db import Error, models, transaction
from shop import LIST_LENGTH, unavailable


@cache
def product_model():
    """Defined at its first use, since a model loads the client: only where there is a database."""
    if not os.environ.get("DATABASE_URL"):
        raise LookupError("DATABASE_URL is not set")

    class Product(models.Model):
        id = models.IntegerField(primary_key=True)
        category = models.IntegerField()
        name = models.TextField()
        cents = models.IntegerField()
        sold = models.IntegerField()

        class Meta:
            app_label = "shop"
            db_table = "products"
            managed = False

    return Product


@contextmanager
def products():
    try:
        yield product_model().objects
    except (Error, LookupError) as error:
        raise unavailable(error) from error


def read_product(product_id: int):
    with products() as rows:
        found = rows.only("name", "cents").get(pk=product_id)
        return found.name, found.cents


def list_products(category: int):
    with products() as rows:
        found = rows.only("name", "cents").filter(category=category).order_by("id")[:LIST_LENGTH]
        return [(each.name, each.cents) for each in found]


def order_product(product_id: int):
    with products() as rows, transaction.atomic():
        ordered = rows.select_for_update().get(pk=product_id)
        ordered.sold += 1
        ordered.save(update_fields=["sold"])
        return ordered.name, ordered.cents
