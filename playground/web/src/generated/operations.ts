/* Written by `npm run codegen` from the schema and the .graphql files beside the pages. */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type AlarmChange =
  | 'RAISED'
  | 'REPEATED'
  | 'SEVERITY_CHANGED'
  | 'CLEARED'
  | 'ACKNOWLEDGED'
  | 'UNACKNOWLEDGED'
  | 'COMMENTED'
  | 'SHELVED'
  | 'UNSHELVED'
  | 'FLAPPING_CHANGED'
  | 'STALE_CHANGED';

export type AlarmEventType =
  | 'COMMUNICATIONS'
  | 'EQUIPMENT'
  | 'PROCESSING_ERROR'
  | 'ENVIRONMENTAL'
  | 'QUALITY_OF_SERVICE'
  | 'SECURITY'
  | 'OTHER';

export type AlarmFilter = {
  readonly sources?: ReadonlyArray<string> | null | undefined;
  readonly search?: string | null | undefined;
  readonly neTypes?: ReadonlyArray<string> | null | undefined;
  readonly neIds?: ReadonlyArray<string> | null | undefined;
  readonly networkElements?: ReadonlyArray<string | number> | null | undefined;
  readonly severities?: ReadonlyArray<Severity> | null | undefined;
  readonly status?: AlarmStatus | null | undefined;
  readonly eventTypes?: ReadonlyArray<AlarmEventType> | null | undefined;
  readonly codes?: ReadonlyArray<number> | null | undefined;
  readonly acknowledged?: boolean | null | undefined;
  readonly shelved?: boolean | null | undefined;
  readonly flapping?: boolean | null | undefined;
  readonly stale?: boolean | null | undefined;
  readonly raisedFrom?: string | null | undefined;
  readonly raisedTo?: string | null | undefined;
};

export type AlarmStatus =
  | 'ACTIVE'
  | 'CLEARED';

/** Calls flow, are refused, or one is let through to probe. */
export type CircuitState =
  | 'CLOSED'
  | 'OPEN'
  | 'HALF_OPEN';

/** By the element itself, or by hand. */
export type ClearingType =
  | 'AUTOMATIC'
  | 'MANUAL';

/** Whose API a source speaks. */
export type Dialect =
  | 'LOCAL'
  | 'OMC'
  | 'BEAVER'
  | 'SUPOS'
  | 'IDAAS'
  | 'NCE';

/** The kinds of object that the graph unifies. */
export type ObjectKind =
  | 'USER'
  | 'ROLE'
  | 'ORGANIZATION'
  | 'NETWORK_ELEMENT'
  | 'SUBSCRIBER'
  | 'ALARM'
  | 'DEVICE'
  | 'ENTITY'
  | 'WORKFLOW'
  | 'DEVICE_APPROVAL';

export type Severity =
  | 'CRITICAL'
  | 'MAJOR'
  | 'MINOR'
  | 'WARNING'
  | 'INDETERMINATE'
  | 'CLEARED';

export type SourceStatus =
  | 'UP'
  | 'DEGRADED'
  | 'DOWN'
  | 'UNKNOWN';

