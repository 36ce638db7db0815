import { Violation } from '../model/validation';

/** How most AWS services word what is wrong with a request: "1 validation error detected: Value 'x' at 'name' failed to satisfy constraint: …". */
export function coralMessage(violations: readonly Violation[]): string {
  const count = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected`;
  return `${count}: ${violations.map(describe).join('; ')}`;
}

function describe({ path, value, constraint }: Violation): string {
  return `Value ${quote(value)} at '${path}' failed to satisfy constraint: ${constraint}`;
}

function quote(value: unknown): string {
  if (value === undefined) return 'null';
  return `'${typeof value === 'string' ? value : JSON.stringify(value)}'`;
}
