import type { GrantSpec } from './grant-spec';
import { isGone } from './grant-status';
import { plan } from './plan';
import { confirm } from './step';
import type { Observed, Progress, Step } from './step';

/**
 * The next step where a run goes on that another one has begun. It never creates a grant: that is the deployment's business, and a grant
 * that is gone by now was most likely deleted by a newer one.
 */
export function planResumed(desired: GrantSpec, observed: Observed, progress: Progress): Step {
  const { grant } = observed;
  const isLost = grant ? isGone(grant.status) : progress.seenAlive || !progress.created;
  return isLost
    ? confirm({
      kind: 'gone',
      why: 'the grant was deleted before it was what the app asks for',
      cure: 'find out who deleted it if the stack was not changed meanwhile, then deploy again',
    })
    : plan(desired, observed, progress);
}