export type AlarmBoardSubscriptionVariables = Exact<{
  filter?: AlarmFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type AlarmBoardSubscription = { readonly alarms: { readonly cursor: string, readonly change: AlarmChange, readonly at: string, readonly by: string | null, readonly matches: boolean, readonly alarm: { readonly id: string, readonly neType: string, readonly neId: string, readonly alarmId: string | null, readonly code: number | null, readonly title: string | null, readonly severity: Severity, readonly status: AlarmStatus, readonly raisedAt: string, readonly updatedAt: string, readonly acknowledged: boolean, readonly acknowledgedBy: string | null, readonly shelvedUntil: string | null, readonly shelvedBy: string | null, readonly flapping: boolean, readonly stale: boolean, readonly count: number, readonly specificProblem: string | null, readonly source: { readonly name: string } } } };

export type AlarmDetailQueryVariables = Exact<{
  id: string | number;
}>;


export type AlarmDetailQuery = { readonly node:
    | { readonly originalSeverity: Severity, readonly eventType: AlarmEventType, readonly acknowledgedAt: string | null, readonly clearedAt: string | null, readonly clearedBy: string | null, readonly clearing: ClearingType | null, readonly location: string | null, readonly additionalText: string | null, readonly id: string, readonly neType: string, readonly neId: string, readonly alarmId: string | null, readonly code: number | null, readonly title: string | null, readonly severity: Severity, readonly status: AlarmStatus, readonly raisedAt: string, readonly updatedAt: string, readonly acknowledged: boolean, readonly acknowledgedBy: string | null, readonly shelvedUntil: string | null, readonly shelvedBy: string | null, readonly flapping: boolean, readonly stale: boolean, readonly count: number, readonly specificProblem: string | null, readonly networkElement: { readonly id: string, readonly name: string | null, readonly ip: string | null, readonly state: { readonly online: boolean, readonly version: string | null } | null } | null, readonly comments: ReadonlyArray<{ readonly at: string, readonly by: string, readonly text: string }> | null, readonly history: ReadonlyArray<{ readonly cursor: string, readonly change: AlarmChange, readonly at: string, readonly by: string | null, readonly severity: Severity }> | null, readonly source: { readonly name: string } }
    | Record<PropertyKey, never>
   | null };

export type BoardAlarmFragment = { readonly id: string, readonly neType: string, readonly neId: string, readonly alarmId: string | null, readonly code: number | null, readonly title: string | null, readonly severity: Severity, readonly status: AlarmStatus, readonly raisedAt: string, readonly updatedAt: string, readonly acknowledged: boolean, readonly acknowledgedBy: string | null, readonly shelvedUntil: string | null, readonly shelvedBy: string | null, readonly flapping: boolean, readonly stale: boolean, readonly count: number, readonly specificProblem: string | null, readonly source: { readonly name: string } };

export type AcknowledgeAlarmsMutationVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
  comment?: string | null | undefined;
}>;


export type AcknowledgeAlarmsMutation = { readonly acknowledgeAlarms: { readonly userErrors: ReadonlyArray<{ readonly id: string | null, readonly message: string }> } };

export type UnacknowledgeAlarmsMutationVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
  comment?: string | null | undefined;
}>;


export type UnacknowledgeAlarmsMutation = { readonly unacknowledgeAlarms: { readonly userErrors: ReadonlyArray<{ readonly id: string | null, readonly message: string }> } };

export type ClearAlarmsMutationVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
  comment?: string | null | undefined;
}>;


export type ClearAlarmsMutation = { readonly clearAlarms: { readonly userErrors: ReadonlyArray<{ readonly id: string | null, readonly message: string }> } };

export type ShelveAlarmsMutationVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
  until: string;
  comment?: string | null | undefined;
}>;


export type ShelveAlarmsMutation = { readonly shelveAlarms: { readonly userErrors: ReadonlyArray<{ readonly id: string | null, readonly message: string }> } };

export type UnshelveAlarmsMutationVariables = Exact<{
  ids: ReadonlyArray<string | number> | string | number;
}>;


export type UnshelveAlarmsMutation = { readonly unshelveAlarms: { readonly userErrors: ReadonlyArray<{ readonly id: string | null, readonly message: string }> } };

export type CommentAlarmMutationVariables = Exact<{
  id: string | number;
  text: string;
}>;


export type CommentAlarmMutation = { readonly commentAlarm: { readonly userErrors: ReadonlyArray<{ readonly id: string | null, readonly message: string }> } };

export type AlarmRefusalFragment = { readonly id: string | null, readonly message: string };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { readonly viewer: { readonly username: string, readonly displayName: string | null, readonly roles: ReadonlyArray<string>, readonly permissions: ReadonlyArray<string> } };

export type SignInMutationVariables = Exact<{
  username: string;
  password: string;
}>;


export type SignInMutation = { readonly login: { readonly accessToken: string | null, readonly refreshToken: string | null, readonly expiresAt: string | null, readonly userErrors: ReadonlyArray<{ readonly message: string }> } };

export type RefreshSessionMutationVariables = Exact<{
  refreshToken: string;
}>;


