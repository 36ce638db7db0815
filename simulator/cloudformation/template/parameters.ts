import { Template, TemplateParameter } from './template';
import { TemplateError } from './template-error';

/** Any bootstrap version that templates of today accept; the simulator has no bootstrap stack to ask. */
const BOOTSTRAP_VERSION = '30';

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
      checkValue(name, values[name], parameter);
    }
  }
  if (missing.length > 0) throw new TemplateError(`Parameters: [${missing.join(', ')}] must have values`);
  return values;
}

/** What `Ref` gives for a parameter. */
export function referencedParameter(parameter: TemplateParameter, value: string): unknown {
  if (parameter.Type.startsWith('AWS::SSM::Parameter::Value')) return systemsManagerParameter(value);
  if (parameter.Type === 'CommaDelimitedList' || parameter.Type.startsWith('List<')) return value.split(',').map((element) => element.trim());
  return value;
}

function systemsManagerParameter(name: string): string {
  if (/^\/cdk-bootstrap\/.*\/version$/.test(name)) return BOOTSTRAP_VERSION;
  throw new TemplateError(`Unable to fetch parameters [${name}] from parameter store for this account. The simulator knows the version of the CDK's bootstrap stack only.`);
}

function checkValue(name: string, value: string, { AllowedValues, AllowedPattern }: TemplateParameter): void {
  if (AllowedValues && !AllowedValues.map(String).includes(value)) {
    throw new TemplateError(`Parameter '${name}' must be one of AllowedValues: ${AllowedValues.join(', ')}; it is '${value}'`);
  }
  if (AllowedPattern && !new RegExp(`^(?:${AllowedPattern})$`).test(value)) {
    throw new TemplateError(`Parameter '${name}' must match pattern ${AllowedPattern}; it is '${value}'`);
  }
}
