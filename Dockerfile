# Dependabot renews the base images: Node.js stays at the major version that package.json pins, Go at a release that is
# still maintained.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

# The references are built here, so that the final image needs no compilers.
FROM node:24-bookworm-slim AS references
RUN apt-get update && \
    apt-get install -y --no-install-recommends python3-venv python3-dev build-essential
COPY --from=golang:1.26-bookworm /usr/local/go /usr/local/go
ENV PATH=/usr/local/go/bin:$PATH CONCURRENCY_BENCH_HOME=/opt/concurrency-bench
COPY --from=build /app /app
RUN node /app/dist/runner/bin.js setup

FROM node:24-bookworm-slim
RUN apt-get update && \
    apt-get install -y --no-install-recommends python3 libpython3.11 && \
    rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production CONCURRENCY_BENCH_HOME=/opt/concurrency-bench
COPY --from=build /app/package.json /app/
COPY --from=build /app/node_modules /app/node_modules
COPY --from=build /app/dist /app/dist
COPY --from=build /app/servers/references /app/servers/references
COPY --from=build /app/runner/load/workers/locust /app/runner/load/workers/locust
COPY --from=references /opt/concurrency-bench /opt/concurrency-bench
RUN install -d -o node -g node /results && ln -s /app/dist/runner/bin.js /usr/local/bin/bench
USER node
WORKDIR /results
# Results are written here, and with --read-only too; workloads with a database also write to /tmp.
VOLUME /results
ENTRYPOINT ["node", "/app/dist/runner/bin.js"]
CMD ["--help"]
