/**
 * A gateway for work on the page alone: the same schema over made-up data, and the built page under the
 * gateway's Content-Security-Policy.
 *
 *   node dev/server.mjs [--port 8000] [--auth none|token] [--alarms 400] [--traffic 0]
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { execute, getOperationAST, parse, subscribe, validate } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { loadSchema } from "../tools/schema.mjs";
import { Alarms } from "./alarms.mjs";
import { createRoot, requireCaller, resolveField, Sessions } from "./resolvers.mjs";

const { values: options } = parseArgs({
  options: {
    port: { type: "string", default: "8000" },
    auth: { type: "string", default: "none" },
    alarms: { type: "string", default: "400" },
    traffic: { type: "string", default: "0" },
  },
});

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:; img-src 'self' data:";
const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".ttf": "font/ttf" };
const openFields = new Set(["login", "refreshSession"]);

const schema = loadSchema();
const alarms = new Alarms(Number(options.alarms));
const sessions = new Sessions();
const rootValue = createRoot(alarms, sessions);

function contextOf(authorization) {
  return { needsToken: options.auth === "token", authorization, username: sessions.usernameOf(authorization), upstream: [] };
}

async function answer({ query, variables, operationName }, context) {
  let document;
  try {
    document = parse(query);
  } catch (error) {
    return { errors: [error] };
  }
  const errors = validate(schema, document);
  if (errors.length > 0) return { errors };
  try {
    const selections = getOperationAST(document, operationName)?.selectionSet.selections ?? [];
    if (!selections.every(({ name }) => openFields.has(name?.value))) requireCaller(context);
  } catch (error) {
    return { errors: [error] };
  }
  return execute({
    schema,
    document,
    rootValue,
    contextValue: context,
    variableValues: variables,
    operationName,
    fieldResolver: resolveField,
  });
}

async function textOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function serveFile(path, response) {
  const name = path === "/" ? "index.html" : normalize(path).replace(/^\/+/, "");
  try {
    const body = await readFile(dist + name);
    response.writeHead(200, {
      "content-type": types[extname(name)] ?? "application/octet-stream",
      "content-security-policy": policy,
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://gateway");
  const json = (status, body) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
  const ingest = /^\/ingest\/omc\/api\/rest\/faultManagement\/v1\/elementType\/(\w+)\/objectType\/alarms$/.exec(pathname);
  if (request.method === "POST" && pathname === "/graphql") {
    const context = contextOf(request.headers.authorization);
    const result = await answer(JSON.parse(await textOf(request)), context);
    const explained = request.headers["x-ems-explain"] === "1" ? { extensions: { upstream: context.upstream } } : {};
    const refused = result.errors?.some(({ extensions }) => extensions?.code === "UNAUTHENTICATED") && !result.data;
    json(refused ? 401 : 200, { ...result, ...explained });
  } else if (request.method === "POST" && ingest) {
    alarms.ingest(ingest[1], JSON.parse(await textOf(request)));
    json(200, {});
  } else {
    await serveFile(pathname, response);
  }
});

useServer(
  {
    schema,
    execute,
    subscribe: (args) => subscribe({ ...args, rootValue, fieldResolver: resolveField, subscribeFieldResolver: resolveField }),
    onConnect: ({ connectionParams }) => {
      const context = contextOf(connectionParams?.authorization);
      return !(context.needsToken && !context.username);
    },
    context: ({ connectionParams }) => contextOf(connectionParams?.authorization),
  },
  new WebSocketServer({ server, path: "/graphql" }),
);

const period = Number(options.traffic);
if (period > 0) setInterval(() => alarms.ingest("smf", { alarmTitle: "Session success rate is low", perceivedSeverity: 2, alarmCode: 10, specificProblem: "Below 95 %" }), period);

server.listen(Number(options.port), "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/`));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
