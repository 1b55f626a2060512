FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-bookworm-slim
ENV NODE_ENV=production
COPY --from=build /app/package.json /app/
COPY --from=build /app/node_modules /app/node_modules
COPY --from=build /app/dist /app/dist
RUN install -d -o node -g node /results && ln -s /app/dist/runner/cli.js /usr/local/bin/bench
USER node
WORKDIR /results
ENTRYPOINT ["node", "/app/dist/runner/cli.js"]
CMD ["--help"]
