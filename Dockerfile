# The server with its built pages. The sandbox is not in it: it is for laptops, and production never meets it.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY client/package.json client/
COPY web/package.json web/
COPY commands/package.json commands/wugan.js commands/
RUN npm ci
COPY . .
# Optional packages are a second Node and the embedded PostgreSQL: the image has its own Node, and production has its own database.
RUN npm run build && rm -rf sandbox examples tests dist/sandbox && npm prune --omit=dev --omit=optional

# backup and restore, with pg_dump and pg_restore of the very version that compose.yaml runs: keep the two alike.
FROM postgres:17-bookworm AS backup
COPY --from=build /usr/local/bin/node /usr/local/bin/node
COPY --from=build /app /app
# /work is its own so that a restore can unpack beside /work/data; 1000 is the server's user, to whom the restored files belong
RUN install -d -o 1000 -g 1000 /work /work/data
WORKDIR /app
USER 1000
ENTRYPOINT ["node", "commands/wugan.js"]

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4600 DATA_DIR=/data
COPY --from=build --chown=root:root /app .
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4600
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "ops/healthcheck.js"]
# Not through npm: the signal that ends a container has to reach the server itself.
CMD ["node", "--max-semi-space-size=8", "--heap-growing-percent=30", "server/main.ts"]
