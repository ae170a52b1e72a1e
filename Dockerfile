# The gateway in an image: the page built by Node, the packages installed by pip, and of both only the result.
#   docker build -t gql-ems .
#   docker run --rm -p 8000:8000 -v ems:/var/lib/gql-ems gql-ems

FROM node:20-slim AS page
WORKDIR /src/playground/web
COPY playground/web/package.json playground/web/package-lock.json playground/web/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY schema.graphql /src/schema.graphql
COPY playground/queries /src/playground/queries
COPY playground/web ./
RUN npm run build

FROM python:3.11-slim AS packages
WORKDIR /src
COPY pyproject.toml constraints.txt README.md hatch_build.py ./
COPY gql_ems gql_ems
COPY resolvers resolvers
COPY adapters adapters
COPY playground playground
COPY --from=page /src/playground/web/dist playground/web/dist
RUN python -m venv /opt/gql-ems \
    && /opt/gql-ems/bin/python -m pip install --no-cache-dir --constraint constraints.txt .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/gql-ems --create-home ems
COPY --from=packages /opt/gql-ems /opt/gql-ems
ENV PATH=/opt/gql-ems/bin:$PATH \
    EMS_SERVER__HOST=0.0.0.0 \
    EMS_SERVER__PORT=8000
# The store and the key are made here unless the configuration says another place.
WORKDIR /var/lib/gql-ems
VOLUME /var/lib/gql-ems
USER ems
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=3)"]
ENTRYPOINT ["gql-ems"]
CMD ["serve"]
