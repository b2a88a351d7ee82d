# Build: everything, with the tools.
FROM node:22-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

# Run: the service and its run-time libraries. No embedded database: containers are given PostgreSQL and Redis.
FROM node:22-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 CORRIERE_DATA=/data
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional && npm cache clean --force
COPY --from=build /app/dist ./dist
COPY samples ./samples
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
  CMD node -e "fetch('http://127.0.0.1:'+(process.env.PORT||3000)+'/readyz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"
# exec form: the process itself gets the stop signal
CMD ["node", "--enable-source-maps", "dist/main.js"]
