import type {
  DescribeAccountRequest, DescribeAccountResponse, DescribeOrganizationalUnitRequest, DescribeOrganizationalUnitResponse,
  DescribeOrganizationResponse,
} from '@aws-sdk/client-organizations';
import { CallContext, Operation } from '../../../wire/service';
import { accountAnswer, emailOf, organizationalUnitAnswer } from '../answers';
import { accountNotFound, unitNotFound } from '../errors';
import { OrganizationAccess } from '../organization-access';

export class DescribeOrganization implements Operation<object, DescribeOrganizationResponse> {
  constructor(private readonly access: OrganizationAccess) {}

  perform(_input: object, context: CallContext): DescribeOrganizationResponse {
    const organization = this.access.asMember(context);
    return {
      Organization: {
        Id: organization.id,
        Arn: organization.arn,
        FeatureSet: organization.featureSet,
        MasterAccountArn: organization.accountArn(organization.managementAccountId),
        MasterAccountId: organization.managementAccountId,
        MasterAccountEmail: emailOf(organization.managementAccountId),
        AvailablePolicyTypes: [],
      },
    };
  }
}

export class DescribeAccount implements Operation<DescribeAccountRequest & { AccountId: string }, DescribeAccountResponse> {
  constructor(private readonly access: OrganizationAccess) {}

  perform({ AccountId }: { AccountId: string }, context: CallContext): DescribeAccountResponse {
    const organization = this.access.asAdministrator(context);
    const account = organization.account(AccountId);
    if (!account) throw accountNotFound();
    return { Account: accountAnswer(organization, account) };
  }
}

export class DescribeOrganizationalUnit
implements Operation<DescribeOrganizationalUnitRequest & { OrganizationalUnitId: string }, DescribeOrganizationalUnitResponse> {
  constructor(private readonly access: OrganizationAccess) {}

  perform({ OrganizationalUnitId }: { OrganizationalUnitId: string }, context: CallContext): DescribeOrganizationalUnitResponse {
    const organization = this.access.asAdministrator(context);
    const unit = organization.organizationalUnit(OrganizationalUnitId);
    if (!unit) throw unitNotFound();
    return { OrganizationalUnit: organizationalUnitAnswer(organization, unit) };
  }
}
