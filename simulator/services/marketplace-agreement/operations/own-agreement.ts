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

/** IAM knows no resources here, and filters by the type of the agreement. */
export const ACCESS_TO_AGREEMENT: RequiredAccess = { resourceArns: ['*'], context: { 'aws-marketplace:AgreementType': [PURCHASE_AGREEMENT] } };

/** An agreement of the caller. Guess: for everybody else it is not there. */
export function ownAgreement(agreements: AgreementCatalog, { agreementId }: OfAgreement, { caller }: CallContext): Agreement {
  const agreement = agreements.find(agreementId);
  if (agreement?.acceptorAccountId !== caller.accountId) throw agreementNotFound(agreementId);
  return agreement;
}
