import type {
  DescribeAccountRequest, DescribeAccountResponse, DescribeOrganizationalUnitRequest, DescribeOrganizationalUnitResponse,
  DescribeOrganizationResponse,
} from '@aws-sdk/client-organizations';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
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

type OfAccount = Validated<DescribeAccountRequest, 'AccountId'>;

export class DescribeAccount implements Operation<OfAccount, DescribeAccountResponse> {
  constructor(private readonly access: OrganizationAccess) {}

  requiredAccess({ AccountId }: OfAccount): RequiredAccess {
    return this.access.toResource(AccountId);
  }

  perform({ AccountId }: OfAccount, context: CallContext): DescribeAccountResponse {
    const organization = this.access.asAdministrator(context);
    const account = organization.account(AccountId);
    if (!account) throw accountNotFound();
    return { Account: accountAnswer(organization, account) };
  }
}

type OfUnit = Validated<DescribeOrganizationalUnitRequest, 'OrganizationalUnitId'>;

export class DescribeOrganizationalUnit implements Operation<OfUnit, DescribeOrganizationalUnitResponse> {
  constructor(private readonly access: OrganizationAccess) {}

  requiredAccess({ OrganizationalUnitId }: OfUnit): RequiredAccess {
    return this.access.toResource(OrganizationalUnitId);
  }

  perform({ OrganizationalUnitId }: OfUnit, context: CallContext): DescribeOrganizationalUnitResponse {
    const organization = this.access.asAdministrator(context);
    const unit = organization.organizationalUnit(OrganizationalUnitId);
    if (!unit) throw unitNotFound();
    return { OrganizationalUnit: organizationalUnitAnswer(organization, unit) };
  }
}
