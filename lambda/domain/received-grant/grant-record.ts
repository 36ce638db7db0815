import { isGrantArn } from '../grant/arns';

/** What a stack remembers of a grant that it has received, since a grantee cannot tag it. */
export interface GrantRecord {
  readonly grantArn: string;
  /** Whether it was active before the stack had anything to do with it. */
  readonly wasActive: boolean;
}

const WAS_ACTIVE = '/was-active';

/**
 * The physical id of a received grant: its ARN, with a note if it was active already. For example `arn:…:grant:g-…/was-active`. An attempt that died
 * after it had activated the grant is followed by one that finds it active: it errs on the side of keeping it so.
 */
export function writeRecord({ grantArn, wasActive }: GrantRecord): string {
  return wasActive ? `${grantArn}${WAS_ACTIVE}` : grantArn;
}

/** Nothing for an id that is no grant's, as that of a creation that found none. */
export function readRecord(physicalId: string): GrantRecord | undefined {
  const wasActive = physicalId.endsWith(WAS_ACTIVE);
  const grantArn = wasActive ? physicalId.slice(0, -WAS_ACTIVE.length) : physicalId;
  return isGrantArn(grantArn) ? { grantArn, wasActive } : undefined;
}
