import { ALLOW_EVERYTHING, NamedPolicy, PolicyDocument } from './policy-document';
import { ServiceControlLevel } from './policy-evaluator';
import { OrganizationState } from '../organization/organization-state';

/** By root, organizational unit or account id: what is attached there. */
export type AttachedServiceControlPolicies = Readonly<Record<string, readonly PolicyDocument[]>>;

/** What Organizations attaches everywhere until somebody takes it away. */
const FULL_AWS_ACCESS: NamedPolicy = { name: 'FullAWSAccess', document: ALLOW_EVERYTHING };

/**
 * The policies that limit an account, level by level: each of them has to allow. The management account is not affected.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function serviceControlLevels(
  accountId: string, organization: OrganizationState | undefined, attached: AttachedServiceControlPolicies | undefined,
): ServiceControlLevel[] {
  if (!attached || !organization?.account(accountId) || accountId === organization.managementAccountId) return [];
  return pathTo(accountId, organization).map((targetId) => ({
    targetId,
    policies: attached[targetId]?.map((document, index) => ({ name: `serviceControlPolicies.${targetId}[${index}]`, document })) ?? [FULL_AWS_ACCESS],
  }));
}

/** The ids from the root down to the account. */
export function pathTo(accountId: string, organization: OrganizationState): string[] {
  const path = [accountId];
  for (let parent = organization.account(accountId)?.parentId; parent !== undefined; parent = organization.organizationalUnit(parent)?.parentId) {
    path.unshift(parent);
  }
  return path;
}
