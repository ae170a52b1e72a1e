import type { GraphQLSchema } from "graphql";

export const schemaPath: string;
export function schemaText(): string;
export function loadSchema(): GraphQLSchema;
