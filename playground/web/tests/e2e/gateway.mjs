/**
 * The gateways under test, else the development server on a free port: EMS_URL runs without a sign-in,
 * EMS_GUARDED_URL wants the token of the account EMS_USERNAME with EMS_PASSWORD.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const server = fileURLToPath(new URL("../../dev/server.mjs", import.meta.url));

export const account = {
  username: process.env.EMS_USERNAME ?? "noc-shift-a",
  password: process.env.EMS_PASSWORD ?? "sandbox-noc-shift-a",
};

export function startGateway() {
  return process.env.EMS_URL ? elsewhere(process.env.EMS_URL) : development("--alarms", "5000");
}

export function startGuardedGateway() {
  return process.env.EMS_GUARDED_URL ? elsewhere(process.env.EMS_GUARDED_URL) : development("--auth", "token");
}

function elsewhere(url) {
  return { url: new URL("/", url).href, stop: () => undefined };
}

async function development(...options) {
  const child = spawn(process.execPath, [server, "--port", "0", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  process.once("exit", () => child.kill());
  const [line] = await once(child.stdout.setEncoding("utf8"), "data");
  return { url: line.trim(), stop: () => child.kill() };
}

/** An alarm as an SMF posts it. */
export async function postAlarm(url, title) {
  const response = await fetch(new URL("ingest/omc/api/rest/faultManagement/v1/elementType/smf/objectType/alarms", url), {
    method: "POST",
    // A kept connection may be closed by the gateway just as the next alarm is sent.
    headers: { "content-type": "application/json", connection: "close" },
    body: JSON.stringify({
      objectId: "SMF_0",
      alarmTitle: title,
      eventTime: new Date().toISOString().slice(0, 19).replace("T", " "),
      alarmCode: 4711,
      alarmType: "EquipmentAlarm",
      perceivedSeverity: 1,
      alarmStatus: 1,
      specificProblem: title,
      additionalText: title,
      alarmSource: "e2e",
    }),
  });
  if (!response.ok) throw new Error(`the gateway refused the alarm: ${response.status} ${await response.text()}`);
}
