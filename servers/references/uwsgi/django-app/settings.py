"""The parts of Django that the workloads need: routing, views, and the middleware that sets Content-Length."""

from request_body import MOST_BODY_BYTES

ALLOWED_HOSTS = ["*"]
APPEND_SLASH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = MOST_BODY_BYTES
# The workload checks the query, whatever its size.
DATA_UPLOAD_MAX_NUMBER_FIELDS = None
DEBUG = False
MIDDLEWARE = [
    "responses.head_without_body",
    "django.middleware.common.CommonMiddleware",
    "responses.WireContractErrors",
]
ROOT_URLCONF = "urls"
USE_I18N = False
