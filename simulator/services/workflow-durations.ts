/** How much simulated time License Manager and IAM take for what they do in the background, in milliseconds. */
export interface WorkflowDurations {
  readonly accountDistribution: number;
  readonly accountChange: number;
  readonly accountDeletion: number;
  readonly organizationDistribution: number;
  readonly organizationChange: number;
  readonly organizationDeletion: number;
  readonly serviceLinkedRoleDeletion: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** What AWS takes on a good day: long enough that nobody gets away without waiting, short enough to fit one function. */
export const TYPICAL_DURATIONS: WorkflowDurations = {
  // "Two to three minutes" until a grant is visible to its account: Bedrock user guide, managed entitlements, troubleshooting.
  accountDistribution: 2.5 * MINUTE,
  // Guess: no source gives a time; a change touches one account, as a distribution does, but makes nothing new.
  accountChange: 30 * SECOND,
  accountDeletion: 30 * SECOND,
  // AWS's sample for Bedrock reports hours or days for an organization, at worst. Here it is a small one on a good day;
  // whoever wants to see what a slow one does to a deployment sets it higher.
  organizationDistribution: 5 * MINUTE,
  organizationChange: 2 * MINUTE,
  organizationDeletion: 2 * MINUTE,
  // Guess: the console shows such a deletion for some seconds.
  serviceLinkedRoleDeletion: 10 * SECOND,
};

/** Every workflow takes the same time: for a simulator that follows real time and should not keep people waiting. */
export function uniformDurations(milliseconds: number): WorkflowDurations {
  return {
    accountDistribution: milliseconds,
    accountChange: milliseconds,
    accountDeletion: milliseconds,
    organizationDistribution: milliseconds,
    organizationChange: milliseconds,
    organizationDeletion: milliseconds,
    serviceLinkedRoleDeletion: milliseconds,
  };
}
