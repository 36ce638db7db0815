import { checkParameterValue } from './check-parameter-value';
import { OutsideValues } from './outside-values';
import { Template, TemplateParameter } from './template';
import { TemplateError } from './template-error';

/** The type of a parameter whose value is the name of one in Parameter Store. */
const STORED = /^AWS::SSM::Parameter::Value<(.*)>$/;

/**
 * The value of every parameter: what is given, else what the stack had before, else the default.
 * The words of the errors are CloudFormation's.
 */
export function parameterValues(
  template: Template, given: Readonly<Record<string, string>>, previous: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const declared = template.Parameters ?? {};
  const unknown = Object.keys(given).filter((name) => !(name in declared));
  if (unknown.length > 0) throw new TemplateError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);

  const values: Record<string, string> = {};
  const missing: string[] = [];
  for (const [name, parameter] of Object.entries(declared)) {
    const value = given[name] ?? previous[name] ?? parameter.Default;
    if (value === undefined) {
      missing.push(name);
    } else {
      values[name] = String(value);
      checkParameterValue(name, values[name], parameter);
    }
  }
  if (missing.length > 0) throw new TemplateError(`Parameters: [${missing.join(', ')}] must have values`);
  return values;
}

/** The same, with what Parameter Store has under the names that are values of the types that say so. */
export function fetchedValues(
  template: Template, values: Readonly<Record<string, string>>, outside: OutsideValues,
): Readonly<Record<string, string>> {
  const fetched: Record<string, string> = {};
  const missing: string[] = [];
  for (const [parameter, { Type }] of Object.entries(template.Parameters ?? {})) {
    if (!STORED.test(Type)) continue;
    const value = outside.parameter(values[parameter]);
    if (value === undefined) {
      missing.push(values[parameter]);
    } else {
      fetched[parameter] = value;
    }
  }
  // Seen: https://github.com/aws-ia/taskcat/issues/680
  if (missing.length > 0) throw new TemplateError(`Unable to fetch parameters [${missing.join(',')}] from parameter store for this account.`);
  return { ...values, ...fetched };
}

/** What `Ref` gives for a parameter. */
export function referencedParameter(parameter: TemplateParameter, value: string): unknown {
  const type = parameter.Type.replace(STORED, '$1');
  if (type === 'CommaDelimitedList' || type.startsWith('List<')) return value.split(',').map((element) => element.trim());
  return value;
}
