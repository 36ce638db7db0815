import { Failure } from '../failure';
import type { AccountSelection } from './account-selection';
import { isOlderVersion } from './grant';
import type { Grant } from './grant';
import type { GrantSpec } from './grant-spec';
import { sortLiveGrants } from './own-grant';
import type { TaggedGrant } from './own-grant';
import { abandonmentIn, predecessorIn, predecessorTag } from './predecessor';
import { principalOfGrant } from './principal';
import { reconcile } from './reconcile';
import type { Outcome, Reconciliation, ReplacementPhase } from './reconciliation';
import { goThroughPhases } from './replacement-phases';
import { restorePredecessor } from './restore-predecessor';
import { beginSuccession } from './succession';
import { isActive } from './switch-grant';
import { reconcileTags } from './tagging';
import type { World } from './world';

/** A grant that takes the place of another one of the same resource: the license or the grantee is a different one now. */
export interface Replacement extends Reconciliation {
  readonly predecessor: Grant;
  /** Whether the predecessor was to be active. */
  readonly predecessorWasWanted: boolean;
  /** In which accounts it was active, if not as a whole. */
  readonly predecessorAccounts?: AccountSelection;
  /** Whether an earlier request has begun to replace it: then it is in use, or was until that. */
  readonly isBegun: boolean;
  /** When bringing the predecessor back has to end, in milliseconds since the epoch: later than the deadline for settling. */
  readonly undoDeadline: number;
}

/**
 * Settles the new grant while the old one stays; CloudFormation deletes the old one afterwards. An account can have one active
 * grant for a product (License Manager user guide, "Grant acceptance and activation"), so where the new grant would meet the old
 * one and may not replace it by an override, the old one is deactivated in between. If the new grant cannot be settled, the old
 * one is active again before this ends, unless another run goes on.
 */
export async function replaceGrant(replacement: Replacement): Promise<Outcome> {
  const { desired, predecessor, isBegun, world } = replacement;
  const wasActive = await isActive(predecessor, world);
  const existing = await findExisting(replacement);
  const successor = !wasActive && existing && follows(existing, predecessor) ? existing.grant : undefined;
  const wasInUse = wasActive || isBegun || successor !== undefined || isBeingChanged(replacement);
  const mark = predecessorTag({ arn: predecessor.arn, wasInUse });
  const tags = [...desired.tags, mark];
  const marked = { ...replacement, desired: { ...desired, tags }, grantArn: successor?.arn ?? replacement.grantArn };
  if (!wasInUse) {
    return reconcile(marked);
  }
  await requireSuccession(desired, predecessor, world);
  if (existing && !await leadsBack(existing, predecessor, world)) {
    await reconcileTags(existing.grant.arn, [mark], [], world.licenseManager);
  }
  return orRestore(marked, await firstPhase(marked, wasActive));
}

/** License Manager works on a grant that was used before: its first version is that of a new one. */
function isBeingChanged({ predecessor, predecessorWasWanted }: Replacement): boolean {
  return predecessorWasWanted && predecessor.status === 'PENDING_WORKFLOW' && isOlderVersion('1', predecessor.version);
}

async function firstPhase({ desired, predecessor, grantArn, world }: Replacement, wasActive: boolean): Promise<ReplacementPhase> {
  if (!await mustGiveWay(desired, predecessor, world)) {
    return 'SETTLE';
  }
  // What is left of an attempt that was stopped after it had deactivated the predecessor goes on from there.
  return wasActive || grantArn === undefined ? 'PREPARE' : 'CLEAR';
}

