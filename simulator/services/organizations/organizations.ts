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

/** AWS Organizations, as far as reading the organization, trusted access and delegated administrators go. */
export function organizations(organization: OrganizationState | undefined): Service {
  const access = new OrganizationAccess(organization);
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
      EnableAWSServiceAccess: new EnableAwsServiceAccess(access),
      DisableAWSServiceAccess: new DisableAwsServiceAccess(access),
      ListAWSServiceAccessForOrganization: new ListAwsServiceAccessForOrganization(access),
      RegisterDelegatedAdministrator: new RegisterDelegatedAdministrator(access),
      DeregisterDelegatedAdministrator: new DeregisterDelegatedAdministrator(access),
      ListDelegatedAdministrators: new ListDelegatedAdministrators(access),
    },
    invalidRequest: invalidInput,
  };
}
