# Three stages: what browsers load, what Python needs, and only what runs. No secret is in any of them: settings come from
# the environment, keys from the data directory.

FROM node:24-bookworm-slim AS pages
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund --no-update-notifier
COPY tsconfig.json vite.config.ts vite.worker.config.ts ./
COPY web ./web
RUN npm run build

FROM python:3.11-slim-bookworm AS program
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_PROJECT_ENVIRONMENT=/opt/porchlight
WORKDIR /build
RUN pip install --no-cache-dir uv==0.13.9
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --frozen --no-default-groups --extra server --no-install-project
COPY src ./src
COPY --from=pages /build/src/porchlight/server/ui/static/dist ./src/porchlight/server/ui/static/dist
RUN uvx --from babel==2.18.0 pybabel compile --domain django --directory src/porchlight/server/locale
RUN uv sync --frozen --no-default-groups --extra server --no-editable

FROM python:3.11-slim-bookworm
# Letters are printed with Pango. Debian keeps one version of it in a release.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --home-dir /var/lib/porchlight --create-home --shell /usr/sbin/nologin porchlight \
 && chmod 700 /var/lib/porchlight
COPY --from=program /opt/porchlight /opt/porchlight
ENV PATH=/opt/porchlight/bin:$PATH PYTHONUNBUFFERED=1 PORCHLIGHT_DATA_DIR=/var/lib/porchlight
USER 10001
WORKDIR /var/lib/porchlight
VOLUME /var/lib/porchlight
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["porchlight", "serve", "--host", "0.0.0.0", "--port", "8000"]
