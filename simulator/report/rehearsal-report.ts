import { countCalls } from './calls';
import { DeniedPermission, UncheckedPrincipal } from '../authorization/permission-ledger';
import { UnusedPermission } from '../authorization/unused-permissions';
import { StackResult } from '../cloudformation/stack-result';
import { Execution } from '../services/states/execution';
import { GrantReport } from '../simulated-aws';
import { ApiCall } from '../wire/call-log';

export interface RehearsalOutcome {
  readonly seed: number;
  readonly deployments: readonly StackResult[];
  readonly grants: readonly GrantReport[];
  /** Of state machines, whether they still run or have ended. */
  readonly executions: readonly Execution[];
  /** What went wrong with events that services sent by themselves, one line each. */
  readonly eventProblems: readonly string[];
  readonly calls: readonly ApiCall[];
  readonly denied: readonly DeniedPermission[];
  readonly unchecked: readonly UncheckedPrincipal[];
  readonly unusedPermissions: readonly UnusedPermission[];
  /** The packages of the AWS SDK that functions asked for and this machine does not have. */
  readonly missingPackages: readonly string[];
}

/** What happened in a rehearsal, for other programs: names and forms are a contract with them. */
export function rehearsalReport({ seed, deployments, grants, executions, calls, denied, unusedPermissions }: RehearsalOutcome): object {
  return {
    seed,
    deployments: deployments.flatMap(withNestedStacks).map(deploymentReport),
    grants: grants.map(({ grantArn, parentArn, licenseArn, productName, granteePrincipalArn, name, status, version, statusReason, ownerAccountId }) =>
      ({ grantArn, parentArn, licenseArn, productName, granteePrincipalArn, name, status, version, statusReason, ownerAccountId })),
    executions: executions.map(({ name, stateMachineArn, status, error, cause }) => ({ name, stateMachineArn, status, error, cause })),
    calls: Object.fromEntries(countCalls(calls)),
    denied: denied.map(({ caller, action, resource, reason }) => ({ function: caller, action, resource, reason })),
    unusedPermissions: unusedPermissions.map(({ roleArn, action }) => ({ role: roleArn, action })),
  };
}

/** Nested stacks stand after their parent, as deployments of their own. */
function withNestedStacks(deployment: StackResult): StackResult[] {
  return [deployment, ...deployment.nestedStacks.flatMap(withNestedStacks)];
}

function deploymentReport({ stackName, stackId, operation, status, reason, startedAt, endedAt, resources }: StackResult): object {
  const [, , , region, account] = stackId.split(':');
  return {
    stack: stackName,
    account,
    region,
    operation,
    status,
    reason,
    simulatedSeconds: (endedAt.getTime() - startedAt.getTime()) / 1000,
    resources: resources.map((resource) => ({
      logicalId: resource.logicalId,
      type: resource.type,
      physicalId: resource.physicalId,
      status: resource.status,
      reason: resource.reason,
    })),
  };
}
