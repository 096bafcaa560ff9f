# callback or api-proxy as a server in a container, for CloudBase Run and any other host:
#   docker build --build-arg FUNCTION=callback --build-arg STORE_DRIVER=postgres -t fuwuhao-callback .
#   docker run --env-file .env -p 9000:9000 fuwuhao-callback
# docs/http-functions.md tells of keys and of the caller's address.

FROM node:24-bookworm-slim AS build
WORKDIR /project
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
ARG FUNCTION=callback
ARG STORE_DRIVER=node-sdk
# The folder holds the files of the event function too, which nothing loads here.
RUN node --import tsx scripts/build/main.ts "$FUNCTION" --driver "$STORE_DRIVER" && mv "dist/$FUNCTION" dist/server

# Nothing but Node.js: no shell, no package manager.
FROM gcr.io/distroless/nodejs24-debian12:nonroot
WORKDIR /server
COPY --from=build /project/dist/server ./
# Outside SCF the SDK of CloudBase signs its requests only with this.
ENV NODE_ENV=production TENCENTCLOUD=true PORT=9000
EXPOSE 9000
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["/nodejs/bin/node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["server.js"]
