import type {
  DisableAWSServiceAccessRequest, EnableAWSServiceAccessRequest, ListAWSServiceAccessForOrganizationRequest,
  ListAWSServiceAccessForOrganizationResponse,
} from '@aws-sdk/client-organizations';
import { OrganizationState } from '../../../organization/organization-state';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { ServiceLinkedRoles } from '../../iam/service-linked-roles';
import { Variants } from '../../variants';
import { page } from '../answers';
import { constraintViolation, isNotTrusted, isTrustedAlready, unrecognizedServicePrincipal } from '../errors';
import { OrganizationAccess } from '../organization-access';
import { isTrustable } from '../service-principals';

type OfService = Validated<EnableAWSServiceAccessRequest | DisableAWSServiceAccessRequest, 'ServicePrincipal'>;

export class EnableAwsServiceAccess implements Operation<OfService, void> {
  constructor(
    private readonly access: OrganizationAccess, private readonly serviceLinkedRoles: ServiceLinkedRoles, private readonly variants: Variants,
  ) {}

  requiredAccess(input: OfService): RequiredAccess {
    return accessToService(input);
  }

  perform({ ServicePrincipal }: OfService, context: CallContext): void {
    const organization = this.access.asManagement(context);
    if (!isTrustable(ServicePrincipal)) throw unrecognizedServicePrincipal();
    if (organization.featureSet !== 'ALL') {
      // Guess: the text; that all features are needed is documented.
      throw constraintViolation('ORGANIZATION_NOT_IN_ALL_FEATURES_MODE', 'Your organization must have all features enabled to perform this operation.');
    }
    if (this.variants.repeatedTrustedAccess === 'refused' && organization.trusts(ServicePrincipal)) throw isTrustedAlready(ServicePrincipal);
    organization.trust(ServicePrincipal, context.now);
    this.makeRoles(organization, ServicePrincipal, context.now);
  }

  private makeRoles(organization: OrganizationState, servicePrincipal: string, now: Date): void {
    const { rolesByTrustedAccess } = this.variants;
    if (rolesByTrustedAccess === 'none' || this.serviceLinkedRoles.nameFor(servicePrincipal) === undefined) return;
    organization.accounts
      .filter(({ id }) => rolesByTrustedAccess === 'all-accounts' || id === organization.managementAccountId)
      .forEach(({ id }) => this.serviceLinkedRoles.ensure(id, servicePrincipal, now));
  }
}

export class DisableAwsServiceAccess implements Operation<OfService, void> {
  constructor(private readonly access: OrganizationAccess, private readonly variants: Variants) {}

  requiredAccess(input: OfService): RequiredAccess {
    return accessToService(input);
  }

  perform({ ServicePrincipal }: OfService, context: CallContext): void {
    const organization = this.access.asManagement(context);
    if (!isTrustable(ServicePrincipal)) throw unrecognizedServicePrincipal();
    if (organization.delegatedAdministrations.some(({ servicePrincipal }) => servicePrincipal === ServicePrincipal)) {
      // Guess: the text; the reason is the documented one.
      throw constraintViolation(
        'DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE', 'You must deregister the delegated administrators of this service first.');
    }
    if (this.variants.repeatedTrustedAccess === 'refused' && !organization.trusts(ServicePrincipal)) throw isNotTrusted(ServicePrincipal);
    organization.distrust(ServicePrincipal);
  }
}

export class ListAwsServiceAccessForOrganization
implements Operation<ListAWSServiceAccessForOrganizationRequest, ListAWSServiceAccessForOrganizationResponse> {
  constructor(private readonly access: OrganizationAccess) {}

  perform(input: ListAWSServiceAccessForOrganizationRequest, context: CallContext): ListAWSServiceAccessForOrganizationResponse {
    const { items, nextToken } = page(this.access.asAdministrator(context).trustedServices, input, context);
    return {
      EnabledServicePrincipals: items.map(({ servicePrincipal, enabledAt }) => ({ ServicePrincipal: servicePrincipal, DateEnabled: enabledAt })),
      NextToken: nextToken,
    };
  }
}

function accessToService({ ServicePrincipal }: OfService): RequiredAccess {
  return { resourceArns: ['*'], context: { 'organizations:ServicePrincipal': ServicePrincipal } };
}
