/** The development server's systems, elements and people. */

const KINDS = {
  local: ["USER", "ROLE", "ORGANIZATION", "NETWORK_ELEMENT", "SUBSCRIBER", "ALARM", "DEVICE", "ENTITY", "WORKFLOW", "DEVICE_APPROVAL"],
  omc: ["USER", "ROLE", "ORGANIZATION", "NETWORK_ELEMENT", "SUBSCRIBER", "ALARM"],
  beaver: ["USER", "ROLE", "DEVICE", "ENTITY", "WORKFLOW"],
  supos: ["USER", "ROLE", "ORGANIZATION"],
  idaas: ["USER", "ROLE", "ORGANIZATION"],
  nce: ["DEVICE_APPROVAL"],
};
const READ_ONLY = new Set(["supos ROLE", "omc ALARM", "beaver ENTITY"]);

export const SOURCES = Object.entries(KINDS).map(([name, kinds], index) => ({
  __typename: "Source",
  id: `source-${name}`,
  name,
  dialect: name.toUpperCase(),
  capabilities: kinds.map((kind) => ({ kind, readable: true, writable: !READ_ONLY.has(`${name} ${kind}`) })),
  health: () => health(name, index),
}));

/** A probe every ten seconds: idaas is slow at times, nce is down. */
function health(name, index) {
  const probe = Math.floor(Date.now() / 10_000);
  const down = name === "nce";
  const slow = name === "idaas" && probe % 5 === 0;
  return {
    status: down ? "DOWN" : slow ? "DEGRADED" : "UP",
    circuit: down ? "OPEN" : "CLOSED",
    checkedAt: new Date(probe * 10_000).toISOString(),
    latencyMs: down ? null : (name === "local" ? 0.6 : 8 + index * 5) * (1 + ((probe * 7 + index) % 5) / 8) + (slow ? 900 : 0),
    lastError: down ? "Connection refused" : null,
  };
}

const OMC = SOURCES[1];

export const ELEMENTS = ["AMF", "SMF", "UPF", "UDM", "IMS", "PCF"].flatMap((neType, index) =>
  ["001", "002"].map((neId) => ({
    __typename: "NetworkElement",
    id: `element-${neType}-${neId}`,
    source: OMC,
    nativeId: `${neType}/${neId}`,
    neType,
    neId,
    name: `${neType} ${neId === "001" ? "north" : "south"}`,
    ip: `192.0.2.${10 + index}`,
    state: { online: !(neType === "UPF" && neId === "002"), version: "2.2506.1", disks: [], cpu: { system: 21.5 }, memory: { system: 44.2 } },
  })),
);

export const USERS = ["omc", "beaver", "supos", "idaas"].map((name) => ({
  __typename: "User",
  id: `user-${name}`,
  source: SOURCES.find((source) => source.name === name),
  nativeId: "noc-shift-a",
  username: "noc-shift-a",
  displayName: "NOC shift A",
  email: "noc-shift-a@example.net",
  status: "ACTIVE",
  roles: [{ id: `role-${name}`, name: "operator", kind: "ROLE" }],
}));

export const ACCOUNTS = new Map([["noc-shift-a", { password: "sandbox-noc-shift-a", displayName: "NOC shift A", roles: ["operator"] }]]);

/** Upstream calls that a root field would take. */
export const CALLS = {
  users: [
    ["omc", "/system/user/list", 24, 0],
    ["beaver", "/user/api/v1/users/search", 61, 1],
    ["supos", "/open-api/auth/v2/users", 38, 1],
    ["idaas", "/api/v1/users", 112, 2],
  ],
  networkElements: [
    ["omc", "/ne/info/list", 18, 0],
    ["omc", "/ne/info/state", 32, 19],
    ["omc", "/ne/info/state", 31, 19],
  ],
  devices: [["beaver", "/device/api/v1/devices/search", 57, 0]],
};
