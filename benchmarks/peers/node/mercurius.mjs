// Mercurius with its JIT: node mercurius.mjs UPSTREAM PORT
import Fastify from 'fastify'
import mercurius from 'mercurius'
import { loaded, resolvers, typeDefs } from './graph.mjs'
import { reads } from './over_http.mjs'

const app = Fastify()
app.register(mercurius, {
  schema: typeDefs,
  resolvers: resolvers((context) => context.reads),
  context: () => ({ reads: loaded(reads) }),
  jit: 1,
})
await app.listen({ host: '127.0.0.1', port: Number(process.argv[3]) })
