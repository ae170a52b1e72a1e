// The graph that both Node servers serve: one loader a join, undici's pool below.
import DataLoader from 'dataloader'
import { Pool } from 'undici'

export const typeDefs = `
  type Query {
    subscribers(first: Int!, filter: SubscriberFilter!): Subscribers!
    users(first: Int!, filter: UserFilter!): Users!
    alarms(first: Int!): Alarms!
  }
  input SubscriberFilter { neId: String sources: [String!] }
  input UserFilter { organization: ID }
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

const STATES = '/api/rest/systemManagement/v1/elementType/ALL/objectType/systemState'
const POLICIES = '/api/rest/ueManagement/v1/elementType/pcf/objectType/ueInfo'
const pool = new Pool(process.argv[2], { connections: 64 })

async function get(path) {
  const { body } = await pool.request({ path, method: 'GET' })
  return body.json()
}

const each = (path) => new DataLoader((keys) => Promise.all(keys.map((key) => get(path(key)))))

export function loaders() {
  return {
    authentications: each((key) => `/ne/udm/auth/${key}`),
    policies: each((imsi) => `${POLICIES}?neId=001&imsi=${imsi}`),
    elements: each((neId) => `/ne/info?neType=AMF&neId=${neId}`),
    states: new DataLoader(async (keys) => {
      const found = Object.assign({}, ...(await get(STATES)).data)
      return keys.map((key) => found[key])
    }),
  }
}

export const resolvers = {
  Query: {
    subscribers: async (_, { first, filter }) => {
      const { rows } = await get(`/ne/udm/sub/list?neId=${filter.neId}&pageNum=1&pageSize=${first}`)
      return { nodes: rows.map((row) => ({ ...row, neId: filter.neId })) }
    },
    users: async (_, { first, filter }) => {
      const department = Buffer.from(filter.organization, 'base64url').toString().split('\0').pop()
      const { rows } = await get(`/system/user/list?deptId=${department}&pageNum=1&pageSize=500`)
      return { nodes: rows.slice(0, first) }
    },
    alarms: async (_, { first }) => ({ nodes: (await get('/alarms')).data.slice(0, first) }),
  },
  Subscriber: {
    authentication: async ({ neId, imsi }, _, context) => {
      const { data } = await context.authentications.load(`${neId}/${imsi}`)
      return { hasKey: !['', '-', '*'].includes(data.ki), amf: data.amf }
    },
    policy: async ({ imsi }, _, context) => {
      const row = (await context.policies.load(imsi)).data[0]
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
    networkElement: async ({ neId }, _, context) => ({ ...(await context.elements.load(neId)).data, neId }),
  },
  Element: {
    name: (row) => row.neName,
    vendor: (row) => row.vendorName,
    state: async ({ neId }, _, context) => {
      const { systemState } = await context.states.load(`AMF/${neId}`)
      return { online: true, version: systemState.version, serialNumber: systemState.serialNum }
    },
  },
}
