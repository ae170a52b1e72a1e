// Mercurius with its JIT: node mercurius.mjs UPSTREAM PORT
import Fastify from 'fastify'
import mercurius from 'mercurius'
import { loaders, resolvers, typeDefs } from './graph.mjs'

const app = Fastify()
app.register(mercurius, { schema: typeDefs, resolvers, jit: 1, context: () => loaders() })
await app.listen({ host: '127.0.0.1', port: Number(process.argv[3]) })
