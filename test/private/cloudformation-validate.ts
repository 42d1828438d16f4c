/** What `@aws/cloudformation-validate` is in tests: the one of the process (see `environment.ts`). */
module.exports = (globalThis as unknown as { cloudFormationValidate: unknown }).cloudFormationValidate;
