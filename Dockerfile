# The desk as an image: docker build -t vssid-desk .   How it is run: compose.yaml, docs/operations.md.
ARG NODE_IMAGE=node:20.20.2-bookworm-slim

# What the lock file names, without what only development needs. All native parts come as packages: nothing is compiled.
FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No package needs its install scripts, and one of them would report home.
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force

# Pages and program are built here, not at every start.
FROM dependencies AS built
COPY tsconfig.json ./
COPY src src
COPY web-sync web-sync
COPY web-widget web-widget
COPY web-console web-console
RUN npm run build

FROM ${NODE_IMAGE}
ENV NODE_ENV=production PORT=3000 DATA_DIR=/data
WORKDIR /app
# Owned by root: the desk cannot change its own program.
COPY --from=dependencies /app/node_modules node_modules
COPY package.json tsconfig.json ./
COPY src src
COPY faq faq
COPY intents intents
# The questions that each release is held against.
COPY test/eval test/eval
COPY web-widget/public web-widget/public
COPY web-console/public web-console/public
COPY --from=built /app/dist dist
# /data only without MONGODB_URI: the embedded store. /archive where ARCHIVE_DIR names it. Everything else that is written
# goes to /tmp, which may be a tmpfs.
RUN mkdir -m 700 /data /archive && chown node:node /data /archive
VOLUME /data
USER 1000:1000
EXPOSE 3000
# Whether the process is up; whether it can serve is asked at /readyz by whoever sends people to it.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Ends in order on SIGTERM, within ten seconds.
CMD ["node", "dist/server/main.mjs"]
