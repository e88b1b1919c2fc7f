import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from tensorloop_errors import CatalogError, management

keys: set[str] = set()


def send(error: CatalogError) -> HttpResponse:
    return HttpResponse(**error.response()._asdict())


class CatalogErrors:
    """Middleware that sends the errors that views raise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, _: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        return send(error) if isinstance(error, CatalogError) else None


def create_key(request: HttpRequest) -> HttpResponse:
    try:
        alias = str(json.loads(request.body)["alias"])
    except (ValueError, LookupError, TypeError) as cause:
        raise management.invalid_body(detail="alias is missing") from cause
    if alias in keys:
        raise management.alias_taken()
    if len(keys) >= 2:
        raise management.plan_limit_keys()
    keys.add(alias)
    return JsonResponse({"alias": alias}, status=201)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    return send(management.not_found(detail=request.path))


def handler500(request: HttpRequest) -> HttpResponse:
    return send(management.internal())


urlpatterns = [path("api/keys", create_key)]
