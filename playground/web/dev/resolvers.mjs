/** What the development server answers; what it has no data for is empty, not wrong. */
import { randomUUID } from "node:crypto";
import { getNamedType, getNullableType, GraphQLError, isListType, isNonNullType, isObjectType } from "graphql";
import { ACCOUNTS, CALLS, ELEMENTS, SOURCES, USERS } from "./world.mjs";

const PERMISSIONS = ["read", "alarms", "explain", "audit:read"];
const EMPTY_PAGE = { hasNextPage: false, hasPreviousPage: false };

export class Sessions {
  #tokens = new Map();

  open(username) {
    const accessToken = randomUUID();
    this.#tokens.set(accessToken, username);
    return { accessToken, refreshToken: randomUUID(), expiresAt: new Date(Date.now() + 3_600_000).toISOString(), userErrors: [] };
  }

  close(authorization) {
    return this.#tokens.delete(tokenOf(authorization));
  }

  usernameOf(authorization) {
    return this.#tokens.get(tokenOf(authorization)) ?? null;
  }
}

const tokenOf = (authorization) => (authorization ?? "").replace(/^Bearer /, "");

export function createRoot(alarms, sessions) {
  const by = (context) => context.username ?? "anonymous";
  return {
    viewer: (_args, context) => ({
      username: by(context),
      displayName: ACCOUNTS.get(context.username)?.displayName ?? null,
      roles: ACCOUNTS.get(context.username)?.roles ?? ["admin"],
      permissions: PERMISSIONS,
    }),
    sources: () => SOURCES,
    node: ({ id }) => {
      const alarm = alarms.standing.get(id);
      if (!alarm) return null;
      const networkElement = ELEMENTS.find(({ neType, neId }) => neType === alarm.neType && neId === alarm.neId) ?? null;
      return { ...alarm, networkElement, history: alarms.historyOf(id) };
    },
    alarms: (args, _context, info) =>
      info.operation.operation === "subscription" ? events(alarms.follow(args)) : connection(alarms.list(args.filter), args.first),
    alarmSummary: ({ filter }) => summary(alarms.list({ status: "ACTIVE", ...filter })),
    networkElements: ({ filter, first }, context) => {
      count(context, "networkElements");
      const found = ELEMENTS.filter(({ state }) => filter?.online == null || state.online === filter.online);
      return connection(
        found.map((element) => ({
          ...element,
          alarms: (args) => connection(alarms.list({ ...args.filter, neTypes: [element.neType], neIds: [element.neId] }), args.first),
          alarmSummary: () => summary(alarms.list({ status: "ACTIVE", neTypes: [element.neType], neIds: [element.neId] })),
        })),
        first,
      );
    },
    users: ({ filter, first }, context) => {
      count(context, "users");
      const found = USERS.filter(({ email }) => !filter?.email || email === filter.email);
      return connection(found.map((user) => ({ ...user, accounts: USERS.filter(({ id }) => id !== user.id) })), first);
    },
    devices: (_args, context) => {
      count(context, "devices");
      return connection([], 20);
    },
    deviceApprovals: () => ({
      ...connection([], 20),
      failures: [{ source: SOURCES.at(-1), code: "UPSTREAM_UNAVAILABLE", message: "nce cannot be reached." }],
    }),
    login: ({ username, password }) => {
      if (ACCOUNTS.get(username)?.password === password) return sessions.open(username);
      return { userErrors: [{ code: "UNAUTHENTICATED", message: "The user name or the password is wrong." }] };
    },
    logout: (_args, context) => sessions.close(context.authorization),
    refreshSession: () => ({ userErrors: [{ code: "UNAUTHENTICATED", message: "The session has ended." }] }),
    acknowledgeAlarms: ({ ids }, context) =>
      alarms.change(ids, "ACKNOWLEDGED", by(context), () => ({
        acknowledged: true,
        acknowledgedBy: by(context),
        acknowledgedAt: new Date().toISOString(),
      })),
    unacknowledgeAlarms: ({ ids }, context) =>
      alarms.change(ids, "UNACKNOWLEDGED", by(context), () => ({ acknowledged: false, acknowledgedBy: null, acknowledgedAt: null })),
    clearAlarms: ({ ids }, context) =>
      alarms.change(ids, "CLEARED", by(context), () => ({
        status: "CLEARED",
        severity: "CLEARED",
        clearing: "MANUAL",
        clearedBy: by(context),
        clearedAt: new Date().toISOString(),
      })),
    shelveAlarms: ({ ids, until }, context) =>
      alarms.change(ids, "SHELVED", by(context), () => ({ shelvedUntil: until, shelvedBy: by(context) })),
    unshelveAlarms: ({ ids }, context) =>
      alarms.change(ids, "UNSHELVED", by(context), () => ({ shelvedUntil: null, shelvedBy: null })),
    commentAlarm: ({ id, text }, context) =>
      alarms.change([id], "COMMENTED", by(context), ({ comments }) => ({
        comments: [...comments, { at: new Date().toISOString(), by: by(context), text }],
      })),
    sourceHealth: async function* () {
      // The poll of `sources` tells the same; this server sends no change of its own.
      await new Promise(() => undefined);
    },
  };
}

/** Looks a field up, calls it where it is a function, and fills in the emptiest valid value. */
export function resolveField(parent, args, context, info) {
  const value = parent?.[info.fieldName];
  const result = typeof value === "function" ? value(args, context, info) : value;
  return result === undefined ? emptiest(info.returnType) : result;
}

export function requireCaller(context) {
  if (context.needsToken && !context.username) {
    throw new GraphQLError("Sign in to go on.", { extensions: { code: "UNAUTHENTICATED" } });
  }
}

async function* events(stream) {
  for await (const event of stream) yield { alarms: event };
}

function emptiest(type) {
  const named = getNamedType(type);
  if (isListType(getNullableType(type))) return isNonNullType(type) ? [] : null;
  if (isObjectType(named) && named.name.endsWith("Connection")) return connection([], 20);
  return null;
}

function connection(items, first = 20) {
  const nodes = items.slice(0, first);
  return {
    nodes,
    edges: nodes.map((node, index) => ({ node, cursor: String(index) })),
    pageInfo: { ...EMPTY_PAGE, hasNextPage: items.length > first },
    totalCount: items.length,
    failures: [],
  };
}

function summary(found) {
  const of = (severity) => found.filter((alarm) => alarm.severity === severity).length;
  return {
    total: found.length,
    unacknowledged: found.filter(({ acknowledged }) => !acknowledged).length,
    critical: of("CRITICAL"),
    major: of("MAJOR"),
    minor: of("MINOR"),
    warning: of("WARNING"),
    indeterminate: of("INDETERMINATE"),
    failures: [],
  };
}

function count(context, field) {
  const calls = CALLS[field].map(([source, path, ms, startedMs]) => ({ source, method: "GET", path, status: 200, ms, startedMs, cache: "MISS" }));
  context.upstream.push(...calls);
}
