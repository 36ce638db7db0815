import { OutsideValues } from './outside-values';
import { TemplateError } from './template-error';

/** Any text of the form that CloudFormation replaces when it works on a resource. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
const DYNAMIC_REFERENCE = /\{\{resolve:(ssm|ssm-secure|secretsmanager):([^{}]*)\}\}/g;

/** Replaces all dynamic references in a value. */
export function withDynamicValues<Value>(value: Value, outside: OutsideValues): Value {
  const inside = (part: unknown): unknown => {
    if (typeof part === 'string') return part.replaceAll(DYNAMIC_REFERENCE, (_, service: string, key: string) => dynamicValue(service, key, outside));
    if (Array.isArray(part)) return part.map(inside);
    if (typeof part !== 'object' || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, element]) => [key, inside(element)]));
  };
  return inside(value) as Value;
}

/** Throws if a text refers to a parameter that is not there. */
export function checkDynamicReferences(texts: readonly string[], outside: OutsideValues): void {
  const references = texts.flatMap((text) => [...text.matchAll(DYNAMIC_REFERENCE)]);
  const missing = references.filter(([, service, key]) => knownValue(service, key, outside) === undefined);
  if (missing.length > 0) throw notFound(missing.map(([, service, key]) => `${service}:${key}`));
}

function dynamicValue(service: string, key: string, outside: OutsideValues): string {
  const value = knownValue(service, key, outside);
  if (value === undefined) throw notFound([`${service}:${key}`]);
  return value;
}

/** Secrets are never known. */
function knownValue(service: string, key: string, outside: OutsideValues): string | undefined {
  return service === 'ssm' ? outside.parameter(key) : outside.placeholder(`${service}:${key}`);
}

/** Seen: https://github.com/aws-samples/data-mesh-datazone-cdk-cloudformation/issues/19 */
function notFound(references: readonly string[]): TemplateError {
  return new TemplateError(`Parameters: [${[...new Set(references)].join(', ')}] cannot be found.`);
}
