"""The workloads as a Django application; see docs/wire-contract.md."""

import os

from django.core.wsgi import get_wsgi_application
from request_body import known_length
from wire_contract import exact_paths, traced

os.environ["DJANGO_SETTINGS_MODULE"] = "settings"

application = traced(exact_paths(known_length(get_wsgi_application())))
