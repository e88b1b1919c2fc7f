from flask import Flask, request
from flask.typing import ResponseReturnValue
from tensorloop_errors import CatalogError, management
from werkzeug.exceptions import BadRequest, InternalServerError, NotFound

app = Flask(__name__)
keys: set[str] = set()


@app.errorhandler(CatalogError)
def send(error: CatalogError) -> ResponseReturnValue:
    return error.response()


@app.errorhandler(BadRequest)
def send_invalid(error: BadRequest) -> ResponseReturnValue:
    return management.invalid_body(detail=error.description).response()


@app.errorhandler(NotFound)
def send_not_found(_: NotFound) -> ResponseReturnValue:
    return management.not_found(detail=request.path).response()


@app.errorhandler(InternalServerError)
def send_internal(_: InternalServerError) -> ResponseReturnValue:
    return management.internal().response()


@app.post("/api/keys")
def create_key() -> ResponseReturnValue:
    body = request.get_json()
    if not isinstance(body, dict) or not isinstance(body.get("alias"), str):
        raise management.invalid_body(detail="alias must be a string")
    if body["alias"] in keys:
        raise management.alias_taken()
    if len(keys) >= 2:
        raise management.plan_limit_keys()
    keys.add(body["alias"])
    return {"alias": body["alias"]}, 201
