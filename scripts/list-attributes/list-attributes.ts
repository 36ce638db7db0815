import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The part of a jsii assembly that tells the attributes of resource types. */
interface Assembly {
  readonly types: Readonly<Record<string, Documented & { readonly properties?: readonly Property[] }>>;
}

interface Documented {
  readonly docs?: { readonly custom?: { readonly cloudformationResource?: string; readonly cloudformationAttribute?: string } };
}

interface Property extends Documented {
  readonly type: { readonly collection?: unknown };
}

/**
 * By resource type: the attributes that are lists. CDK's own classes know it, from the schemas that CloudFormation publishes.
 *
 * @param cdk the package whose classes to ask
 */
export function listAttributes(cdk: string): Record<string, string[]> {
  const folder = dirname(require.resolve(`${cdk}/package.json`));
  const { types } = JSON.parse(gunzipSync(readFileSync(join(folder, '.jsii.gz'))).toString('utf8')) as Assembly;
  const found = Object.values(types).flatMap(({ docs, properties = [] }): [string, string[]][] => {
    const resourceType = docs?.custom?.cloudformationResource;
    const lists = properties.filter(({ type }) => type.collection).flatMap((property) => property.docs?.custom?.cloudformationAttribute ?? []);
    return resourceType && lists.length > 0 ? [[resourceType, lists.sort()]] : [];
  });
  return Object.fromEntries(found.sort(([one], [other]) => one < other ? -1 : 1));
}
