import { isAdopted, isOwnedBy, ownerIn } from '../../../lambda/domain/grant/ownership';
import type { GrantReport } from '../../../simulator/simulated-aws';
import type { ApiCall } from '../../../simulator/wire/call-log';
import { OWNER } from '../support/grants';

export function isChange({ operation }: ApiCall): boolean {
  return !/^(Get|List|Describe)/.test(operation);
}

/** The grant that a call is about, if it names one. */
export function grantIn({ request }: ApiCall): string | undefined {
  const { GrantArn, ResourceArn } = request as { readonly GrantArn?: string; readonly ResourceArn?: string };
  return GrantArn ?? ResourceArn;
}

/** What the tags of a grant say. */
export function ownership({ tags }: GrantReport): 'own' | 'adopted' | 'of another stack' | 'foreign' {
  const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
  if (isOwnedBy(OWNER, list)) {
    return isAdopted(list) ? 'adopted' : 'own';
  }
  return ownerIn(list) ? 'of another stack' : 'foreign';
}
