import { ServiceModel, Shape } from './service-model';

/** One way in which a value is not what the model asks for. */
export interface Violation {
  /** As the services write it: `filters.1.member.name`, lists counted from 1. */
  readonly path: string;
  readonly value: unknown;
  readonly kind: ViolationKind;
  /** As the services word it: `Member must not be null`. */
  readonly constraint: string;
}

export type ViolationKind = 'type' | 'required' | 'length' | 'range' | 'pattern' | 'enumeration' | 'unknown';

export interface ValidationOptions {
  /** Services ignore what they do not know; our own answers must not hold it. */
  readonly unknownMembers: 'ignored' | 'refused';
  /** `Shape.Member` names whose value the service itself does not keep to the model. */
  readonly exemptMembers?: ReadonlySet<string>;
}

/** Everything in which the value differs from the shape; empty if it is valid. */
export function validate(model: ServiceModel, shapeName: string, value: unknown, options: ValidationOptions): Violation[] {
  return new Validation(model, options).check(shapeName, value, '');
}

class Validation {
  constructor(private readonly model: ServiceModel, private readonly options: ValidationOptions) {}

  check(shapeName: string, value: unknown, path: string): Violation[] {
    const shape = this.model.shape(shapeName);
    switch (shape.type) {
      case 'structure': return this.checkStructure(shapeName, shape, value, path);
      case 'list': return this.checkList(shape, value, path);
      case 'map': return this.checkMap(shape, value, path);
      case 'string': return checkString(shape, value, path);
      case 'integer':
      case 'long': return checkInteger(shape, value, path);
      case 'boolean': return typeof value === 'boolean' ? [] : [wrongType(value, path, 'a Boolean')];
      case 'double':
      case 'float': return typeof value === 'number' ? [] : [wrongType(value, path, 'a Number')];
      case 'blob': return value instanceof Uint8Array ? [] : [wrongType(value, path, 'a Blob')];
      case 'timestamp': return value instanceof Date ? [] : [wrongType(value, path, 'a Timestamp')];
      default: throw new Error(`The model of ${this.model.signingName} has a type that the validation does not know: ${shape.type}`);
    }
  }

  private checkStructure(shapeName: string, shape: Shape, value: unknown, path: string): Violation[] {
    if (!isRecord(value)) return [wrongType(value, path, 'a Structure')];
    const members = shape.members ?? {};
    const violations: Violation[] = [];
    for (const name of shape.required ?? []) {
      if (value[name] === undefined) {
        violations.push({ path: join(path, decapitalize(name)), value: undefined, kind: 'required', constraint: 'Member must not be null' });
      }
    }
    for (const [name, member] of Object.entries(value)) {
      if (member === undefined) continue;
      const memberPath = join(path, decapitalize(name));
      const reference = Object.hasOwn(members, name) ? members[name] : undefined;
      if (!reference) {
        if (this.options.unknownMembers === 'ignored') continue;
        violations.push({ path: memberPath, value: member, kind: 'unknown', constraint: `${shapeName} has no member ${name}` });
      } else if (!this.options.exemptMembers?.has(`${shapeName}.${name}`)) {
        violations.push(...this.check(reference.shape, member, memberPath));
      }
    }
    return violations;
  }

  private checkList(shape: Shape, value: unknown, path: string): Violation[] {
    if (!Array.isArray(value)) return [wrongType(value, path, 'a List')];
    return [
      ...checkLength(shape, value.length, value, path),
      ...value.flatMap((item, index) => this.check(shape.member!.shape, item, `${path}.${index + 1}.member`)),
    ];
  }

  private checkMap(shape: Shape, value: unknown, path: string): Violation[] {
    if (!isRecord(value)) return [wrongType(value, path, 'a Map')];
    return Object.entries(value).flatMap(([key, item]) => [
      ...this.check(shape.key!.shape, key, join(path, key)),
      ...this.check(shape.value!.shape, item, join(path, key)),
    ]);
  }
}

function checkString(shape: Shape, value: unknown, path: string): Violation[] {
  if (typeof value !== 'string') return [wrongType(value, path, 'a String')];
  const violations = checkLength(shape, [...value].length, value, path);
  if (shape.pattern && !fullMatch(shape.pattern).test(value)) {
    violations.push({ path, value, kind: 'pattern', constraint: `Member must satisfy regular expression pattern: ${shape.pattern}` });
  }
  if (shape.enum && !shape.enum.includes(value)) {
    violations.push({ path, value, kind: 'enumeration', constraint: `Member must satisfy enum value set: [${shape.enum.join(', ')}]` });
  }
  return violations;
}

function checkInteger(shape: Shape, value: unknown, path: string): Violation[] {
  if (!Number.isInteger(value)) return [wrongType(value, path, 'an Integer')];
  const number = value as number;
  return bounds(shape, number).map((bound) => ({ path, value, kind: 'range', constraint: `Member must have value ${bound}` }));
}

function checkLength(shape: Shape, length: number, value: unknown, path: string): Violation[] {
  return bounds(shape, length).map((bound) => ({ path, value, kind: 'length', constraint: `Member must have length ${bound}` }));
}

function bounds(shape: Shape, measure: number): string[] {
  const broken: string[] = [];
  if (shape.max !== undefined && measure > shape.max) broken.push(`less than or equal to ${shape.max}`);
  if (shape.min !== undefined && measure < shape.min) broken.push(`greater than or equal to ${shape.min}`);
  return broken;
}

function wrongType(value: unknown, path: string, expected: string): Violation {
  return { path, value, kind: 'type', constraint: `Member must be ${expected}` };
}

/** The services match a pattern against the whole value; only patterns with Unicode classes need (and bear) the Unicode flag. */
function fullMatch(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : '');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function decapitalize(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
