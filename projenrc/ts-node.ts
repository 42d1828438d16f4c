/** The command that runs a script of the project. It leaves types to the task `typecheck`. */
export function tsNode(command: string): string {
  return `ts-node --transpile-only --project tsconfig.dev.json ${command}`;
}
