import { isDeepStrictEqual } from 'node:util';
import type { AllowedOperation, GrantStatus, Tag } from '@aws-sdk/client-license-manager';
import { textProperty } from './inert-resource';
import { PhysicalResource, ResourceFailure, ResourceProperties, ResourceType, UpdateRequest } from './resource-type';
import { StackGrants } from '../../services/license-manager/stack-grants';
import { ServiceError } from '../../wire/service-error';

/**
 * AWS::LicenseManager::Grant, by its published schema and handlers: it is complete when License Manager shows the grant, active or not.
 * https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-licensemanager
 */
export function licenseManagerGrant(grants: StackGrants): ResourceType {
  return {
    replacementRollback: 'restore',
    attributeNames: ['GrantArn', 'Version'],
    // Guess: a status is asked for by updates alone, as the published handler does it.
    create: async ({ stack, properties }) => orFail(async () => {
      const { GrantArn, Version } = await grants.create({
        GrantName: textProperty(properties, 'GrantName'),
        LicenseArn: textProperty(properties, 'LicenseArn'),
        HomeRegion: textProperty(properties, 'HomeRegion'),
        Principals: properties.Principals as string[] | undefined,
        AllowedOperations: properties.AllowedOperations as AllowedOperation[] | undefined,
        ...(tagsOf(properties).length > 0 && { Tags: tagsOf(properties) }),
      }, stack);
      return physical(GrantArn!, Version);
    }),
    update: async (request) => orFail(async () => update(request, grants)),
    delete: async ({ physicalId, stack }) => {
      const { Grant: grant } = await grants.find(physicalId, stack).catch(notThere);
      if (grant && grant.GrantStatus !== 'DELETED' && grant.GrantStatus !== 'PENDING_DELETE') {
        await orFail(async () => grants.delete({ GrantArn: physicalId, Version: grant.Version! }, stack));
      }
    },
    // The schema declares no property whose change makes a new grant.
    needsReplacement: () => false,
  };
}

/**
 * Guess: a new license, grantee or home Region has no effect, since a new version of a grant has none of them: what the real handler does
 * with such an update is not known.
 */
async function update(request: UpdateRequest, grants: StackGrants): Promise<PhysicalResource> {
  const { physicalId, stack, properties, oldProperties } = request;
  await updateTags(request, grants);
  if (['GrantName', 'AllowedOperations', 'Status'].every((name) => isDeepStrictEqual(properties[name], oldProperties[name]))) {
    const { Grant: grant } = await grants.find(physicalId, stack);
    return physical(physicalId, grant?.Version);
  }
  const { Version } = await grants.revise({
    GrantArn: physicalId,
    ...(properties.GrantName !== undefined && { GrantName: textProperty(properties, 'GrantName') }),
    ...(properties.AllowedOperations !== undefined && { AllowedOperations: properties.AllowedOperations as AllowedOperation[] }),
    ...(properties.Status !== undefined && { Status: textProperty(properties, 'Status') as GrantStatus }),
  }, stack);
  return physical(physicalId, Version);
}

async function updateTags({ physicalId, stack, properties, oldProperties }: UpdateRequest, grants: StackGrants): Promise<void> {
  const tags = tagsOf(properties);
  const surplus = tagsOf(oldProperties).map(({ Key }) => Key!).filter((key) => !tags.some(({ Key }) => Key === key));
  const missing = tags.filter((tag) => !tagsOf(oldProperties).some((old) => isDeepStrictEqual(old, tag)));
  if (surplus.length > 0) await grants.untag(physicalId, surplus, stack);
  if (missing.length > 0) await grants.tag(physicalId, missing, stack);
}

function physical(grantArn: string, version: string | undefined): PhysicalResource {
  return { physicalId: grantArn, attributes: { GrantArn: grantArn, Version: version } };
}

function tagsOf({ Tags }: ResourceProperties): Tag[] {
  return (Tags ?? []) as Tag[];
}

/** The published handler takes every such refusal for a grant that is not there, and CloudFormation that for a success. */
function notThere(error: unknown): { readonly Grant?: undefined } {
  if (error instanceof ServiceError) return {};
  throw error;
}

async function orFail<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    // Guess: the words of License Manager, without the status and request id that CloudFormation adds.
    if (error instanceof ServiceError) throw new ResourceFailure(error.message, { nothingHappened: true });
    throw error;
  }
}
