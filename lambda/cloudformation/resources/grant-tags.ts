import type { GrantContext } from './grant-context';
import { userTags } from './grant-request';
import { endInterruptionFor } from './interrupted-settlement';
import type { GrantProperties } from '../../../lib/grant/grant-properties';
import { isGrantArn } from '../../domain/grant/arns';
import type { GrantSpec } from '../../domain/grant/grant-spec';
import { interruptionTag, INTERRUPTION_KEYS } from '../../domain/grant/interruption';
import { ADOPTED_TAG, PROVISIONAL_TAG } from '../../domain/grant/ownership';
import { OLD_GRANT_KEYS } from '../../domain/grant/predecessor';
import { readStanding } from '../../domain/grant/standing';
import { reconcileTags } from '../../domain/grant/tagging';
import { isRollingBack } from '../../domain/stack/stack-status';
import type { Before } from '../custom-resource';
import { findSuperseded } from '../settlement/supersede';

interface Retagging {
  readonly grantArn: string;
  /** Whether CloudFormation is told of success now, rather than later or not at all. */
  readonly succeeds: boolean;
  readonly desired: GrantSpec;
  readonly properties: GrantProperties;
  readonly before: Before<GrantProperties>;
}

/** Brings the tags of an updated grant to what they are to be. */
export async function retagGrant(retagging: Retagging, context: GrantContext): Promise<void> {
  const { grantArn, succeeds, desired, properties, before } = retagging;
  const isOther = grantArn !== before.physicalId;
  const interrupted = isOther ? await findInterruption(before, context) : undefined;
  const wanted = [
    ...desired.tags,
    ...await isOfUnknownOrigin(retagging, context) ? [ADOPTED_TAG] : [],
    ...interrupted === undefined ? [] : [interruptionTag(interrupted)],
  ];
  const wantedBefore = [...userTags(before.properties.Tags), ...succeeds ? [PROVISIONAL_TAG] : []];
  const outdatedKeys = [...wantedBefore.map(({ key }) => key), ...OLD_GRANT_KEYS, ...isOther ? [] : INTERRUPTION_KEYS];
  await reconcileTags(grantArn, wanted, outdatedKeys, context.services.licenseManager(properties.HomeRegion));
  if (isOther && isGrantArn(before.physicalId)) {
    await endInterruptionFor(before.physicalId, before.properties.HomeRegion ?? properties.HomeRegion, context);
  }
}

/** CloudFormation is told of a new grant's success: what was chosen for its end holds from now on. */
export async function untagProvisional(grantArn: string, { homeRegion, provisionalTags = [] }: GrantSpec, { services }: GrantContext): Promise<void> {
  if (provisionalTags.length > 0) {
    await services.licenseManager(homeRegion).untag(grantArn, provisionalTags.map(({ key }) => key));
  }
}

/**
 * The execution that this request has stopped to lead away from the grant before. Nothing in an Update that leads back: that is not taken back in
 * turn.
 */
async function findInterruption(
  { physicalId, properties: { Workflow } }: Before<GrantProperties>, { invocation, services }: GrantContext,
): Promise<string | undefined> {
  const state = Workflow && await services.watch.readAtBeginning();
  return Workflow && !isRollingBack(state?.status) ? findSuperseded(Workflow, physicalId, invocation, services.workflows) : undefined;
}

/** Once people took all tags off it, a grant may be one that was adopted: the end of the stack must not be its end. */
async function isOfUnknownOrigin({ grantArn, properties, before }: Retagging, context: GrantContext): Promise<boolean> {
  if (grantArn !== before.physicalId || properties.ExistingGrant !== 'ADOPT') {
    return false;
  }
  const circumstances = context.circumstances(properties.HomeRegion);
  const { origin } = await readStanding(grantArn, { ...circumstances, licenseManager: circumstances.world.licenseManager });
  return origin === 'NOT_OWNED';
}