export type RefreshSessionMutation = { readonly refreshSession: { readonly accessToken: string | null, readonly refreshToken: string | null, readonly expiresAt: string | null, readonly userErrors: ReadonlyArray<{ readonly message: string }> } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { readonly logout: boolean };

export type SessionTokensFragment = { readonly accessToken: string | null, readonly refreshToken: string | null, readonly expiresAt: string | null, readonly userErrors: ReadonlyArray<{ readonly message: string }> };

export type SourcesQueryVariables = Exact<{ [key: string]: never; }>;


export type SourcesQuery = { readonly sources: ReadonlyArray<{ readonly id: string, readonly name: string, readonly dialect: Dialect, readonly capabilities: ReadonlyArray<{ readonly kind: ObjectKind, readonly readable: boolean, readonly writable: boolean }>, readonly health: { readonly status: SourceStatus, readonly circuit: CircuitState, readonly checkedAt: string | null, readonly latencyMs: number | null, readonly lastError: string | null } }> };

export type SourceHealthChangesSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type SourceHealthChangesSubscription = { readonly sourceHealth: { readonly id: string, readonly name: string, readonly dialect: Dialect, readonly health: { readonly status: SourceStatus, readonly circuit: CircuitState, readonly checkedAt: string | null, readonly latencyMs: number | null, readonly lastError: string | null } } };

export type SourceStateFragment = { readonly id: string, readonly name: string, readonly dialect: Dialect, readonly health: { readonly status: SourceStatus, readonly circuit: CircuitState, readonly checkedAt: string | null, readonly latencyMs: number | null, readonly lastError: string | null } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const BoardAlarmFragmentDoc = new TypedDocumentString(`
    fragment BoardAlarm on Alarm {
  id
  source {
    name
  }
  neType
  neId
  alarmId
  code
  title
  severity
  status
  raisedAt
  updatedAt
  acknowledged
  acknowledgedBy
  shelvedUntil
  shelvedBy
  flapping
  stale
  count
  specificProblem
}
    `, {"fragmentName":"BoardAlarm"}) as unknown as TypedDocumentString<BoardAlarmFragment, unknown>;
export const AlarmRefusalFragmentDoc = new TypedDocumentString(`
    fragment AlarmRefusal on UserError {
  id
  message
}
    `, {"fragmentName":"AlarmRefusal"}) as unknown as TypedDocumentString<AlarmRefusalFragment, unknown>;
export const SessionTokensFragmentDoc = new TypedDocumentString(`
    fragment SessionTokens on LoginPayload {
  accessToken
  refreshToken
  expiresAt
  userErrors {
    message
  }
}
    `, {"fragmentName":"SessionTokens"}) as unknown as TypedDocumentString<SessionTokensFragment, unknown>;
export const SourceStateFragmentDoc = new TypedDocumentString(`
    fragment SourceState on Source {
  id
  name
  dialect
  health {
    status
    circuit
    checkedAt
    latencyMs
    lastError
  }
}
    `, {"fragmentName":"SourceState"}) as unknown as TypedDocumentString<SourceStateFragment, unknown>;
export const AlarmBoardDocument = new TypedDocumentString(`
    subscription AlarmBoard($filter: AlarmFilter, $after: String) {
  alarms(filter: $filter, after: $after, snapshot: true) {
    cursor
    change
    at
    by
    matches
    alarm {
      ...BoardAlarm
    }
  }
}
    fragment BoardAlarm on Alarm {
  id
  source {
    name
  }
  neType
  neId
  alarmId
  code
  title
  severity
  status
  raisedAt
  updatedAt
  acknowledged
  acknowledgedBy
  shelvedUntil
  shelvedBy
  flapping
  stale
  count
  specificProblem
}`) as unknown as TypedDocumentString<AlarmBoardSubscription, AlarmBoardSubscriptionVariables>;
export const AlarmDetailDocument = new TypedDocumentString(`
    query AlarmDetail($id: ID!) {
  node(id: $id) {
    ... on Alarm {
      ...BoardAlarm
      originalSeverity
      eventType
      acknowledgedAt
      clearedAt
      clearedBy
      clearing
      location
      additionalText
      networkElement {
        id
        name
        ip
        state {
          online
          version
        }
      }
      comments {
        at
        by
        text
      }
      history {
        cursor
        change
        at
        by
        severity
      }
    }
  }
}
    fragment BoardAlarm on Alarm {
  id
  source {
    name
  }
  neType
  neId
  alarmId
  code
  title
  severity
  status
  raisedAt
  updatedAt
  acknowledged
  acknowledgedBy
  shelvedUntil
  shelvedBy
  flapping
  stale
  count
  specificProblem
}`) as unknown as TypedDocumentString<AlarmDetailQuery, AlarmDetailQueryVariables>;
export const AcknowledgeAlarmsDocument = new TypedDocumentString(`
    mutation AcknowledgeAlarms($ids: [ID!]!, $comment: String) {
  acknowledgeAlarms(ids: $ids, comment: $comment) {
    userErrors {
      ...AlarmRefusal
    }
  }
}
    fragment AlarmRefusal on UserError {
  id
  message
}`) as unknown as TypedDocumentString<AcknowledgeAlarmsMutation, AcknowledgeAlarmsMutationVariables>;
export const UnacknowledgeAlarmsDocument = new TypedDocumentString(`
    mutation UnacknowledgeAlarms($ids: [ID!]!, $comment: String) {
  unacknowledgeAlarms(ids: $ids, comment: $comment) {
    userErrors {
      ...AlarmRefusal
    }
  }
}
    fragment AlarmRefusal on UserError {
  id
  message
}`) as unknown as TypedDocumentString<UnacknowledgeAlarmsMutation, UnacknowledgeAlarmsMutationVariables>;
export const ClearAlarmsDocument = new TypedDocumentString(`
    mutation ClearAlarms($ids: [ID!]!, $comment: String) {
  clearAlarms(ids: $ids, comment: $comment) {
    userErrors {
      ...AlarmRefusal
    }
  }
}
    fragment AlarmRefusal on UserError {
  id
  message
}`) as unknown as TypedDocumentString<ClearAlarmsMutation, ClearAlarmsMutationVariables>;
export const ShelveAlarmsDocument = new TypedDocumentString(`
    mutation ShelveAlarms($ids: [ID!]!, $until: DateTime!, $comment: String) {
  shelveAlarms(ids: $ids, until: $until, comment: $comment) {
    userErrors {
      ...AlarmRefusal
    }
  }
}
    fragment AlarmRefusal on UserError {
  id
  message
}`) as unknown as TypedDocumentString<ShelveAlarmsMutation, ShelveAlarmsMutationVariables>;
export const UnshelveAlarmsDocument = new TypedDocumentString(`
    mutation UnshelveAlarms($ids: [ID!]!) {
  unshelveAlarms(ids: $ids) {
    userErrors {
      ...AlarmRefusal
    }
  }
}
    fragment AlarmRefusal on UserError {
  id
  message
}`) as unknown as TypedDocumentString<UnshelveAlarmsMutation, UnshelveAlarmsMutationVariables>;
export const CommentAlarmDocument = new TypedDocumentString(`
    mutation CommentAlarm($id: ID!, $text: String!) {
  commentAlarm(id: $id, text: $text) {
    userErrors {
      ...AlarmRefusal
    }
  }
}
    fragment AlarmRefusal on UserError {
  id
  message
}`) as unknown as TypedDocumentString<CommentAlarmMutation, CommentAlarmMutationVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    username
    displayName
    roles
    permissions
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($username: String!, $password: String!) {
  login(username: $username, password: $password) {
    ...SessionTokens
  }
}
    fragment SessionTokens on LoginPayload {
  accessToken
  refreshToken
  expiresAt
  userErrors {
    message
  }
}`) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const RefreshSessionDocument = new TypedDocumentString(`
    mutation RefreshSession($refreshToken: String!) {
  refreshSession(refreshToken: $refreshToken) {
    ...SessionTokens
  }
}
    fragment SessionTokens on LoginPayload {
  accessToken
  refreshToken
  expiresAt
  userErrors {
    message
  }
}`) as unknown as TypedDocumentString<RefreshSessionMutation, RefreshSessionMutationVariables>;
export const SignOutDocument = new TypedDocumentString(`
    mutation SignOut {
  logout
}
    `) as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const SourcesDocument = new TypedDocumentString(`
    query Sources {
  sources {
    ...SourceState
    capabilities {
      kind
      readable
      writable
    }
  }
}
    fragment SourceState on Source {
  id
  name
  dialect
  health {
    status
    circuit
    checkedAt
    latencyMs
    lastError
  }
}`) as unknown as TypedDocumentString<SourcesQuery, SourcesQueryVariables>;
export const SourceHealthChangesDocument = new TypedDocumentString(`
    subscription SourceHealthChanges {
  sourceHealth {
    ...SourceState
  }
}
    fragment SourceState on Source {
  id
  name
  dialect
  health {
    status
    circuit
    checkedAt
    latencyMs
    lastError
  }
}`) as unknown as TypedDocumentString<SourceHealthChangesSubscription, SourceHealthChangesSubscriptionVariables>;