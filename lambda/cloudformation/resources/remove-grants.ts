import { accountsActiveBefore } from './activation-request';
import type { GrantContext } from './grant-context';
import { checkGrantProperties } from './grant-request';
import type { GrantProperties } from '../../../lib/grant/grant-properties';
import { Failure } from '../../domain/failure';
import type { Grant } from '../../domain/grant/grant';
import { listOwnGrants } from '../../domain/grant/own-grant';
import { removeGrant } from '../../domain/grant/remove-grant';
import type { Removal } from '../../domain/grant/remove-grant';
import { findStrandedGrants } from '../../domain/grant/stranded-grants';
import { isAccessDenied, isRefusedRequest } from '../../domain/service-error';

interface GrantsToRemove {
  /** Those that the grants were made with. */
  readonly properties: GrantProperties;
  readonly grantArns: readonly string[];
  /** Whether CloudFormation was ever told about them. */
  readonly wasAnswered: boolean;
}

/** Returns what the person who reads the stack's events should know. */
export async function removeGrants({ properties, grantArns, wasAnswered }: GrantsToRemove, context: GrantContext): Promise<string | undefined> {
  const remarks: string[] = [];
  for (const grantArn of grantArns) {
    const remark = await removeGrant(removalOf(grantArn, properties, wasAnswered, context));
    remarks.push(...remark === undefined ? [] : [remark]);
  }
  return remarks.length > 0 ? remarks.join('; ') : undefined;
}

/** @param properties those that the grant was made with */
export function removalOf(grantArn: string, properties: GrantProperties, wasAnswered: boolean, context: GrantContext): Removal {
  const { HomeRegion, Removal: mode, DeletionReason: reason, Activation } = properties;
  return {
    ...context.circumstances(HomeRegion),
    grantArn,
    mode,
    reason,
    override: Activation?.Override,
    accounts: accountsActiveBefore(Activation),
    wasAnswered,
    readStackStatus: async () => context.readStackStatus(),
  };
}

/**
 * Grants of this resource whose ARN never reached CloudFormation, because the function died after making them. Properties
 * that are not understood, and requests that are refused, cannot have led to a grant: creating begins with the same.
 */
export async function findLostGrants(properties: GrantProperties, context: GrantContext): Promise<string[]> {
  const { invocation: { owner }, services } = context;
  return searchIfPossible(context, async () => {
    checkGrantProperties(properties);
    const grantee = await context.resolveGrantee(properties);
    const filter = { licenseArn: properties.LicenseArn, granteePrincipalArn: grantee.arn };
    return listOwnGrants(owner, filter, services.licenseManager(properties.HomeRegion));
  });
}

/**
 * Grants of this resource that only the end of its stack can remove any more. Before that, one that CloudFormation knows nothing of may be in use:
 * it may be the one that takes the place of the grant which an update asks to delete.
 */
export async function findGrantsStrandedAtTheEnd(physicalId: string, properties: GrantProperties, context: GrantContext): Promise<string[]> {
  return await context.isStackBeingDeleted()
    ? searchIfPossible(context, async () => findStrandedGrants(physicalId, context.circumstances(properties.HomeRegion)))
    : [];
}

async function searchIfPossible({ invocation: { journal } }: GrantContext, search: () => Promise<Grant[]>): Promise<string[]> {
  try {
    const grants = await search();
    return grants.map(({ arn }) => arn);
  } catch (error) {
    if (error instanceof Failure || isAccessDenied(error) || isRefusedRequest(error)) {
      journal.note('No grant was searched for', { said: error.message });
      return [];
    }
    throw error;
  }
}
