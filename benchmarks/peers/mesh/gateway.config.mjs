// The graph of the questions on top of Mesh's subgraph: additional types and resolvers that call it.
import { defineConfig } from '@graphql-hive/gateway'
import { loaded, resolvers, typeDefs } from './graph.mjs'

// Each read goes through Mesh's executor, with the leaves that the graph needs of it.
function reads(context, info) {
  const ask = (field, args, selectionSet) => context.omc.Query[field]({ args, context, info, selectionSet })
  return {
    subscriptions: async (neId, first) =>
      (await ask('subscriptionList', { neId, pageSize: `${first}` }, '{ rows { imsi msisdn ambr } }')).rows,
    accounts: async (deptId) => {
      const leaves = 'userId userName nickName email phonenumber status roles { roleName roleKey }'
      return (await ask('accountList', { deptId }, `{ rows { ${leaves} } }`)).rows
    },
    alarms: async (raisedFrom) =>
      (await ask('alarmTable', { raisedFrom }, '{ data { title severity code neId } }')).data,
    authentication: async (neId, imsi) =>
      (await ask('authenticationData', { neId, imsi }, '{ data { ki amf } }')).data,
    policy: async (neId, imsi) =>
      (await ask('policyData', { neId, imsi }, '{ data { pccRules sessRules rfsp qosAudio } }')).data[0],
    element: async (neId) => (await ask('elementInfo', { neId }, '{ data { neName port vendorName } }')).data,
    states: async () => Object.assign({}, ...(await ask('systemStates', {}, '{ data }')).data),
  }
}

const kept = new WeakMap()
function readsOf(context, info) {
  if (!kept.has(context)) kept.set(context, loaded(reads(context, info)))
  return kept.get(context)
}

export const gatewayConfig = defineConfig({
  additionalTypeDefs: typeDefs,
  additionalResolvers: resolvers(readsOf),
})
