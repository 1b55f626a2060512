"""As little of Django as serves the workloads: routing, views, and the middleware that sets Content-Length."""

ALLOWED_HOSTS = ["*"]
APPEND_SLASH = False
# A query of any size is judged by the workload that it is for.
DATA_UPLOAD_MAX_NUMBER_FIELDS = None
DEBUG = False
MIDDLEWARE = [
    "head_requests.without_body",
    "django.middleware.common.CommonMiddleware",
    "errors.WireContractErrors",
]
ROOT_URLCONF = "urls"
USE_I18N = False
