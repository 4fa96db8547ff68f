import type { FastifyServerOptions } from "fastify";
import { optional } from "../shared/optional.js";

type Factory = NonNullable<
  NonNullable<NonNullable<FastifyServerOptions["schemaController"]>["compilersFactory"]>["buildValidator"]
>;
/** The same function. The declared types of the two packages do not match. */
type Build = (schemas: unknown, options: object) => Compile;
type Compile = (route: { readonly httpPart?: string }) => Validate;
interface Validate {
  (data: unknown): unknown;
  errors?: unknown;
}

/** Reports unknown names instead of removing them. */
const STRICT = { removeAdditional: false, allErrors: false } as const;

/**
 * Makes the validators of requests. Parameters in a URL are text and are converted to their types. A JSON body has
 * types of its own and is not converted: otherwise a request to forget null would remove the user "null".
 */
export async function validators(): Promise<Factory> {
  const { default: ajvCompiler } = await optional("@fastify/ajv-compiler", import("@fastify/ajv-compiler"));
  const build = ajvCompiler() as Build;
  const factory: Build = (schemas, options) => {
    const compiler = (coerceTypes: boolean) =>
      build(schemas, { ...options, customOptions: { ...STRICT, coerceTypes } });
    const forText = compiler(true);
    const forJson = compiler(false);
    return (route) => whenFirstUsed(() => (route.httpPart === "body" ? forJson(route) : forText(route)));
  };
  return factory as Factory;
}

/** Compiles a schema at the first request that needs it: all of them would take a tenth of the collector's start. */
function whenFirstUsed(compile: () => Validate): Validate {
  let compiled: Validate | undefined;
  const validate: Validate = (data) => {
    compiled ??= compile();
    const result = compiled(data);
    validate.errors = compiled.errors;
    return result;
  };
  return validate;
}
