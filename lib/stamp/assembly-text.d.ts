/** The text of an assembly file, inlined by the build. */
declare module "*.s" {
  const text: string;
  export default text;
}
