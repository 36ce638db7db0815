import type { Tag } from './grant-spec';
import { ReadingPauses } from './reading-pauses';
import type { Circumstances } from './reconciliation';
import { readTags } from './standing';

/*
 * An update that leads to another grant stops the workflow that worked on the one before. If it is rolled back by a deletion of the new grant
 * alone, nothing else says that there is a workflow to take up again.
 */
const INTERRUPTS = 'cdk-managed-entitlements:interrupts';

/** On a new grant, until its update is complete or taken back. The ARN of an execution has 221 characters at most, of 256 that a tag holds. */
export function interruptionTag(executionArn: string): Tag {
  return { key: INTERRUPTS, value: executionArn };
}

/** The execution that was stopped for a grant with these tags. */
export function interruptedIn(tags: readonly Tag[]): string | undefined {
  return tags.find(({ key }) => key === INTERRUPTS)?.value;
}

export const INTERRUPTION_KEYS: readonly string[] = [INTERRUPTS];

/**
 * This request takes up what was interrupted for the grant: its deletion must not do that again. CloudFormation may ask for that seconds later: it
 * is waited until the grant shows it.
 */
export async function endInterruption(
  grantArn: string, { world: { licenseManager }, clock, deadline }: Pick<Circumstances, 'world' | 'clock' | 'deadline'>,
): Promise<void> {
  const isInterrupting = async () => interruptedIn(await readTags(grantArn, licenseManager) ?? []) !== undefined;
  await licenseManager.untag(grantArn, INTERRUPTION_KEYS);
  const pauses = new ReadingPauses(clock, deadline);
  while (await isInterrupting() && pauses.hasTime()) {
    await pauses.pause();
  }
}
