"""The queries of the workloads with psycopg: one connection for each worker, which stays open."""

import os
import threading
from contextlib import contextmanager

from shop import LIST_LENGTH, unavailable

_worker = threading.local()


@contextmanager
def connection():
    # The client takes memory, and time to load: only where there is a database.
    import psycopg

    try:
        if getattr(_worker, "connection", None) is None or _worker.connection.closed:
            _worker.connection = psycopg.connect(database_url(), autocommit=True)
        yield _worker.connection
    except (psycopg.Error, LookupError) as error:
        raise unavailable(error) from error


def database_url() -> str:
    url = os.environ.get("DATABASE_URL")
    if not url:
        raise LookupError("DATABASE_URL is not set")
    return url


def read_product(product_id: int):
    sql = "SELECT name, cents FROM products WHERE id = %s"
    with connection() as database:
        return database.execute(sql, [product_id]).fetchone()


def list_products(category: int):
    sql = "SELECT name, cents FROM products WHERE category = %s ORDER BY id LIMIT %s"
    with connection() as database:
        return database.execute(sql, [category, LIST_LENGTH]).fetchall()


def order_product(product_id: int):
    sql = "SELECT name, cents FROM products WHERE id = %s FOR UPDATE"
    with connection() as database, database.transaction():
        ordered = database.execute(sql, [product_id]).fetchone()
        database.execute("UPDATE products SET sold = sold + 1 WHERE id = %s", [product_id])
        return ordered
