/** What an operator does to alarms. Each answers with the refusals, empty when all went well. */
import {
  AcknowledgeAlarmsDocument,
  ClearAlarmsDocument,
  CommentAlarmDocument,
  ShelveAlarmsDocument,
  UnacknowledgeAlarmsDocument,
  UnshelveAlarmsDocument,
} from "../generated/operations";
import type { Gateway } from "../transport/gateway";

export type AlarmAction =
  | { readonly kind: "acknowledge" | "unacknowledge" | "clear"; readonly comment: string }
  | { readonly kind: "shelve"; readonly until: Date; readonly comment: string }
  | { readonly kind: "unshelve" }
  | { readonly kind: "comment"; readonly text: string };

export type ActionKind = AlarmAction["kind"];

export const ACTION_LABELS: Readonly<Record<ActionKind, string>> = {
  acknowledge: "Acknowledge",
  unacknowledge: "Take back acknowledgement",
  clear: "Clear",
  shelve: "Shelve",
  unshelve: "Unshelve",
  comment: "Comment",
};

export async function perform(gateway: Gateway, ids: readonly string[], action: AlarmAction): Promise<string[]> {
  const payloads = await payloadsOf(gateway, ids, action);
  return payloads.flatMap(({ userErrors }) => userErrors.map(({ message }) => message));
}

type Payload = { readonly userErrors: readonly { readonly message: string }[] };

async function payloadsOf(gateway: Gateway, ids: readonly string[], action: AlarmAction): Promise<readonly Payload[]> {
  const comment = "comment" in action ? action.comment || null : null;
  switch (action.kind) {
    case "acknowledge":
      return [(await gateway.request(AcknowledgeAlarmsDocument, { ids, comment })).acknowledgeAlarms];
    case "unacknowledge":
      return [(await gateway.request(UnacknowledgeAlarmsDocument, { ids, comment })).unacknowledgeAlarms];
    case "clear":
      return [(await gateway.request(ClearAlarmsDocument, { ids, comment })).clearAlarms];
    case "shelve":
      return [
        (await gateway.request(ShelveAlarmsDocument, { ids, comment, until: action.until.toISOString() })).shelveAlarms,
      ];
    case "unshelve":
      return [(await gateway.request(UnshelveAlarmsDocument, { ids })).unshelveAlarms];
    case "comment":
      return Promise.all(
        ids.map(async (id) => (await gateway.request(CommentAlarmDocument, { id, text: action.text })).commentAlarm),
      );
  }
}
