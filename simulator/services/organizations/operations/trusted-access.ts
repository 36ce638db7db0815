import type {
  DisableAWSServiceAccessRequest, EnableAWSServiceAccessRequest, ListAWSServiceAccessForOrganizationRequest,
  ListAWSServiceAccessForOrganizationResponse,
} from '@aws-sdk/client-organizations';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { page } from '../answers';
import { constraintViolation, unrecognizedServicePrincipal } from '../errors';
import { OrganizationAccess } from '../organization-access';
import { isTrustable } from '../service-principals';

type OfService = Validated<EnableAWSServiceAccessRequest | DisableAWSServiceAccessRequest, 'ServicePrincipal'>;

export class EnableAwsServiceAccess implements Operation<OfService, void> {
  constructor(private readonly access: OrganizationAccess) {}

  requiredAccess(input: OfService): RequiredAccess {
    return accessToService(input);
  }

  /**
   * Guess: enabling what is enabled is harmless; the operation declares no error for it. And it makes no service-linked
   * role: the documentation leaves that to each service and contradicts itself for AWS Marketplace.
   */
  perform({ ServicePrincipal }: OfService, context: CallContext): void {
    const organization = this.access.asManagement(context);
    if (!isTrustable(ServicePrincipal)) throw unrecognizedServicePrincipal();
    if (organization.featureSet !== 'ALL') {
      // Guess: the text; that all features are needed is documented.
      throw constraintViolation('ORGANIZATION_NOT_IN_ALL_FEATURES_MODE', 'Your organization must have all features enabled to perform this operation.');
    }
    organization.trust(ServicePrincipal, context.now);
  }
}

export class DisableAwsServiceAccess implements Operation<OfService, void> {
  constructor(private readonly access: OrganizationAccess) {}

  requiredAccess(input: OfService): RequiredAccess {
    return accessToService(input);
  }

  /** Guess: disabling what is not enabled is harmless; the operation declares no error for it. */
  perform({ ServicePrincipal }: OfService, context: CallContext): void {
    const organization = this.access.asManagement(context);
    if (!isTrustable(ServicePrincipal)) throw unrecognizedServicePrincipal();
    if (organization.delegatedAdministrations.some(({ servicePrincipal }) => servicePrincipal === ServicePrincipal)) {
      // Guess: the text; the reason is the documented one.
      throw constraintViolation(
        'DELEGATED_ADMINISTRATOR_EXISTS_FOR_THIS_SERVICE', 'You must deregister the delegated administrators of this service first.');
    }
    organization.distrust(ServicePrincipal);
  }
}

export class ListAwsServiceAccessForOrganization
implements Operation<ListAWSServiceAccessForOrganizationRequest, ListAWSServiceAccessForOrganizationResponse> {
  constructor(private readonly access: OrganizationAccess) {}

  perform(input: ListAWSServiceAccessForOrganizationRequest, context: CallContext): ListAWSServiceAccessForOrganizationResponse {
    const { items, nextToken } = page(this.access.asAdministrator(context).trustedServices, input);
    return {
      EnabledServicePrincipals: items.map(({ servicePrincipal, enabledAt }) => ({ ServicePrincipal: servicePrincipal, DateEnabled: enabledAt })),
      NextToken: nextToken,
    };
  }
}

function accessToService({ ServicePrincipal }: OfService): RequiredAccess {
  return { resourceArns: ['*'], context: { 'organizations:ServicePrincipal': ServicePrincipal } };
}
