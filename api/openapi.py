"""The API's own description: refusals are Problems, an operation's id is its function's name, and it says who may."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from api.auth import declared
from api.problems import MEDIA_TYPE
from api.routes import ROUTERS
from api.schemas.base import Problem

WHO_MAY = "x-who-may"
"""The seats that may call an operation, or «signed_in»; not there: open to everybody."""
PROBLEM: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "A refusal or failure, in words",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}


def operation_id(route: APIRoute) -> str:
    """Stable: the function's name says what the route does, and is used once."""
    return route.name


def install(app: FastAPI) -> None:
    """Have the app describe itself with Problems in place of the framework's own validation errors."""

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = describe  # type: ignore[method-assign]


def _described(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(title=app.title, version=app.version, summary=app.summary, description=app.description,
                       routes=app.routes, tags=app.openapi_tags)  # fmt: skip
    schemas = made.setdefault("components", {}).setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
    schemas.update(problem.pop("$defs"), Problem=problem)
    who_may = _who_may()
    for path in made["paths"].values():
        for operation in path.values():
            operation["responses"].pop("422", None)
            if operation["operationId"] in who_may:
                operation[WHO_MAY] = who_may[operation["operationId"]]
    return made


def _who_may() -> dict[str, list[str]]:
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    return {operation_id(route): [str(seat.name).lower() for seat in declared(route)[0]] for route in routes}
