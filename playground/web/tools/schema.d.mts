import type { GraphQLSchema } from "graphql";

export function schemaText(): string;
export function loadSchema(): GraphQLSchema;
