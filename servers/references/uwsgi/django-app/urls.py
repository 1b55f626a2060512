import views
from django.urls import path

urlpatterns = [
    path("healthz", views.healthz),
    path("hello", views.hello),
    path("io", views.io),
    path("cpu", views.cpu),
    path("fanout", views.fanout),
]

handler404 = "responses.not_found"
