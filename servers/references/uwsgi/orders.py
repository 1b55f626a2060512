"""The orders of the workload `upload`, and their digest; docs/wire-contract.md defines both."""

import hashlib
import json
import re

MOST_QUANTITY = 1_000
MOST_CENTS = 1_000_000


def digest_order(body: bytes) -> str | None:
    """The digest of an order, such as "2 items, 1998 cents, sha256 4f0c…"; None if it is no order."""
    items = read_items(body)
    if items is None or not all(map(is_item, items)):
        return None
    digest = hashlib.sha256()
    total = 0
    for item in items:
        digest.update(f"{item['sku']} {item['quantity']} {item['cents']}\n".encode())
        total += item["quantity"] * item["cents"]
    return f"{len(items)} items, {total} cents, sha256 {digest.hexdigest()}"


def read_items(body: bytes) -> list | None:
    try:
        items = json.loads(body)["items"]
    # RecursionError: lists within lists, too deep for Python.
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    return items if isinstance(items, list) else None


def is_item(item) -> bool:
    return (
        isinstance(item, dict)
        and isinstance(item.get("sku"), str)
        and re.fullmatch("[!-~]{1,40}", item["sku"]) is not None
        and is_whole(item.get("quantity"), MOST_QUANTITY)
        and is_whole(item.get("cents"), MOST_CENTS)
    )


def is_whole(value, most: int) -> bool:
    return type(value) is int and 0 <= value <= most
