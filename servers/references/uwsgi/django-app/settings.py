"""The parts of Django that the workloads need: routing, views, models, and the middleware that sets Content-Length."""

import os
from urllib.parse import parse_qsl, unquote, urlsplit


def database(url: str) -> dict:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "OPTIONS": dict(parse_qsl(parts.query)),
        # Connections stay open, as Django advises for every deployment with more than a few requests.
        "CONN_MAX_AGE": None,
    }


from request_body import MOST_BODY_BYTES

ALLOWED_HOSTS = ["*"]
APPEND_SLASH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = MOST_BODY_BYTES
# The workload checks the query, whatever its size.
DATA_UPLOAD_MAX_NUMBER_FIELDS = None
DATABASES = {"default": database(url)} if (url := os.environ.get("DATABASE_URL")) else {}
DEBUG = False
MIDDLEWARE = [
    "responses.head_without_body",
    "django.middleware.common.CommonMiddleware",
    "responses.WireContractErrors",
]
ROOT_URLCONF = "urls"
USE_I18N = False
