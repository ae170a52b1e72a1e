// The graph that the servers on Node serve, over whatever reads the upstream for them.
import DataLoader from 'dataloader'

export const typeDefs = `
  scalar DateTime
  type Query {
    subscribers(first: Int!, filter: SubscriberFilter!): Subscribers!
    users(first: Int!, filter: UserFilter!): Users!
    alarms(first: Int!, filter: AlarmFilter!): Alarms!
  }
  input SubscriberFilter { neId: String sources: [String!] }
  input UserFilter { organization: ID }
  input AlarmFilter { raisedFrom: DateTime }
  type Subscribers { nodes: [Subscriber!]! }
  type Subscriber { imsi: String! msisdn: String ambr: String authentication: Authentication policy: Policy }
  type Authentication { hasKey: Boolean! amf: String }
  type Policy { pccRules: [String!]! sessionRules: [String!]! rfsp: Int qosAudio: String }
  type Users { nodes: [User!]! }
  type User {
    nativeId: String! username: String! displayName: String email: String phone: String status: String!
    roles: [Role!]!
  }
  type Role { name: String! code: String! }
  type Alarms { nodes: [Alarm!]! }
  type Alarm { title: String! severity: String! code: Int! status: String! networkElement: Element }
  type Element { neId: String! name: String port: Int vendor: String state: State }
  type State { online: Boolean! version: String serialNumber: String }
`

const each = (read) => {
  const loader = new DataLoader((keys) => Promise.all(keys.map((key) => read(...key))), {
    cacheKeyFn: (key) => key.join('/'),
  })
  return (...key) => loader.load(key)
}

// What one request reads: a loader for each join, lists as they are.
export const loaded = ({ authentication, policy, element, states, ...lists }) => ({
  ...lists,
  authentication: each(authentication),
  policy: each(policy),
  element: each(element),
  states: each(states),
})

// `readsOf` gives the reads of the request whose context it is handed.
export const resolvers = (readsOf) => ({
  Query: {
    subscribers: async (_, { first, filter: { neId } }, context, info) => {
      const rows = await readsOf(context, info).subscriptions(neId, first)
      return { nodes: rows.map((row) => ({ ...row, neId })) }
    },
    users: async (_, { first, filter: { organization } }, context, info) => {
      const department = Buffer.from(organization, 'base64url').toString().split('\0').pop()
      return { nodes: (await readsOf(context, info).accounts(department)).slice(0, first) }
    },
    alarms: async (_, { first, filter: { raisedFrom } }, context, info) => ({
      nodes: (await readsOf(context, info).alarms(raisedFrom)).slice(0, first),
    }),
  },
  Subscriber: {
    authentication: async ({ neId, imsi }, _, context, info) => {
      const { ki, amf } = await readsOf(context, info).authentication(neId, imsi)
      return { hasKey: !['', '-', '*'].includes(ki), amf }
    },
    policy: async ({ imsi }, _, context, info) => {
      const reads = readsOf(context, info)
      const pcf = Object.keys(await reads.states()).find((key) => key.startsWith('PCF/'))
      const row = await reads.policy(pcf.split('/')[1], imsi)
      return { ...row, pccRules: row.pccRules.split('|'), sessionRules: row.sessRules.split('|') }
    },
  },
  User: {
    nativeId: (row) => row.userId,
    username: (row) => row.userName,
    displayName: (row) => row.nickName,
    phone: (row) => row.phonenumber,
    status: (row) => (row.status === '1' ? 'ACTIVE' : 'DISABLED'),
  },
  Role: { name: (row) => row.roleName, code: (row) => row.roleKey },
  Alarm: {
    status: () => 'ACTIVE',
    networkElement: async ({ neId }, _, context, info) => ({
      ...(await readsOf(context, info).element(neId)),
      neId,
    }),
  },
  Element: {
    name: (row) => row.neName,
    vendor: (row) => row.vendorName,
    state: async ({ neId }, _, context, info) => {
      const { systemState } = (await readsOf(context, info).states())[`AMF/${neId}`]
      return { online: true, version: systemState.version, serialNumber: systemState.serialNum }
    },
  },
})
