// The upstream read by undici's pool, for servers whose resolvers call it themselves.
import { Pool } from 'undici'

const STATES = '/api/rest/systemManagement/v1/elementType/ALL/objectType/systemState'
const POLICIES = '/api/rest/ueManagement/v1/elementType/pcf/objectType/ueInfo'
const pool = new Pool(process.argv[2], { connections: 64 })

async function get(path) {
  const { body } = await pool.request({ path, method: 'GET' })
  return body.json()
}

export const reads = {
  subscriptions: async (neId, first) =>
    (await get(`/ne/udm/sub/list?neId=${neId}&pageNum=1&pageSize=${first}`)).rows,
  accounts: async (department) =>
    (await get(`/system/user/list?deptId=${department}&pageNum=1&pageSize=500`)).rows,
  alarms: async (from) => (await get(`/alarms?raisedFrom=${encodeURIComponent(from)}`)).data,
  authentication: async (neId, imsi) => (await get(`/ne/udm/auth/${neId}/${imsi}`)).data,
  policy: async (neId, imsi) => (await get(`${POLICIES}?neId=${neId}&imsi=${imsi}`)).data[0],
  element: async (neId) => (await get(`/ne/info?neType=AMF&neId=${neId}`)).data,
  states: async () => Object.assign({}, ...(await get(STATES)).data),
}
