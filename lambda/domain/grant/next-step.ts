import { isAccessDenied } from '../service-error';
import type { GrantSpec } from './grant-spec';
import type { plan } from './plan';
import { readAccountGrants } from './read-account-grants';
import type { Observed, Progress, Step } from './step';
import type { World } from './world';

interface Planning {
  readonly desired: GrantSpec;
  /** What is known without asking: of a grant to an organization mostly the grant alone. */
  readonly observed: Observed;
  readonly progress: Progress;
  readonly plan: typeof plan;
  readonly world: World;
}

interface NextStep {
  readonly step: Step;
  /** The accounts of the organization, once they were read: a run reads them only once. */
  readonly accounts: Observed['accounts'];
}

/** The next step for a grant. What it takes to know it is read when the planner asks for it, and not before. */
export async function nextStep({ desired, observed, progress, plan: planStep, world }: Planning): Promise<NextStep> {
  let known = observed;
  let step = planStep(desired, known, progress);
  if (known.grant && step.kind === 'read-account-grants') {
    known = { ...known, accountGrants: await readAccountGrants(known.grant, world.licenseManager) };
    step = planStep(desired, known, progress);
  }
  if (step.kind === 'read-accounts') {
    known = { ...known, accounts: await readAccounts(world) };
    step = planStep(desired, known, progress);
  }
  return { step, accounts: known.accounts };
}

async function readAccounts({ organizations }: World): Promise<Observed['accounts']> {
  try {
    return await organizations.listAccounts();
  } catch (error) {
    if (isAccessDenied(error)) {
      return 'NOT_PERMITTED';
    }
    throw error;
  }
}
