import type { FastifyServerOptions } from "fastify";
import { missingEngine } from "../shared/missing-engine.js";

type Factory = NonNullable<
  NonNullable<NonNullable<FastifyServerOptions["schemaController"]>["compilersFactory"]>["buildValidator"]
>;
/** The same with types of its own: those of both packages fit into each other at run time only. */
type Build = (schemas: unknown, options: object) => (route: { readonly httpPart?: string }) => unknown;

/** Unknown names are an error, not silently removed. */
const STRICT = { removeAdditional: false, allErrors: false } as const;

/**
 * Parameters of an address arrive as text, so they are converted. What is JSON has types: to convert there would forget the
 * user "null" for who sent null.
 */
export async function validators(): Promise<Factory> {
  const { default: ajvCompiler } = await import("@fastify/ajv-compiler").catch((cause) => {
    throw missingEngine("@fastify/ajv-compiler", cause);
  });
  const build = ajvCompiler() as Build;
  const factory: Build = (schemas, options) => {
    const compiler = (coerceTypes: boolean) =>
      build(schemas, { ...options, customOptions: { ...STRICT, coerceTypes } });
    const ofText = compiler(true);
    const ofJson = compiler(false);
    return (route) => (route.httpPart === "body" ? ofJson(route) : ofText(route));
  };
  return factory as Factory;
}
