import { DataSelection, ResultPath } from './definition';
import { requiredValueAt, Scope, withValueAt } from './paths';

/** What of its input a state works on. */
export function selectedInput({ InputPath = '$' }: DataSelection, scope: Scope): unknown {
  return InputPath === null ? {} : requiredValueAt(InputPath, scope);
}

/** What of its output a state gives to the next one. */
export function selectedOutput({ OutputPath = '$' }: DataSelection, scope: Scope): unknown {
  return OutputPath === null ? {} : requiredValueAt(OutputPath, scope);
}

/** The state's input with its result in the place that is meant for it. */
export function withResult(input: unknown, result: unknown, path: ResultPath = '$'): unknown {
  return path === null ? input : withValueAt(path, input, result);
}
