import { invalidInput } from './errors';
import { DeregisterDelegatedAdministrator, ListDelegatedAdministrators, RegisterDelegatedAdministrator } from './operations/delegated-administration';
import { DescribeAccount, DescribeOrganization, DescribeOrganizationalUnit } from './operations/describe';
import { ListTagsForResource } from './operations/list-tags-for-resource';
import { DisableAwsServiceAccess, EnableAwsServiceAccess, ListAwsServiceAccessForOrganization } from './operations/trusted-access';
import {
  ListAccounts, ListAccountsForParent, ListChildren, ListOrganizationalUnitsForParent, ListParents, ListRoots,
} from './operations/walk-the-tree';
import { OrganizationAccess } from './organization-access';
import { ServiceModel } from '../../model/service-model';
import document from '../../models/organizations.json';
import { OrganizationState } from '../../organization/organization-state';
import { Service } from '../../wire/service';
import { ServiceLinkedRoles } from '../iam/service-linked-roles';
import { Reads } from '../reads';
import { Variants } from '../variants';

export interface OrganizationsSurroundings {
  readonly organization: OrganizationState | undefined;
  readonly serviceLinkedRoles: ServiceLinkedRoles;
  readonly variants: Variants;
  readonly reads: Reads;
}

/** AWS Organizations, as far as reading the organization, trusted access and delegated administrators go. */
export function organizations({ organization, serviceLinkedRoles, variants, reads }: OrganizationsSurroundings): Service {
  const access = new OrganizationAccess(organization, reads);
  return {
    model: new ServiceModel(document),
    operations: {
      DescribeOrganization: new DescribeOrganization(access),
      DescribeAccount: new DescribeAccount(access),
      DescribeOrganizationalUnit: new DescribeOrganizationalUnit(access),
      ListAccounts: new ListAccounts(access),
      ListAccountsForParent: new ListAccountsForParent(access),
      ListChildren: new ListChildren(access),
      ListOrganizationalUnitsForParent: new ListOrganizationalUnitsForParent(access),
      ListParents: new ListParents(access),
      ListRoots: new ListRoots(access),
      ListTagsForResource: new ListTagsForResource(access),
      EnableAWSServiceAccess: new EnableAwsServiceAccess(access, serviceLinkedRoles, variants),
      DisableAWSServiceAccess: new DisableAwsServiceAccess(access, variants),
      ListAWSServiceAccessForOrganization: new ListAwsServiceAccessForOrganization(access),
      RegisterDelegatedAdministrator: new RegisterDelegatedAdministrator(access),
      DeregisterDelegatedAdministrator: new DeregisterDelegatedAdministrator(access),
      ListDelegatedAdministrators: new ListDelegatedAdministrators(access),
    },
    invalidRequest: invalidInput,
  };
}
