// The upstream as a subgraph: the paths that the questions need and what they answer, by Mesh's handler for JSON Schema.
import { defineConfig } from '@graphql-mesh/compose-cli'
import { loadJSONSchemaSubgraph } from '@omnigraph/json-schema'

const text = { type: 'string' }
const whole = { type: 'integer' }
const record = (title, properties) => ({ type: 'object', title, properties })
const listOf = (items) => ({ type: 'array', items })
const read = (field, path, properties) => ({
  type: 'Query',
  field,
  path,
  method: 'GET',
  responseSchema: record(`${field}Answer`, properties),
})

const subscription = record('SubscriptionRow', { imsi: text, msisdn: text, ambr: text })
const authentication = record('AuthenticationData', { ki: text, amf: text })
const policy = record('PolicyData', { pccRules: text, sessRules: text, rfsp: whole, qosAudio: text })
const account = record('Account', {
  userId: text,
  userName: text,
  nickName: text,
  email: text,
  phonenumber: text,
  status: text,
  roles: listOf(record('AccountRole', { roleName: text, roleKey: text })),
})
const alarm = record('AlarmRow', { title: text, severity: text, code: whole, neId: text })
const element = record('ElementInfo', { neName: text, port: whole, vendorName: text })
const state = { type: 'object', title: 'SystemState', additionalProperties: true }

const POLICIES = '/api/rest/ueManagement/v1/elementType/pcf/objectType/ueInfo'
const STATES = '/api/rest/systemManagement/v1/elementType/ALL/objectType/systemState'

export const composeConfig = defineConfig({
  subgraphs: [
    {
      sourceHandler: loadJSONSchemaSubgraph('omc', {
        endpoint: '{env.UPSTREAM}',
        operations: [
          read('subscriptionList', '/ne/udm/sub/list?neId={args.neId}&pageNum=1&pageSize={args.pageSize}', {
            rows: listOf(subscription),
          }),
          read('authenticationData', '/ne/udm/auth/{args.neId}/{args.imsi}', { data: authentication }),
          read('policyData', `${POLICIES}?neId={args.neId}&imsi={args.imsi}`, { data: listOf(policy) }),
          read('accountList', '/system/user/list?deptId={args.deptId}&pageNum=1&pageSize=500', {
            rows: listOf(account),
          }),
          read('alarmTable', '/alarms?raisedFrom={args.raisedFrom}', { data: listOf(alarm) }),
          read('elementInfo', '/ne/info?neType=AMF&neId={args.neId}', { data: element }),
          read('systemStates', STATES, { data: listOf(state) }),
        ],
      }),
    },
  ],
})
