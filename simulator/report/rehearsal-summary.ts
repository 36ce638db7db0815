import { countCalls } from './calls';
import { entitlementTable } from './entitlements';
import { executionLines } from './executions';
import { RehearsalOutcome } from './rehearsal-report';
import { OrganizationDefinition } from '../organization/organization-definition';

/** What happened in a rehearsal, for people: what every account may do now, what was called, and what permissions were missing or too many. */
export function rehearsalSummary(organization: OrganizationDefinition, outcome: RehearsalOutcome, permissionsNotChecked: string | undefined): string {
  const { deployments, grants, executions, eventProblems, calls, missingPackages } = outcome;
  const placeholders = [...new Set(deployments.flatMap((deployment) => deployment.placeholders))].sort();
  const inertTypes = [...new Set(deployments.flatMap((deployment) => deployment.inertTypes))].sort();
  return [
    entitlementTable(organization, grants),
    '',
    ...executionLines(executions),
    ...eventProblems.map((problem) => `Event not dealt with by ${problem}`),
    ...(inertTypes.length > 0 ? [`Kept as state only, since the simulator does not play them: ${inertTypes.join(', ')}`] : []),
    ...(placeholders.length > 0 ? [`Filled with placeholders, since nobody knows the values here: ${placeholders.join(', ')}`] : []),
    ...(missingPackages.length > 0 ? [`Functions asked for packages that Lambda has and this machine does not: npm install --save-dev ${missingPackages.join(' ')}`] : []),
    ...(permissionsNotChecked === undefined ? permissionLines(outcome) : [permissionsNotChecked]),
    `API calls: ${[...countCalls(calls)].map(([name, count]) => `${name} ${count}`).join(', ')}`,
  ].join('\n');
}

function permissionLines({ denied, unchecked, unusedPermissions }: RehearsalOutcome): string[] {
  return [
    ...denied.map(({ caller, action, resource, reason }) => `Denied: ${action} on ${resource} to ${caller} ${reason}`),
    ...unchecked.map(({ principalArn, why }) => `Not checked: what ${principalArn} may do, since ${why}`),
    ...unusedPermissions.map(({ roleArn, action }) => `Permitted and not used in this rehearsal: ${action} by ${roleArn}`),
  ];
}
