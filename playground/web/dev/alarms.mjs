/** The development server's alarms: a journal in memory, and the alarms folded from it. */
import { EventEmitter, on } from "node:events";
import { randomUUID } from "node:crypto";
import { GraphQLError } from "graphql";
import { SOURCES } from "./world.mjs";

const TITLES = [
  ["Link to peer is down", "COMMUNICATIONS"],
  ["Licence usage above threshold", "PROCESSING_ERROR"],
  ["Heartbeat of the database is missing", "PROCESSING_ERROR"],
  ["Temperature in the cabinet is high", "ENVIRONMENTAL"],
  ["Session success rate is low", "QUALITY_OF_SERVICE"],
  ["Authentication failures above threshold", "SECURITY"],
  ["Power module does not answer", "EQUIPMENT"],
];
const SEVERITIES = ["CRITICAL", "MAJOR", "MAJOR", "MINOR", "MINOR", "MINOR", "WARNING", "WARNING", "INDETERMINATE"];
const NE_TYPES = ["AMF", "SMF", "UPF", "UDM", "IMS", "PCF"];
/** X.733 numbers as the OMC posts them. */
const POSTED_SEVERITIES = ["INDETERMINATE", "CRITICAL", "MAJOR", "MINOR", "WARNING"];

export class Alarms {
  journalId = randomUUID().slice(0, 8);
  journal = [];
  standing = new Map();
  bus = new EventEmitter().setMaxListeners(0);

  constructor(count) {
    for (let index = count; index > 0; index -= 1) this.append("RAISED", madeUp(index), { at: Date.now() - index * 47_000 });
  }

  append(change, alarm, { by = null, at = Date.now() } = {}) {
    const previous = this.standing.get(alarm.id);
    const instant = new Date(at).toISOString();
    const next = { ...alarm, updatedAt: instant };
    const event = { position: this.journal.length, change, at: instant, by, severity: next.severity, alarm: next, previous };
    this.journal.push(event);
    this.standing.set(next.id, next);
    this.bus.emit("event", event);
    return next;
  }

  cursor(position) {
    return `${this.journalId}.${position}`;
  }

  historyOf(id) {
    return this.journal.filter((event) => event.alarm.id === id).map((event) => this.told(event, {}));
  }

  told(event, filter) {
    return { ...event, cursor: this.cursor(event.position), matches: matches(event.alarm, filter) };
  }

  list(filter) {
    return [...this.standing.values()].filter((alarm) => matches(alarm, filter)).reverse();
  }

  async *follow({ filter = {}, after = null, snapshot = false }) {
    const live = on(this.bus, "event");
    let position = this.journal.length - 1;
    if (after !== null) {
      const [journalId, place] = after.split(".");
      if (journalId !== this.journalId) {
        throw new GraphQLError("The cursor is of another journal.", { extensions: { code: "CURSOR_EXPIRED" } });
      }
      for (const event of this.journal.slice(Number(place) + 1)) if (concerns(event, filter)) yield this.told(event, filter);
    } else if (snapshot) {
      for (const alarm of this.list(filter)) {
        yield this.told({ position, change: "RAISED", at: alarm.raisedAt, by: null, severity: alarm.severity, alarm }, filter);
      }
    }
    for await (const [event] of live) {
      if (event.position <= position) continue;
      position = event.position;
      if (concerns(event, filter)) yield this.told(event, filter);
    }
  }

  change(ids, change, by, edit) {
    const alarms = [];
    const userErrors = [];
    for (const id of ids) {
      const alarm = this.standing.get(id);
      if (alarm) alarms.push(this.append(change, { ...alarm, ...edit(alarm) }, { by }));
      else userErrors.push({ id, code: "NOT_FOUND", message: "No such alarm." });
    }
    return { alarms, userErrors };
  }

  /** What an element posts, in the documented form. */
  ingest(neType, body) {
    const alarm = madeUp(this.journal.length + 1);
    return this.append("RAISED", {
      ...alarm,
      source: SOURCES.find(({ name }) => name === "omc"),
      neType: neType.toUpperCase(),
      neId: "001",
      title: body.alarmTitle,
      code: body.alarmCode,
      severity: POSTED_SEVERITIES[body.perceivedSeverity] ?? "INDETERMINATE",
      specificProblem: body.specificProblem,
      raisedAt: new Date().toISOString(),
    });
  }
}

function madeUp(index) {
  const [title, eventType] = TITLES[index % TITLES.length];
  const neType = NE_TYPES[(index * 7) % NE_TYPES.length];
  const severity = SEVERITIES[(index * 5) % SEVERITIES.length];
  return {
    __typename: "Alarm",
    id: `alarm-${index}-${randomUUID().slice(0, 6)}`,
    source: SOURCES[index % 11 === 0 ? 0 : 1],
    nativeId: String(index),
    neType,
    neId: String(1 + (index % 4)).padStart(3, "0"),
    alarmId: `${neType}${String(index).padStart(4, "0")}`,
    code: 100 + (index % 60),
    title,
    eventType,
    severity,
    originalSeverity: severity,
    status: "ACTIVE",
    raisedAt: new Date(Date.now() - index * 47_000).toISOString(),
    acknowledged: index % 6 === 0,
    acknowledgedBy: index % 6 === 0 ? "noc-shift-b" : null,
    flapping: index % 23 === 0,
    stale: false,
    count: 1 + (index % 9 === 0 ? index % 30 : 0),
    specificProblem: `Threshold ${80 + (index % 20)} passed on board ${index % 8}`,
    location: `Hall ${1 + (index % 3)}, rack ${1 + (index % 12)}`,
    comments: [],
  };
}

function concerns(event, filter) {
  return matches(event.alarm, filter) || (event.previous !== undefined && matches(event.previous, filter));
}

function matches(alarm, filter) {
  const { sources, status, severities, acknowledged, shelved, flapping, stale, neTypes, neIds } = filter ?? {};
  return (
    (!sources || sources.includes(alarm.source.name)) &&
    (!status || alarm.status === status) &&
    (!severities || severities.includes(alarm.severity)) &&
    (!neTypes || neTypes.includes(alarm.neType)) &&
    (!neIds || neIds.includes(alarm.neId)) &&
    (acknowledged == null || alarm.acknowledged === acknowledged) &&
    (shelved == null || Boolean(alarm.shelvedUntil) === shelved) &&
    (flapping == null || alarm.flapping === flapping) &&
    (stale == null || alarm.stale === stale)
  );
}
