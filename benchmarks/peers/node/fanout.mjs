// Mercurius with subscriptions: what is posted to the path goes through its pubsub. node fanout.mjs PATH PORT
import { randomUUID } from 'node:crypto'
import Fastify from 'fastify'
import mercurius from 'mercurius'

const schema = `
  type Query { events: Int! }
  type Subscription { alarms: AlarmEvent! }
  type AlarmEvent { cursor: String! change: String! matches: Boolean! alarm: Alarm! }
  type Alarm {
    id: ID! title: String! severity: String! specificProblem: String status: String! count: Int!
  }
`
const SEVERITIES = ['CLEARED', 'CRITICAL', 'MAJOR', 'MINOR', 'WARNING']
const journal = randomUUID()
let events = 0

const event = (posted) => ({
  cursor: `${journal}.${++events}`,
  change: 'RAISED',
  matches: true,
  alarm: {
    id: Buffer.from(`Alarm\0omc\0${posted.objectId}/${posted.alarmCode}`).toString('base64url'),
    title: posted.alarmTitle,
    severity: SEVERITIES[posted.perceivedSeverity],
    specificProblem: posted.specificProblem,
    status: 'ACTIVE',
    count: 1,
  },
})

const resolvers = {
  Query: { events: () => events },
  Subscription: { alarms: { subscribe: (_, __, { pubsub }) => pubsub.subscribe('alarms') } },
}
const app = Fastify({ bodyLimit: 16 * 1024 * 1024 })
app.register(mercurius, { schema, resolvers, jit: 1, subscription: true })
app.post(process.argv[2], async (request) => {
  for (const posted of request.body) {
    await app.graphql.pubsub.publish({ topic: 'alarms', payload: { alarms: event(posted) } })
  }
  return { kept: request.body.length }
})
await app.listen({ host: '127.0.0.1', port: Number(process.argv[3]) })
