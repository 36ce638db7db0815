import { ServiceModel } from './service-model';

/** What a service sees of a JSON document: members that it knows; null counts as absent, unknown members are ignored. */
export function knownMembers(model: ServiceModel, shapeName: string, value: unknown): unknown {
  const shape = model.shape(shapeName);
  if (shape.type === 'structure' && isRecord(value)) {
    const members = shape.members ?? {};
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name, member]) => Object.hasOwn(members, name) && member !== null)
        .map(([name, member]) => [name, knownMembers(model, members[name].shape, member)]),
    );
  }
  if (shape.type === 'list' && Array.isArray(value)) {
    return value.map((item) => knownMembers(model, shape.member!.shape, item));
  }
  return value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
