import { isRefusedRequest } from '../service-error';
import type { Grant } from './grant';
import type { GranteeGateway } from './grantee-gateway';
import type { GrantAnswer } from './license-manager-gateway';

/** What became of an attempt to accept a grant. */
export type Acceptance =
  | { readonly kind: 'accepted'; readonly answer: GrantAnswer }
  | { readonly kind: 'not-yet'; readonly why: string };

/**
 * Accepts a grant that the grantor sees as pending acceptance, if the grantee sees it so as well. A refusal is not final: License Manager refuses
 * also a grant that is accepted already (hashicorp/terraform-provider-aws issue 34977), which shows when the grant is read again.
 */
export async function acceptAsGrantee({ arn }: Grant, grantee: GranteeGateway): Promise<Acceptance> {
  const received = await grantee.findGrant(arn);
  if (received?.status !== 'PENDING_ACCEPT') {
    return { kind: 'not-yet', why: received ? `in the account of the grantee it is ${received.status}` : 'it has not arrived in the account of the grantee' };
  }
  try {
    return { kind: 'accepted', answer: await grantee.acceptGrant(arn) };
  } catch (error) {
    if (isRefusedRequest(error)) {
      return { kind: 'not-yet', why: `License Manager refused its acceptance (${error.message})` };
    }
    throw error;
  }
}
