import { isGrantArn } from '../grant/arns';

/** What a stack remembers of a grant that it has received, since a grantee cannot tag it. */
export interface GrantRecord {
  readonly grantArn: string;
  /** Whether it was active before the stack had anything to do with it. */
  readonly wasActive: boolean;
  /** The physical id of the grant whose place it took, if that was to be active as well. */
  readonly replaces?: string;
}

const WAS_ACTIVE = '/was-active';
const REPLACES = '/replaces/';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-responses.html */
const LONGEST_PHYSICAL_ID = 1_024;

/**
 * The physical id of a received grant: its ARN, with notes. For example `arn:…:grant:g-…/was-active`, or `arn:…:grant:g-2…/replaces/arn:…:grant:g-1…`.
 * An attempt that died after it had activated the grant is followed by one that finds it active: it errs on the side of keeping it so.
 */
export function writeRecord({ grantArn, wasActive, replaces }: GrantRecord): string {
  const own = wasActive ? `${grantArn}${WAS_ACTIVE}` : grantArn;
  const whole = replaces === undefined ? own : `${own}${REPLACES}${replaces}`;
  return whole.length <= LONGEST_PHYSICAL_ID ? whole : own;
}

/** Nothing for an id that is no grant's, as that of a creation that found none. */
export function readRecord(physicalId: string): GrantRecord | undefined {
  const [own, ...before] = physicalId.split(REPLACES);
  const wasActive = own.endsWith(WAS_ACTIVE);
  const grantArn = wasActive ? own.slice(0, -WAS_ACTIVE.length) : own;
  return isGrantArn(grantArn) ? { grantArn, wasActive, replaces: before.length > 0 ? before.join(REPLACES) : undefined } : undefined;
}
