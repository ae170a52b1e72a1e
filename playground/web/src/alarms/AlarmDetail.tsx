/** One alarm in full: what it says, who did what to it, and every step of its life. */
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { dayTime } from "../app/time";
import { useServices } from "../app/services";
import { AlarmDetailDocument, type AlarmDetailQuery } from "../generated/operations";
import { messageOf } from "../transport/answer";
import { ACTION_LABELS, type ActionKind } from "./actions";
import { elementOf, type Alarm } from "./board";
import { CHANGE_LABELS } from "./changes";
import { SEVERITY_LABELS, severityClass } from "./severity";

type Detail = Extract<AlarmDetailQuery["node"], { readonly originalSeverity: unknown }>;

interface Props {
  readonly id: string;
  /** The alarm as the board has it; null once it left the board. */
  readonly standing: Alarm | null;
  readonly onAction: (kind: ActionKind) => void;
  readonly onClose: () => void;
}

export function AlarmDetail({ id, standing, onAction, onClose }: Props) {
  const { detail, problem } = useDetail(id, standing);
  const alarm = detail ?? standing;
  const panel = usePanel();
  return (
    <aside
      ref={panel}
      className={`detail ${severityClass(alarm?.severity ?? "INDETERMINATE")}`}
      aria-label="The alarm in full"
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <div className="detail-head">
        <h2>{alarm?.title ?? alarm?.alarmId ?? "Alarm"}</h2>
        <button type="button" className="icon-button" aria-label="Close the alarm" onClick={onClose}>
          ✕
        </button>
      </div>
      {problem && <p className="problem">{problem}</p>}
      {alarm && <p className="detail-severity">{SEVERITY_LABELS[alarm.severity]} on {elementOf(alarm)}, {alarm.source.name}</p>}
      {alarm && <DetailActions alarm={alarm} onAction={onAction} />}
      {detail && <Facts detail={detail} />}
      {detail && <Comments comments={detail.comments ?? []} />}
      {detail && <History history={detail.history ?? []} />}
    </aside>
  );
}

/** Hands the focus back to where it was when the panel opened, if it was inside of the panel when that closed. */
function usePanel(): React.RefObject<HTMLElement | null> {
  const panel = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    const element = panel.current;
    return () => {
      if (before instanceof HTMLElement && element?.contains(document.activeElement)) before.focus();
    };
  }, []);
  return panel;
}

/** Reads the alarm again whenever the board learns of a change to it. */
function useDetail(id: string, standing: Alarm | null): { detail: Detail | null; problem: string | null } {
  const { gateway } = useServices();
  const [state, setState] = useState<{ detail: Detail | null; problem: string | null }>({ detail: null, problem: null });
  useEffect(() => {
    let current = true;
    gateway.request(AlarmDetailDocument, { id }).then(
      ({ node }) => {
        if (!current) return;
        const found = node && "originalSeverity" in node ? (node as Detail) : null;
        setState(found ? { detail: found, problem: null } : { detail: null, problem: "The gateway no longer keeps this alarm." });
      },
      (error: unknown) => current && setState((before) => ({ ...before, problem: messageOf(error) })),
    );
    return () => {
      current = false;
    };
  }, [gateway, id, standing]);
  return state;
}

function DetailActions({ alarm, onAction }: { alarm: Alarm; onAction: (kind: ActionKind) => void }) {
  if (alarm.status === "CLEARED") return null;
  const kinds: readonly ActionKind[] = [
    alarm.acknowledged ? "unacknowledge" : "acknowledge",
    "comment",
    alarm.shelvedUntil ? "unshelve" : "shelve",
    "clear",
  ];
  return (
    <div className="detail-actions">
      {kinds.map((kind) => (
        <button key={kind} type="button" onClick={() => onAction(kind)}>
          {ACTION_LABELS[kind]}
        </button>
      ))}
    </div>
  );
}

function Facts({ detail }: { detail: Detail }) {
  const { networkElement } = detail;
  const facts: readonly (readonly [string, ReactNode])[] = [
    ["Alarm id", detail.alarmId],
    ["Code", detail.code],
    ["Kind", words(detail.eventType)],
    ["Raised", dayTime(detail.raisedAt)],
    ["Reported", detail.count === 1 ? "once" : `${detail.count} times`],
    ["First severity", detail.originalSeverity === detail.severity ? null : SEVERITY_LABELS[detail.originalSeverity]],
    ["Problem", detail.specificProblem],
    ["Location", detail.location],
    ["Details", detail.additionalText],
    ["Element", networkElement && elementText(networkElement)],
    ["Acknowledged", detail.acknowledgedAt && `${dayTime(detail.acknowledgedAt)} by ${detail.acknowledgedBy ?? "the source"}`],
    ["Shelved", detail.shelvedUntil && `until ${dayTime(detail.shelvedUntil)} by ${detail.shelvedBy ?? "an operator"}`],
    ["Cleared", detail.clearedAt && `${dayTime(detail.clearedAt)} by ${detail.clearedBy ?? "the element"}`],
  ];
  return (
    <dl className="facts">
      {facts.map(
        ([name, value]) =>
          value !== null &&
          value !== "" && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function elementText({ name, ip, state }: NonNullable<Detail["networkElement"]>): string {
  const reach = state === null ? null : state.online ? "online" : "down";
  return [name, ip, reach, state?.version].filter(Boolean).join(" · ");
}

function Comments({ comments }: { comments: NonNullable<Detail["comments"]> }) {
  if (comments.length === 0) return null;
  return (
    <section>
      <h3>Comments</h3>
      <ul className="comments">
        {comments.map(({ at, by, text }) => (
          <li key={`${at} ${by} ${text}`}>
            <p>{text}</p>
            <p className="muted small">
              {by}, {dayTime(at)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function History({ history }: { history: NonNullable<Detail["history"]> }) {
  return (
    <section>
      <h3>History</h3>
      <ol className="history">
        {[...history].reverse().map(({ cursor, change, at, by, severity }) => (
          <li key={cursor} className={severityClass(severity)}>
            <time dateTime={at}>{dayTime(at)}</time>
            <span>
              {CHANGE_LABELS[change]}
              {change === "SEVERITY_CHANGED" && ` to ${SEVERITY_LABELS[severity].toLowerCase()}`}
              {by && <span className="muted"> by {by}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function words(constant: string): string {
  const text = constant.toLowerCase().replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