async function orRestore(replacement: Replacement, phase: ReplacementPhase): Promise<Outcome> {
  let successorArn = replacement.grantArn;
  const { owner, world, clock, journal, clientToken, undoDeadline, predecessor } = replacement;
  const { arn: predecessorArn, version: predecessorVersion } = predecessor;
  const restore = async () => restorePredecessor({
    owner,
    world,
    clock,
    journal,
    clientToken,
    deadline: undoDeadline,
    predecessorArn,
    predecessorVersion,
    override: replacement.desired.activation.override,
    accounts: replacement.predecessorAccounts,
    successorArn,
  });
  const onGrant = (grantArn: string) => {
    successorArn = grantArn;
    replacement.onGrant(grantArn);
  };
  try {
    const outcome = await goThroughPhases({ ...replacement, predecessorArn, predecessorVersion, onGrant }, phase);
    if (outcome.kind === 'settled') {
      return outcome;
    }
    if (outcome.kind === 'pending' && replacement.continues) {
      await beginSuccession(predecessorArn, outcome.grantArn!, { world, clock, deadline: undoDeadline });
      return outcome;
    }
    const obstacle = await restore();
    return obstacle === undefined ? outcome : { ...outcome, why: `${outcome.why}; ${obstacle.why}` };
  } catch (error) {
    await restore().catch(({ message }: Error) => replacement.journal.note('The grant before could not be activated again', { said: message }));
    throw error;
  }
}

/**
 * CloudFormation deletes the predecessor when the update is complete. A grant that waits for its grantee is no successor: nobody says when
 * the grantee will have an active grant again.
 */
async function requireSuccession(desired: GrantSpec, predecessor: Grant, world: World): Promise<void> {
  const { activation: { mode }, acceptance } = desired;
  const waitsForGrantee = mode === 'BY_GRANTEE' || (mode === 'ACTIVE' && acceptance === 'BY_GRANTEE');
  if (waitsForGrantee && await hasSameGranteeAndProduct(desired, predecessor, world)) {
    throw new Failure(
      `Grant of the license ${desired.licenseArn} to ${desired.grantee.arn} instead of ${predecessor.arn}`,
      `the new grant waits for the grantee, who would have no active grant of the product until then: '${predecessor.name}' is deleted when the update is complete`,
      'add the new grant beside the old one under another construct id, let the grantee accept and activate it, then remove the old one',
    );
  }
}

/** Whether the two cannot be active at once, and nobody but us makes room. */
async function mustGiveWay(desired: GrantSpec, predecessor: Grant, world: World): Promise<boolean> {
  const { mode, override } = desired.activation;
  return mode === 'ACTIVE' && override !== 'ALL_GRANTS_PERMITTED_BY_ISSUER'
    && mayShareAccounts(desired, predecessor) && isSameProduct(desired, predecessor, world);
}

/**
 * An account may be in the organizational unit or the organization, and a unit in another. Where they share none after all, the accounts of the
 * old grant lose it a little earlier than they would anyway.
 */
function mayShareAccounts({ grantee }: GrantSpec, { granteePrincipalArn }: Grant): boolean {
  return grantee.arn === granteePrincipalArn || grantee.kind !== 'ACCOUNT' || principalOfGrant(granteePrincipalArn).kind !== 'ACCOUNT';
}

async function hasSameGranteeAndProduct(desired: GrantSpec, predecessor: Grant, world: World): Promise<boolean> {
  return predecessor.granteePrincipalArn === desired.grantee.arn && isSameProduct(desired, predecessor, world);
}

/** A license that was renewed away need not be listed any more: then its successor is taken to be of the same product. */
async function isSameProduct(desired: GrantSpec, predecessor: Grant, { licenseManager }: World): Promise<boolean> {
  const before = await licenseManager.findReceivedLicense(predecessor.licenseArn);
  const after = await licenseManager.findReceivedLicense(desired.licenseArn);
  return after !== undefined && (before === undefined || before.productSku === after.productSku);
}

/** Of an earlier attempt at the same replacement, or left by something else. */
async function findExisting({ desired, owner, world }: Replacement): Promise<TaggedGrant | undefined> {
  const filter = { licenseArn: desired.licenseArn, granteePrincipalArn: desired.grantee.arn };
  const { own: [existing] } = await sortLiveGrants(owner, filter, world.licenseManager);
  return existing;
}

/** Nobody takes that back in turn. A grant that was to be deleted, and could not be, is not the one of before. */
async function leadsBack({ grant, tags }: TaggedGrant, predecessor: Grant, { licenseManager }: World): Promise<boolean> {
  return abandonmentIn(tags) === undefined && predecessorIn(await licenseManager.listTags(predecessor.arn))?.arn === grant.arn;
}

function follows({ tags }: TaggedGrant, predecessor: Grant): boolean {
  return predecessorIn(tags)?.arn === predecessor.arn;
}
