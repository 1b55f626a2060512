import os
from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel

token = os.environ.get("SHOP_TOKEN")
products = [{"id": id, "name": f"product {id}"} for id in range(100)]
orders = 0


class Order(BaseModel):
    product: int
    count: int = 1


class Search(BaseModel):
    word: str


async def check_token(authorization: Annotated[str | None, Header()] = None):
    if authorization != f"Bearer {token}":
        raise HTTPException(401, "no valid token")


app = FastAPI(dependencies=[Depends(check_token)])


@app.get("/products")
async def list_products():
    return products


@app.get("/products/{id}")
async def read_product(id: int):
    return products[id]


@app.get("/orders/latest")
async def read_latest_order():
    return {"order": orders}


@app.post("/orders", status_code=201)
async def create_order(order: Order):
    global orders
    if not 0 <= order.product < len(products):
        raise HTTPException(422, "no product")
    orders += 1
    return {"order": orders}


@app.post("/search")
async def search_products(search: Search):
    return {"found": [product for product in products if search.word in product["name"]]}
