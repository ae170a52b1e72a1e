/** The gateway under test: the one at EMS_URL, else the development server on a free port. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const server = fileURLToPath(new URL("../../dev/server.mjs", import.meta.url));

export async function startGateway(...options) {
  if (process.env.EMS_URL) return { url: process.env.EMS_URL, stop: () => undefined };
  const child = spawn(process.execPath, [server, "--port", "0", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  process.once("exit", () => child.kill());
  const [line] = await once(child.stdout.setEncoding("utf8"), "data");
  return { url: line.trim(), stop: () => child.kill() };
}

/** An alarm as an SMF posts it. */
export async function postAlarm(url, title) {
  const response = await fetch(new URL("ingest/omc/api/rest/faultManagement/v1/elementType/smf/objectType/alarms", url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      objectId: "SMF_0",
      alarmTitle: title,
      eventTime: new Date().toISOString().slice(0, 19).replace("T", " "),
      alarmCode: 10,
      alarmType: "EquipmentAlarm",
      perceivedSeverity: 1,
      alarmStatus: 1,
      specificProblem: "End to end",
      additionalText: title,
      alarmSource: "e2e",
    }),
  });
  if (!response.ok) throw new Error(`the gateway refused the alarm: ${response.status} ${await response.text()}`);
}
