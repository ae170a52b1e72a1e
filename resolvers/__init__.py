"""The graph: types, fields, joins, connections, permissions and subscriptions; knows no HTTP."""
