import type {
  DeregisterDelegatedAdministratorRequest, ListDelegatedAdministratorsRequest, ListDelegatedAdministratorsResponse,
  RegisterDelegatedAdministratorRequest,
} from '@aws-sdk/client-organizations';
import { CallContext, Operation, RequiredAccess, Validated } from '../../../wire/service';
import { accountAnswer, page } from '../answers';
import {
  accountAlreadyRegistered, accountNotFound, accountNotRegistered, constraintViolation, unrecognizedServicePrincipal,
} from '../errors';
import { OrganizationAccess } from '../organization-access';
import { delegatedAdministratorLimit } from '../service-principals';

type Delegation = Validated<RegisterDelegatedAdministratorRequest | DeregisterDelegatedAdministratorRequest, 'AccountId' | 'ServicePrincipal'>;

export class RegisterDelegatedAdministrator implements Operation<Delegation, void> {
  constructor(private readonly access: OrganizationAccess) {}

  requiredAccess({ AccountId, ServicePrincipal }: Delegation): RequiredAccess {
    return this.access.toResource(AccountId, { 'organizations:ServicePrincipal': ServicePrincipal });
  }

  perform({ AccountId, ServicePrincipal }: Delegation, context: CallContext): void {
    const organization = this.access.asManagement(context);
    if (AccountId === organization.managementAccountId) {
      throw constraintViolation(
        'CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR',
        'You cannot register management account/yourself as delegated administrator for your organization.');
    }
    const account = organization.account(AccountId);
    if (!account) throw accountNotFound();
    // So AWS answers a service without trusted access: https://repost.aws/knowledge-center/config-organizations-admin
    if (!organization.trusts(ServicePrincipal)) throw unrecognizedServicePrincipal();
    if (account.state !== 'ACTIVE') {
      // Guess: the text; the reason is the documented one.
      throw constraintViolation(
        'CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR', 'You cannot register a suspended account as delegated administrator.');
    }
    if (organization.isDelegatedAdministrator(AccountId, ServicePrincipal)) throw accountAlreadyRegistered();
    const registered = organization.delegatedAdministrations.filter(({ servicePrincipal }) => servicePrincipal === ServicePrincipal);
    if (registered.length >= delegatedAdministratorLimit(ServicePrincipal)) {
      throw constraintViolation(
        'MAX_DELEGATED_ADMINISTRATORS_FOR_SERVICE_LIMIT_EXCEEDED',
        'You have exceeded the allowed number of delegated administrators for the delegated service.');
    }
    organization.delegate(ServicePrincipal, AccountId, context.now);
  }
}

export class DeregisterDelegatedAdministrator implements Operation<Delegation, void> {
  constructor(private readonly access: OrganizationAccess) {}

  requiredAccess({ AccountId, ServicePrincipal }: Delegation): RequiredAccess {
    return this.access.toResource(AccountId, { 'organizations:ServicePrincipal': ServicePrincipal });
  }

  perform({ AccountId, ServicePrincipal }: Delegation, context: CallContext): void {
    const organization = this.access.asManagement(context);
    if (!organization.account(AccountId)) throw accountNotFound();
    if (!organization.isDelegatedAdministrator(AccountId, ServicePrincipal)) throw accountNotRegistered();
    organization.endDelegation(ServicePrincipal, AccountId);
  }
}

export class ListDelegatedAdministrators implements Operation<ListDelegatedAdministratorsRequest, ListDelegatedAdministratorsResponse> {
  constructor(private readonly access: OrganizationAccess) {}

  requiredAccess({ ServicePrincipal }: ListDelegatedAdministratorsRequest): RequiredAccess {
    return { resourceArns: ['*'], context: ServicePrincipal === undefined ? {} : { 'organizations:ServicePrincipal': ServicePrincipal } };
  }

  /** One entry an account, whatever the number of its services; the date is that of its first delegation. */
  perform(input: ListDelegatedAdministratorsRequest, context: CallContext): ListDelegatedAdministratorsResponse {
    const organization = this.access.asAdministrator(context);
    const delegations = organization.delegatedAdministrations
      .filter(({ servicePrincipal }) => input.ServicePrincipal === undefined || servicePrincipal === input.ServicePrincipal);
    const administrators = organization.accounts.flatMap((account) => {
      const delegation = delegations.find(({ accountId }) => accountId === account.id);
      if (!delegation) return [];
      const { Paths: _paths, ...administrator } = accountAnswer(organization, account);
      return [{ ...administrator, DelegationEnabledDate: delegation.enabledAt }];
    });
    const { items, nextToken } = page(administrators, input, context);
    return { DelegatedAdministrators: items, NextToken: nextToken };
  }
}
