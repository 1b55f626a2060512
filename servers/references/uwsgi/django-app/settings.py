"""The parts of Django that the workloads need: routing, views, and the middleware that sets Content-Length."""

ALLOWED_HOSTS = ["*"]
APPEND_SLASH = False
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
