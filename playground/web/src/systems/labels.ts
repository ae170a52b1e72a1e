/** The gateway's constants in words. */
import type { CircuitState, Dialect, ObjectKind, SourceStatus } from "../generated/operations";

export const DIALECT_LABELS: Readonly<Record<Dialect, string>> = {
  LOCAL: "Local store",
  OMC: "5G core OMC",
  BEAVER: "IoT platform",
  SUPOS: "Industrial OS",
  IDAAS: "Identity service",
  NCE: "Campus network",
};

export const STATUS_LABELS: Readonly<Record<SourceStatus, string>> = {
  UP: "Up",
  DEGRADED: "Degraded",
  DOWN: "Down",
  UNKNOWN: "Not yet known",
};

export const CIRCUIT_LABELS: Readonly<Record<CircuitState, string>> = {
  CLOSED: "Closed: calls flow",
  OPEN: "Open: calls are refused",
  HALF_OPEN: "Half open: probing",
};

export const KIND_LABELS: Readonly<Record<ObjectKind, string>> = {
  USER: "Users",
  ROLE: "Roles",
  ORGANIZATION: "Organizations",
  NETWORK_ELEMENT: "Network elements",
  SUBSCRIBER: "Subscribers",
  ALARM: "Alarms",
  DEVICE: "Devices",
  ENTITY: "Entities",
  WORKFLOW: "Workflows",
  DEVICE_APPROVAL: "Device approvals",
};
