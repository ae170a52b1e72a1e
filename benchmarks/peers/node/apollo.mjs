// Apollo Server on its own HTTP: node apollo.mjs UPSTREAM PORT
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { loaded, resolvers, typeDefs } from './graph.mjs'
import { reads } from './over_http.mjs'

const server = new ApolloServer({
  typeDefs,
  resolvers: resolvers((context) => context.reads),
  introspection: false,
})
await startStandaloneServer(server, {
  context: async () => ({ reads: loaded(reads) }),
  listen: { host: '127.0.0.1', port: Number(process.argv[3]) },
})
