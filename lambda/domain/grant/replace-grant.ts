import { Failure } from '../failure';
import type { AccountSelection } from './account-selection';
import type { Grant } from './grant';
import type { GrantSpec } from './grant-spec';
import { listOwnGrants } from './own-grant';
import { predecessorIn, replacesTag } from './predecessor';
import { reconcile } from './reconcile';
import type { Outcome, Reconciliation } from './reconciliation';
import { restorePredecessor } from './restore-predecessor';
import { isActive, switchGrant } from './switch-grant';
import type { World } from './world';

/** A grant that takes the place of another one of the same resource: the license or the grantee is a different one now. */
export interface Replacement extends Reconciliation {
  readonly predecessor: Grant;
  /** In which accounts it was active, if not as a whole. */
  readonly predecessorAccounts?: AccountSelection;
  /** When bringing the predecessor back has to end, in milliseconds since the epoch: later than the deadline for settling. */
  readonly undoDeadline: number;
}

/**
 * Settles the new grant while the old one stays; CloudFormation deletes the old one afterwards. An account can have one active
 * grant for a product (License Manager user guide, "Grant acceptance and activation"), so where the new grant would meet the old
 * one and may not replace it by an override, the old one is deactivated in between. If the new grant cannot be settled, the old
 * one is active again before this ends.
 */
export async function replaceGrant(replacement: Replacement): Promise<Outcome> {
  const { desired, predecessor, world } = replacement;
  if (!await wasActive(replacement)) {
    return reconcile(replacement);
  }
  await requireSuccession(desired, predecessor, world);
  const marked = { ...replacement, desired: { ...desired, tags: [...desired.tags, replacesTag(predecessor.arn)] } };
  const settle = await mustGiveWay(desired, predecessor, world) ? exchange : reconcile;
  return orRestore(marked, settle);
}

async function orRestore(replacement: Replacement, settle: (replacement: Replacement) => Promise<Outcome>): Promise<Outcome> {
  let successorArn: string | undefined;
  const restore = async () => restorePredecessor({
    ...replacement,
    deadline: replacement.undoDeadline,
    override: replacement.desired.activation.override,
    accounts: replacement.predecessorAccounts,
    successorArn,
  });
  const onGrant = (grantArn: string) => {
    successorArn = grantArn;
    replacement.onGrant(grantArn);
  };
  try {
    const outcome = await settle({ ...replacement, onGrant });
    if (outcome.kind === 'settled') {
      return outcome;
    }
    const obstacle = await restore();
    return obstacle === undefined ? outcome : { ...outcome, why: `${outcome.why}; ${obstacle}` };
  } catch (error) {
    await restore().catch(({ message }: Error) => replacement.journal.note('The grant before could not be activated again', { said: message }));
    throw error;
  }
}

/** The accounts are without an active grant between the last two calls alone. */
async function exchange(replacement: Replacement): Promise<Outcome> {
  const { desired, predecessor } = replacement;
  const prepared = await reconcile({ ...replacement, desired: { ...desired, activation: { mode: 'DISABLED', changed: false } } });
  if (prepared.kind !== 'settled' || prepared.grant.status === 'PENDING_ACCEPT') {
    return prepared;
  }
  const cleared = await switchGrant(replacement, predecessor, { mode: 'DISABLED' });
  return cleared.kind === 'settled'
    ? reconcile({ ...replacement, desired: { ...desired, activation: { ...desired.activation, changed: true } }, grantArn: prepared.grant.arn })
    : { ...cleared, why: `the grant before, ${predecessor.arn}, has to be inactive first: ${cleared.why}` };
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
  return mode === 'ACTIVE' && override !== 'ALL_GRANTS_PERMITTED_BY_ISSUER' && hasSameGranteeAndProduct(desired, predecessor, world);
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

/** Also true if an earlier attempt at the same replacement was stopped after it had deactivated the predecessor. */
async function wasActive({ desired, owner, predecessor, world }: Replacement): Promise<boolean> {
  if (await isActive(predecessor, world)) {
    return true;
  }
  const [successor] = await listOwnGrants(owner, { licenseArn: desired.licenseArn, granteePrincipalArn: desired.grantee.arn }, world.licenseManager);
  return successor !== undefined && predecessorIn(await world.licenseManager.listTags(successor.arn)) === predecessor.arn;
}
