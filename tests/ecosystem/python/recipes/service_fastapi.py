from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from tensorloop_errors import CatalogError, management

app = FastAPI()
keys: set[str] = set()


@app.exception_handler(CatalogError)
def send(_: Request, error: CatalogError) -> Response:
    return Response(*error.response())


@app.exception_handler(RequestValidationError)
def send_invalid(request: Request, error: RequestValidationError) -> Response:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return send(request, management.invalid_body(detail=f"{place}: {first['msg']}"))


@app.exception_handler(404)
def send_not_found(request: Request, _: Exception) -> Response:
    return send(request, management.not_found(detail=request.url.path))


@app.exception_handler(Exception)
def send_internal(request: Request, _: Exception) -> Response:
    return send(request, management.internal())


class Key(BaseModel):
    alias: str


@app.post("/api/keys", status_code=201)
def create_key(key: Key) -> Key:
    if key.alias in keys:
        raise management.alias_taken()
    if len(keys) >= 2:
        raise management.plan_limit_keys()
    keys.add(key.alias)
    return key
