// Apollo Server on its own HTTP: node apollo.mjs UPSTREAM PORT
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'
import { loaders, resolvers, typeDefs } from './graph.mjs'

const server = new ApolloServer({ typeDefs, resolvers, introspection: false })
await startStandaloneServer(server, {
  context: async () => loaders(),
  listen: { host: '127.0.0.1', port: Number(process.argv[3]) },
})
