import { CallContext, RequiredAccess } from '../../../wire/service';
import { Agreement } from '../agreement';
import { AgreementCatalog } from '../agreement-catalog';
import { PURCHASE_AGREEMENT } from '../answers';
import { agreementNotFound } from '../errors';

/** What an operation on one agreement is asked with. */
export interface OfAgreement {
  readonly agreementId: string;
}

export interface PageOfAgreement extends OfAgreement {
  readonly maxResults?: number;
  readonly nextToken?: string;
}

const AGREEMENT_TYPE = { 'aws-marketplace:AgreementType': [PURCHASE_AGREEMENT] };

/**
 * IAM knows no resources here, and filters by condition keys:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsmarketplace.html
 * Guess: the party is the acceptor also for an agreement that is not there.
 */
export const ACCESS_TO_AGREEMENT: RequiredAccess = {
  resourceArns: ['*'], context: { ...AGREEMENT_TYPE, 'aws-marketplace:PartyType': 'Acceptor' },
};

/** The action for entitlements has no key for the party. */
export const ACCESS_TO_ENTITLEMENTS: RequiredAccess = { resourceArns: ['*'], context: AGREEMENT_TYPE };

/** An agreement of the caller. Guess: for everybody else it is not there. */
export function ownAgreement(agreements: AgreementCatalog, { agreementId }: OfAgreement, { caller }: CallContext): Agreement {
  const agreement = agreements.find(agreementId);
  if (agreement?.acceptorAccountId !== caller.accountId) throw agreementNotFound(agreementId);
  return agreement;
}
